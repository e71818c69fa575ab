/* Which days are worked: as published, and as the office says; deadlines in working days follow it. */
import { get, put, remove } from '../../shared/api.js';
import { today, weekday } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Empty, Failure, html, Icon, Loaded, PageTitle, say, Segments, Sheet, TextField, useLoad, useState } from '../../shared/ui.js';

const FIRST_YEAR = 2000;
const LAST_YEAR = 2199;
const SATURDAY = 6;

const yearOf = route => (/^2[01]\d\d$/.test(route.query.year || '') ? Number(route.query.year) : Number(today().slice(0, 4)));
const isWeekend = date => weekday(date) === 0 || weekday(date) === SATURDAY;

export default function CalendarPage({ route }) {
  const year = yearOf(route);
  const loading = useLoad(() => get('/working-calendar', { year }).then(answer => answer.data), [year]);
  const [entering, setEntering] = useState(null);
  const sets = may('setWorkingDay');
  const saved = next => {
    setEntering(null);
    say(t('calendar.saved'));
    if (next.year === year) loading.replace(next);
    else location.hash = '#/working-calendar?year=' + next.year;
  };
  return html`<main class="page ticket-page" id="main" tabindex="-1"><a class="back" href="#/tickets"><${Icon} name="back" />${t('nav.tickets')}</a>
    <div class="page-head"><${PageTitle}>${t('calendar.title')}<//>
      ${sets && html`<${Button} extra="inline" onClick=${() => setEntering({ date: '', worked: false, name: '' })} testid="day-add">${t('calendar.add')}<//>`}</div>
    <p class="soft gap-below">${t(sets ? 'calendar.what' : 'calendar.what.read')}</p>
    <${YearChooser} year=${year} />
    <${Loaded} of=${loading}>${data => html`
      ${!data.listed && html`<p class="notice warn" role="status" data-testid="year-unlisted">${t('calendar.unlisted', { year: data.year })}</p>`}
      <${Days} id="own" title=${t('calendar.own')} days=${data.items.filter(day => day.own)} onEdit=${sets ? setEntering : null} />
      <${Days} id="published" title=${t('calendar.published')} days=${data.items.filter(day => !day.own)} onEdit=${sets ? setEntering : null} />
      ${!data.items.length && html`<${Empty} title=${t('calendar.none')} />`}`}<//>
    ${entering && html`<${DaySheet} before=${entering} onSaved=${saved} onClose=${() => setEntering(null)} />`}</main>`;
}

function YearChooser({ year }) {
  const go = (by, icon, label, testid) => html`<a class="icon-btn" href=${'#/working-calendar?year=' + (year + by)} aria-label=${t(label)} data-testid=${testid}>
    <${Icon} name=${icon} /></a>`;
  return html`<div class="row day-chooser choices">${year > FIRST_YEAR && go(-1, 'back', 'calendar.before', 'year-before')}
    <strong class="num" data-testid="year">${t('calendar.year', { year })}</strong>${year < LAST_YEAR && go(1, 'go', 'calendar.after', 'year-after')}</div>`;
}

function Days({ id, title, days, onEdit }) {
  if (!days.length) return null;
  return html`<section class="card"><h2>${title}</h2><ul class="lines" data-testid=${'days-' + id}>${days.map(day => {
    const body = html`<span class="line-name"><span class="strong">${dateWords(day.date)}</span>${day.name && html`<span class="block soft small">${day.name}</span>`}</span>
      <span class="line-end"><span class=${'tag ' + (day.worked ? 'late' : 'good')}>${t(day.worked ? 'calendar.worked' : 'calendar.off')}</span>
        ${onEdit && html`<${Icon} name="go" />`}</span>`;
    return html`<li key=${day.date}>${onEdit ? html`<button type="button" class="line" onClick=${() => onEdit(day)} data-testid=${'day-' + day.date}>${body}</button>`
      : html`<div class="line" data-testid=${'day-' + day.date}>${body}</div>`}</li>`;
  })}</ul></section>`;
}

/** A day that is known keeps its date; only what the office entered can be taken back. */
function DaySheet({ before, onSaved, onClose }) {
  const [day, setDay] = useState({ date: before.date, worked: before.date && !before.own ? !before.worked : before.worked, name: before.name || '' });
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const change = more => setDay(Object.assign({}, day, more));
  const send = async action => {
    setSending(true);
    setError(null);
    try {
      onSaved((await action('/working-calendar/' + encodeURIComponent(day.date))).data);
    } catch (refused) {
      setError(refused);
      setSending(false);
    }
  };
  const at = field => (error && error.at ? error.at(field) : '');
  return html`<${Sheet} title=${before.date ? dateWords(before.date) : t('calendar.add')} onClose=${onClose} testid="day-sheet" foot=${html`<div class="btns">
      <${Button} busy=${sending} disabled=${!day.date || !day.name.trim()} testid="day-save"
        onClick=${() => send(path => put(path, { worked: day.worked, name: day.name.trim() }))}>${t('calendar.save')}<//>
      ${before.own && html`<${Button} kind="danger" busy=${sending} onClick=${() => send(remove)} testid="day-remove">${t('calendar.remove')}<//>`}</div>`}>
    ${error && html`<${Failure} error=${error} atFields=${['/name', '/date']} testid="day-error" />`}
    ${!before.date && html`<${TextField} id="day-date" label=${t('calendar.date')} type="date" value=${day.date} fault=${at('/date')}
      onValue=${date => change(date ? { date, worked: isWeekend(date) } : { date })} />`}
    <div class="field"><p class="label">${t('calendar.how')}</p><${Segments} label=${t('calendar.how')} testid="day-how" chosen=${day.worked ? 'worked' : 'off'}
      onChoose=${id => change({ worked: id === 'worked' })} items=${['off', 'worked'].map(id => ({ id, text: t('calendar.' + id) }))} /></div>
    <${TextField} id="day-name" label=${t('calendar.reason')} hint=${t('calendar.reason.hint')} maxLength=${40} value=${day.name} fault=${at('/name')}
      onValue=${name => change({ name })} /><//>`;
}
