/* Numbers of a day, as far as pages agree on them. */
import { get } from '../../shared/api.js';
import { nowMillis, today } from '../../shared/clock.js';

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
