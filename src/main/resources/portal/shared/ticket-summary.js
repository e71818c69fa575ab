/* How a month went, in numbers that residents read as well. */
import { get } from './api.js';
import { today } from './clock.js';
import { t } from './i18n.js';
import { spanWords } from './ticket.js';
import { Empty, html, Icon, Loaded, useLoad } from './ui.js';

const shift = (month, by) => {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return Math.floor(count / 12) + '-' + String(count % 12 + 1).padStart(2, '0');
};

const monthWords = month => t('ticket.month', { year: month.slice(0, 4), monthName: t('month.' + Number(month.slice(5))) });

/** @param page the hash of the page, to which the month is added */
export function MonthChooser({ month, page }) {
  return html`<div class="row day-chooser choices"><a class="icon-btn" href=${page + '?month=' + shift(month, -1)} aria-label=${t('ticket.month.before')} data-testid="month-before">
      <${Icon} name="back" /></a><strong>${monthWords(month)}</strong>
    ${month < today().slice(0, 7) && html`<a class="icon-btn" href=${page + '?month=' + shift(month, 1)} aria-label=${t('ticket.month.after')} data-testid="month-after">
      <${Icon} name="go" /></a>`}</div>`;
}

export const monthOf = route => (/^\d{4}-\d\d$/.test(route.query.month || '') ? route.query.month : today().slice(0, 7));

const percent = value => (value === undefined ? '–' : value + '%');

export function MonthSummary({ month }) {
  const loading = useLoad(() => get('/service-levels/summary', { month }).then(answer => answer.data.compounds), [month]);
  return html`<${Loaded} of=${loading}>${compounds => compounds.map(compound => html`<section class="card" key=${compound.id} data-testid=${'summary-' + compound.id}>
    <h2>${compound.name}</h2>
    <dl class="month-numbers">${[['submitted', compound.submitted], ['done', compound.done], ['open', compound.open], ['onTime', percent(compound.onTimePercent)],
      ['satisfaction', percent(compound.satisfactionPercent)], ['followUps', compound.followUps + ' / ' + compound.followUpsWanted]].map(([id, value]) => html`<div key=${id}>
        <dt>${t('ticket.summary.' + id)}</dt><dd class="num" data-testid=${'summary-' + id}>${value}</dd></div>`)}</dl>
    <p class="soft small after">${t('ticket.summary.goal', { goal: compound.satisfactionGoal, rated: compound.rated })}</p>
    ${compound.levels.length > 0 ? html`<h3 class="after">${t('ticket.summary.levels')}</h3><ul class="lines">${compound.levels.map(level => html`<li class="line" key=${level.level}>
      <span class="line-name"><span class="strong">${t('ticket.level.' + level.level)}</span>
        <span class="block soft small">${t('ticket.summary.level', { submitted: level.submitted, done: level.done, late: level.late })}
          ${level.meanMinutes !== undefined ? t('common.dot') + t('ticket.summary.mean', { span: spanWords(level.meanMinutes * 60000) }) : ''}</span></span>
      <span class="line-end"><span class=${'tag num ' + (level.late ? 'late' : 'good')}>${percent(level.onTimePercent)}</span></span></li>`)}</ul>`
      : html`<${Empty} title=${t('ticket.summary.none')} />`}</section>`)}<//>`;
}
