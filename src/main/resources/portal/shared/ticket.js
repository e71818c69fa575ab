/* How a ticket looks and reads, for residents and staff alike. */
import { getItems } from './api.js';
import { clockOf, dateOf, nowMillis, plusDays, today } from './clock.js';
import { dateWords } from './health.js';
import { currentLanguage, t } from './i18n.js';
import { html, Icon, useEffect, useState } from './ui.js';

export const TICKET_KINDS = [['REPAIR', 'wrench'], ['COMPLAINT', 'speaker'], ['ENQUIRY', 'chat'], ['SUGGESTION', 'bulb']];
export const URGENCIES = ['NORMAL', 'URGENT', 'EMERGENCY'];
const TAGS = { SUBMITTED: 'waiting', ACCEPTED: 'info', ASSIGNED: 'info', ON_SITE: 'info', WAITING: 'waiting', DONE: 'good', CONFIRMED: 'good',
  REOPENED: 'late', CLOSED: '', CANCELLED: '', MERGED: '' };
const OPEN = ['SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED'];

export const isOpen = ticket => OPEN.includes(ticket.state);
export const iconOf = kind => TICKET_KINDS.find(each => each[0] === kind)[1];

export function TicketTag({ state }) {
  return html`<span class=${'tag ' + TAGS[state]} data-state=${state}>${t('ticket.state.' + state)}</span>`;
}

let categories = null;
let categoriesIn = '';

/** The categories in the language that is shown; the same promise for all who ask. */
export function loadCategories() {
  if (!categories || categoriesIn !== currentLanguage()) {
    categoriesIn = currentLanguage();
    categories = getItems('/ticket-categories');
    categories.catch(() => { categories = null; });
  }
  return categories;
}

/** code → its name; the code's kind until the names are here. */
export function useCategoryNames() {
  const [names, setNames] = useState({});
  const language = currentLanguage();
  useEffect(() => {
    let over = false;
    loadCategories().then(items => { if (!over) setNames(Object.fromEntries(items.map(item => [item.code, item.name]))); }, () => undefined);
    return () => { over = true; };
  }, [language]);
  return code => names[code] || '';
}

/** "today 18:00", "tomorrow 9:30", or with its date. */
export function momentWords(at) {
  const date = dateOf(at);
  const day = date === today() ? t('ticket.day.today') : date === plusDays(today(), 1) ? t('ticket.day.tomorrow')
    : date === plusDays(today(), -1) ? t('ticket.day.yesterday') : dateWords(date);
  return t('ticket.moment', { day, clock: clockOf(at) });
}

/** The promise that is due next: {what: 'onSite'|'done', at, late}; null where none runs. */
export function nextDue(ticket) {
  if (!isOpen(ticket)) return null;
  const what = ticket.dueAt.onSite && !ticket.onSiteAt && ticket.state !== 'ON_SITE' ? 'onSite' : 'done';
  const at = ticket.dueAt[what];
  return { what, at, late: !ticket.paused && Date.parse(at) < nowMillis() };
}

/** The deadline in plain words, as one says it at a counter. */
export function dueWords(ticket) {
  const due = nextDue(ticket);
  if (ticket.state === 'DONE' && ticket.own) return t('ticket.due.confirm');
  if (ticket.state === 'DONE' && !ticket.doneAt) return '';
  if (!due) return ticket.doneAt ? t('ticket.due.wasDone', { moment: momentWords(ticket.doneAt) }) : '';
  if (ticket.paused) return ticket.resumeAt ? t('ticket.due.pausedUntil', { moment: momentWords(ticket.resumeAt) }) : t('ticket.due.paused');
  const words = t('ticket.due.' + (ticket.kind === 'REPAIR' ? '' : 'answer.') + due.what, { moment: momentWords(due.at) });
  return due.late ? t('ticket.due.late', { words }) : words;
}

/** "12 minutes", "3 hours", "2 days", for what is overdue or left. */
export function spanWords(millis) {
  const minutes = Math.max(1, Math.round(Math.abs(millis) / 60000));
  if (minutes < 90) return t('ticket.span.minutes', { count: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48 ? t('ticket.span.hours', { count: hours }) : t('ticket.span.days', { count: Math.round(hours / 24) });
}

/** What is left until the next promise, in a tag that shows at a glance. */
export function DueTag({ ticket }) {
  if (ticket.paused) return html`<span class="tag waiting">${t('ticket.due.paused')}</span>`;
  const due = nextDue(ticket);
  if (!due) return null;
  const left = Date.parse(due.at) - nowMillis();
  return html`<span class=${'tag num ' + (left < 0 ? 'bad' : left < 30 * 60000 ? 'late' : '')} data-late=${left < 0 ? 'true' : null}>
    ${t(left < 0 ? 'ticket.overBy' : 'ticket.leftFor', { span: spanWords(left) })}</span>`;
}

export const placeWords = place => [place.building && t('ticket.place.building', { building: place.building }), place.text].filter(Boolean).join(t('common.space'));

/** Where to go: the home, or the shared place and who said it. */
export function whereWords(ticket) {
  const home = ticket.contact && ticket.contact.household;
  if (!home) return placeWords(ticket.place);
  return ticket.place.area === 'HOME' ? home + t('common.space') + ticket.place.text : placeWords(ticket.place) + t('common.dot') + home;
}

/** Everything that happened, oldest first. */
export function Trail({ ticket }) {
  return html`<ol class="trail" data-testid="trail">${(ticket.events || []).map((entry, index) => html`<li key=${index} class=${entry.internal ? 'internal' : ''}
      data-event=${entry.event}>
    <p><span class="strong">${t('ticket.event.' + entry.event)}</span>
      ${entry.assignee && html`<span> ${t('ticket.trail.to', { name: entry.assignee })}</span>`}
      ${entry.internal && html` <span class="tag">${t('ticket.internal')}</span>`}</p>
    ${entry.reason && html`<p>${t('ticket.reason.' + entry.reason)}</p>`}
    ${entry.rating && html`<p><${Stars} rating=${entry.rating} /></p>`}
    ${entry.note && html`<p>${entry.note}</p>`}
    ${entry.until && html`<p>${t('ticket.trail.until', { moment: momentWords(entry.until) })}</p>`}
    <p class="soft small"><span class="num">${momentWords(entry.at)}</span>${t('common.dot')}${entry.by.name || t('ticket.by.' + entry.by.role)}</p></li>`)}</ol>`;
}

export function Stars({ rating }) {
  return html`<span class="stars" role="img" aria-label=${t('ticket.stars', { count: rating })}>${'★'.repeat(rating)}<span class="soft">${'☆'.repeat(5 - rating)}</span></span>`;
}

/** One to five, each with a word. */
export function RatingChoice({ rating, onRating }) {
  return html`<div class="rating" role="group" aria-label=${t('ticket.rate')} data-testid="rating">${[1, 2, 3, 4, 5].map(number => html`
    <button type="button" key=${number} class="slot" aria-pressed=${rating === number ? 'true' : 'false'} onClick=${() => onRating(number)}
      data-testid=${'rating-' + number}><span class="star" aria-hidden="true">${number <= rating ? '★' : '☆'}</span>
      <span class="small">${t('ticket.rating.' + number)}</span></button>`)}</div>`;
}

/** A text of several lines. */
export function Words({ id, label, hint, fault, value, onValue, maxLength, rows }) {
  return html`<div class="field"><label for=${id}>${label}</label>
    <textarea class="input" id=${id} rows=${rows || 3} maxlength=${maxLength || 500} value=${value} onInput=${event => onValue(event.target.value)}
      aria-invalid=${fault ? 'true' : null} aria-describedby=${[hint && id + '-hint', fault && id + '-fault'].filter(Boolean).join(' ') || null} data-testid=${id}></textarea>
    ${hint && html`<p class="hint" id=${id + '-hint'}>${hint}</p>`}
    ${fault && html`<p class="fault" id=${id + '-fault'} role="alert" data-testid=${'fault-' + id}>${fault}</p>`}</div>`;
}

/** One line of a ticket in a list. */
export function TicketLine({ ticket, name, href, children }) {
  return html`<a class="line" href=${href} data-testid=${'ticket-' + ticket.id}><span class="line-icon"><${Icon} name=${iconOf(ticket.kind)} /></span>
    <span class="line-name"><span class="strong">${name || t('ticket.kind.' + ticket.kind)}</span>
      <span class="block">${ticket.description}</span><span class="block soft small">${dueWords(ticket)}</span></span>
    <span class="line-end"><${TicketTag} state=${ticket.state} />${children}<${Icon} name="go" /></span></a>`;
}

/** Now in the form that a field for date and time wants, and back. */
export const localOf = millis => new Date(millis + 8 * 3600000).toISOString().slice(0, 16);
export const instantOf = local => local + ':00+08:00';
