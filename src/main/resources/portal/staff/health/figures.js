/* Numbers of a day, as far as pages agree on them. */
import { get } from '../../shared/api.js';
import { nowMillis, today } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';

/** Before noon nobody is called about the afternoon: the round that staff look after now. */
export function roundInQuestion(figures) {
  if (figures && figures.AFTERNOON.reported > 0) return 'AFTERNOON';
  const hour = new Date(nowMillis() + 8 * 3600000).getUTCHours();
  return hour >= 15 ? 'AFTERNOON' : 'MORNING';
}

export const loadMonitor = date => get('/monitor', { date }).then(answer => answer.data);

export const share = figure => (figure.expected ? figure.reported / figure.expected : 1);

export const percent = figure => Math.floor(share(figure) * 100) + '%';

/** Buildings are numbers where people count them, and words where they name them. */
export const byBuilding = (a, b) => a.localeCompare(b, 'zh-CN', { numeric: true });

export const dayOf = route => (/^\d{4}-\d\d-\d\d$/.test(route.query.date || '') ? route.query.date : today());

const minutesSince = at => Math.max(0, Math.floor((nowMillis() - Date.parse(at)) / 60000));

/** How long, as people say it. */
export const durationWords = minutes => (minutes < 60 ? t('alerts.minutes', { minutes }) : minutes < 1440
  ? t('alerts.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  : t('alerts.days', { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24 }));

export const sinceWords = at => durationWords(minutesSince(at));
