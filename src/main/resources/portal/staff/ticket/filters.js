/* What of the board is shown; views that somebody saved stay on their device. */
import { t } from '../../shared/i18n.js';
import { readPreference, writePreference } from '../../shared/preferences.js';
import { may } from '../../shared/session.js';
import { isOpen, nextDue, TICKET_KINDS } from '../../shared/ticket.js';
import { Button, html, routeOf, Segments, useEffect, useState } from '../../shared/ui.js';

const SERIOUS = ['GATHERING', 'MASK_REFUSAL', 'HIDDEN_RETURNEE', 'FIRE_SAFETY', 'STAFF_CONDUCT'];
const VIEWS = ['open', 'unassigned', 'late', 'consent', 'complaints', 'serious', 'done', 'all'];
const FIELDS = ['view', 'kind', 'category', 'building', 'assignee', 'words'];
const VIEWS_AT_MOST = 12;
const PAUSE_MILLIS = 150;

export function readFilter(query) {
  const filter = { view: VIEWS.includes(query.view) ? query.view : 'open' };
  FIELDS.slice(1).forEach(name => { filter[name] = query[name] || ''; });
  return filter;
}

const addressOf = filter => '#/tickets?' + FIELDS.filter(name => filter[name]).map(name => name + '=' + encodeURIComponent(filter[name])).join('&');

function inView(ticket, view) {
  switch (view) {
    case 'unassigned': return !ticket.assignee;
    case 'late': return Boolean(ticket.breachedAt) || Boolean((nextDue(ticket) || {}).late);
    case 'consent': return ticket.consent === 'NEEDED';
    case 'complaints': return ticket.kind === 'COMPLAINT';
    case 'serious': return SERIOUS.includes(ticket.category);
    default: return true;
  }
}

export function passes(ticket, filter, me, names) {
  const words = filter.words.trim().toLowerCase();
  const assignee = ticket.assignee ? ticket.assignee.id : 'none';
  return inView(ticket, filter.view) && (!filter.kind || ticket.kind === filter.kind) && (!filter.category || ticket.category === filter.category)
    && (!filter.building || ticket.place.building === filter.building) && (!filter.assignee || assignee === filter.assignee)
    && (!words || [ticket.number, ticket.description, ticket.place.text, names(ticket.category), (ticket.contact || {}).household || ''].join(' ').toLowerCase().includes(words));
}

const storeName = me => 'ticketViews.' + me.id;

function savedViews(me) {
  try {
    return JSON.parse(readPreference(storeName(me), '[]'));
  } catch (damaged) {
    return [];
  }
}

const unique = items => Array.from(new Map(items).entries()).sort((one, other) => one[1].localeCompare(other[1], 'zh', { numeric: true }));

export function FilterBar({ me, filter, tickets, names }) {
  const [saved, setSaved] = useState(() => savedViews(me));
  const [words, setWords] = useState(filter.words);
  const [naming, setNaming] = useState(null);
  const [more, setMore] = useState(Boolean(filter.kind || filter.category || filter.building || filter.assignee || filter.words));
  const go = next => { location.hash = addressOf(Object.assign({}, filter, next)); };
  // Typed letters are not held up by the list, and leave no trail of addresses behind.
  useEffect(() => {
    if (words === filter.words) return undefined;
    const timer = setTimeout(() => location.replace(addressOf(Object.assign({}, filter, { words }))), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [words]);
  const store = views => { setSaved(views); writePreference(storeName(me), JSON.stringify(views)); };
  const save = event => {
    event.preventDefault();
    store(saved.filter(view => view.name !== naming.trim()).concat({ name: naming.trim(), address: addressOf(filter) }).slice(-VIEWS_AT_MOST));
    setNaming(null);
  };
  const here = addressOf(filter);
  const open = saved.find(view => view.address === here);
  const count = view => tickets.filter(ticket => isOpen(ticket) && inView(ticket, view)).length;
  const counted = view => (['open', 'unassigned', 'late', 'consent', 'complaints', 'serious'].includes(view) && !['done', 'all'].includes(filter.view)
    ? t('ticket.view.counted', { view: t('ticket.view.' + view), count: count(view) }) : t('ticket.view.' + view));
  const select = (name, label, options) => html`<div><label class="label small" for=${'filter-' + name}>${label}</label>
    <select class="input" id=${'filter-' + name} value=${filter[name]} onChange=${event => go({ [name]: event.target.value })} data-testid=${'filter-' + name}>
      <option value="" selected=${!filter[name]}>${t('ticket.filter.any')}</option>
      ${options.map(([id, text]) => html`<option key=${id} value=${id} selected=${filter[name] === id}>${text}</option>`)}</select></div>`;
  return html`<div class="choices views"><${Segments} label=${t('ticket.view')} testid="view" chosen=${filter.view} onChoose=${view => go({ view })}
      items=${VIEWS.filter(view => view !== 'consent' || may('handTicketToPolice')).map(view => ({ id: view, text: counted(view) }))} /></div>
    ${saved.length > 0 && html`<div class="segments choices" role="group" aria-label=${t('ticket.view.saved')} data-testid="saved-views">${saved.map(view => html`
      <a class="chip" key=${view.name} href=${view.address} aria-current=${view === open ? 'true' : null}
        onClick=${() => setWords(routeOf(view.address).query.words || '')} data-testid=${'saved-' + view.name}>${view.name}</a>`)}</div>`}
    <div class="row choices"><button type="button" class="link-btn" aria-expanded=${more ? 'true' : 'false'} onClick=${() => setMore(!more)} data-testid="filter-more">${t('ticket.filter')}</button>
      ${open ? html`<button type="button" class="link-btn" onClick=${() => store(saved.filter(view => view !== open))} data-testid="view-remove">${t('ticket.view.remove', { name: open.name })}</button>`
        : html`<button type="button" class="link-btn" onClick=${() => setNaming('')} data-testid="view-save">${t('ticket.view.save')}</button>`}</div>
    ${naming !== null && html`<form class="row choices" onSubmit=${save}><input class="input grow" aria-label=${t('ticket.view.name')} placeholder=${t('ticket.view.name')} value=${naming}
        maxlength="20" onInput=${event => setNaming(event.target.value)} data-testid="view-name" />
      <${Button} extra="inline" type="submit" disabled=${!naming.trim()} testid="view-name-save">${t('ticket.view.save')}<//></form>`}
    ${more ? html`<div class="filters ticket-filters" data-testid="filters">
      ${select('kind', t('ticket.filter.kind'), TICKET_KINDS.map(each => [each[0], t('ticket.kind.' + each[0])]))}
      ${select('category', t('ticket.filter.category'), unique(tickets.map(ticket => [ticket.category, names(ticket.category)])))}
      ${select('building', t('ticket.filter.building'), unique(tickets.filter(ticket => ticket.place.building).map(ticket => [ticket.place.building,
        t('ticket.place.building', { building: ticket.place.building })])))}
      ${select('assignee', t('ticket.assignee'), [['none', t('ticket.assignee.none')]].concat(unique(tickets.filter(ticket => ticket.assignee)
        .map(ticket => [ticket.assignee.id, ticket.assignee.name]))))}</div>` : ''}
    <div class="choices"><input class="input" type="search" id="board-words" aria-label=${t('ticket.filter.words')} placeholder=${t('ticket.filter.words')} value=${words}
      onKeyDown=${event => { if (event.key === 'Escape') event.target.blur(); }} onInput=${event => setWords(event.target.value)} data-testid="board-words" /></div>`;
}
