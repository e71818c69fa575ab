/* How a report looks and reads, for residents and staff alike. */
import { weekday } from './clock.js';
import { t } from './i18n.js';
import { isFever, shown, tenthsOf } from './temperature.js';
import { html } from './ui.js';

export const ROUNDS = ['MORNING', 'AFTERNOON'];

const TAGS = { REPORTED: 'good', CORRECTED: 'info', LATE: 'late', WAITING: 'waiting', MISSING: 'missing', DUE: 'late', NOT_DUE: '' };

export function StateTag({ state }) {
  return html`<span class=${'tag ' + TAGS[state]} data-state=${state}>${t('state.' + state)}</span>`;
}

export const reportState = report => (report.version > 1 ? 'CORRECTED' : report.status === 'LATE' ? 'LATE' : 'REPORTED');

export function Temperature({ celsius }) {
  const tenths = tenthsOf(celsius);
  return html`<span class=${'temp' + (isFever(tenths) ? ' high' : '')}>${shown(tenths)}<span class="small">℃</span></span>`;
}

export const dateWords = date => t('date.words', {
  month: Number(date.slice(5, 7)), day: Number(date.slice(8)), monthName: t('month.' + Number(date.slice(5, 7))),
    weekday: t('weekday.' + weekday(date))
});

const order = report => report.date + (report.round === 'AFTERNOON' ? 'B' : 'A');

export const newestFirst = reports => reports.slice().sort((a, b) => (order(a) < order(b) ? 1 : order(a) > order(b) ? -1 : 0));

export const reportedAs = report => t('reportedAs.' + report.reportedAs);
