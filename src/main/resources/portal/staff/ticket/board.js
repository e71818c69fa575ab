/* The dispatcher's board: what is late on top, then by state, each with its clock; the chosen ticket beside it. */
import { getAll, get } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { useSending } from '../../shared/sending.js';
import { may } from '../../shared/session.js';
import { DueTag, iconOf, isOpen, nextDue, TicketTag, useCategoryNames, whereWords } from '../../shared/ticket.js';
import { Empty, Failure, html, Icon, Loaded, PageTitle, useEffect, useLoad, useMinute, useRef, useState } from '../../shared/ui.js';
import { useAtChanges } from '../monitor/live.js';
import { useWide } from '../wide.js';
import { act, ActSheet, KEYS, needsSheet } from './acts.js';
import { TicketDetail } from './detail.js';
import { FilterBar, passes, readFilter } from './filters.js';
import { WaitingActs } from './waiting.js';

const REFRESH_MILLIS = 15000;
const GROUPS = ['REOPENED', 'SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'DONE', 'CONFIRMED', 'CLOSED', 'CANCELLED', 'MERGED'];
const CLOSED_SHOWN = 200;

/** All that is open, at once: whatever is filtered is filtered here, without another question. */
function load(view) {
  if (view === 'done') return get('/tickets', { state: 'DONE', limit: CLOSED_SHOWN }).then(answer => answer.data.items);
  if (view === 'all') return get('/tickets', { limit: CLOSED_SHOWN }).then(answer => answer.data.items);
  return getAll('/tickets', { open: true });
}

const isLate = ticket => isOpen(ticket) && (Boolean(ticket.breachedAt) || Boolean((nextDue(ticket) || {}).late));

const bySoonest = (one, other) => Date.parse((nextDue(one) || { at: one.submittedAt }).at) - Date.parse((nextDue(other) || { at: other.submittedAt }).at);

/** [{id, tickets}]: late ones first, then by state; within, what is due soonest. */
function groupsOf(tickets) {
  const late = tickets.filter(isLate).sort(bySoonest);
  const groups = [{ id: 'LATE', tickets: late }].concat(GROUPS.map(state => ({ id: state,
    tickets: tickets.filter(ticket => ticket.state === state && !late.includes(ticket)).sort(bySoonest) })));
  return groups.filter(group => group.tickets.length);
}

export default function BoardPage({ me, route }) {
  const filter = readFilter(route.query);
  const closed = filter.view === 'done' || filter.view === 'all' ? filter.view : 'open';
  const loading = useLoad(() => load(closed), [closed]);
  const names = useCategoryNames();
  const sending = useSending();
  const wide = useWide();
  const [chosen, setChosen] = useState(null);
  const [acting, setActing] = useState(null);
  const [error, setError] = useState(null);
  const [stamp, setStamp] = useState(0);
  useMinute();
  useAtChanges(() => loading.reload(), may('getMonitor'));
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) loading.reload(); }, REFRESH_MILLIS);
    return () => clearInterval(timer);
  }, [closed]);
  const shown = (loading.data || []).filter(ticket => passes(ticket, filter, me, names));
  const groups = groupsOf(shown);
  const order = groups.reduce((all, group) => all.concat(group.tickets), []);
  const current = order.find(ticket => ticket.id === chosen) || (wide ? order[0] : null) || null;
  const changed = () => { setActing(null); setStamp(count => count + 1); loading.reload(); };
  const begin = async (ticket, event) => {
    setError(null);
    if (needsSheet(ticket, event)) {
      setActing({ ticket, event });
      return;
    }
    try {
      await act(ticket, { event });
      changed();
    } catch (refused) {
      setError(refused);
    }
  };
  useKeys({ order, current, choose: setChosen, begin, wide });
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('ticket.board')}<//><${Links} /></div>
    <${WaitingActs} items=${sending.items} />
    <${FilterBar} me=${me} filter=${filter} tickets=${loading.data || []} names=${names} />
    <p class="soft small wide-only choices" data-testid="keys">${['jk', 'enter', 'a', 'c', 'p', 'r', 'f', 'm', 'slash'].map(id => html`<span class="key-hint" key=${id}>
      <kbd>${t('ticket.key.' + id)}</kbd> ${t('ticket.key.what.' + id)}</span>`)}</p>
    ${error && html`<${Failure} error=${error} testid="board-refused" />`}
    <${Loaded} of=${loading}>${() => (order.length ? html`<div class=${wide ? 'columns even' : ''}>
      <div class="board" data-testid="board">${groups.map(group => html`<section key=${group.id} class=${'board-group' + (group.id === 'LATE' ? ' late' : '')} data-testid=${'group-' + group.id}>
        <h2 class="row">${t(group.id === 'LATE' ? 'ticket.late' : 'ticket.state.' + group.id)} <span class="tag num">${group.tickets.length}</span></h2>
        <ul class="lines">${group.tickets.map(ticket => html`<li key=${ticket.id}><${BoardLine} ticket=${ticket} name=${names(ticket.category)} late=${group.id === 'LATE'}
          chosen=${wide && current && current.id === ticket.id} wide=${wide} onChoose=${() => setChosen(ticket.id)} /></li>`)}</ul></section>`)}</div>
      ${wide && current && html`<div class="board-detail" id="board-detail"><${TicketDetail} id=${current.id} key=${current.id} stamp=${stamp} showKeys=${true}
        onChanged=${() => loading.reload()} /></div>`}</div>`
      : html`<${Empty} title=${t('ticket.board.none')} />`)}<//>
    ${acting && html`<${ActSheet} ticket=${acting.ticket} event=${acting.event} onClose=${() => setActing(null)} onDone=${changed} />`}</main>`;
}

function Links() {
  return html`<div class="row">${may('submitTicket') && html`<a class="link-btn" href="#/take-call" data-testid="to-call">${t('ticket.call')}</a>`}
    ${may('listFollowUps') && html`<a class="link-btn" href="#/follow-ups" data-testid="to-follow-ups">${t('ticket.followUps')}</a>`}
    ${may('getServiceLevels') && html`<a class="link-btn" href="#/service" data-testid="to-summary">${t('ticket.summary')}</a>`}
    ${may('replaceTicketRules') && html`<a class="link-btn" href="#/ticket-rules" data-testid="to-rules">${t('rules.title')}</a>`}
    ${may('getWorkingCalendar') && html`<a class="link-btn" href="#/working-calendar" data-testid="to-calendar">${t('calendar.title')}</a>`}</div>`;
}

function BoardLine({ ticket, name, chosen, late, wide, onChoose }) {
  const body = html`<span class="line-icon"><${Icon} name=${iconOf(ticket.kind)} /></span>
    <span class="line-name"><span class="strong">${name}</span> ${ticket.urgency === 'EMERGENCY' && html`<span class="tag bad">${t('ticket.urgency.EMERGENCY')}</span>`}
      <span class="block clip">${ticket.description}</span>
      <span class="block soft small">${whereWords(ticket)}${t('common.dot')}${ticket.assignee
        ? ticket.assignee.name : t('ticket.assignee.none')}</span></span>
    <span class="line-end tags"><${DueTag} ticket=${ticket} />${(late || !isOpen(ticket)) && html`<${TicketTag} state=${ticket.state} />`}
      ${ticket.consent === 'NEEDED' && html`<span class="tag waiting">${t('ticket.consent.NEEDED')}</span>`}</span>`;
  return wide ? html`<button type="button" class="line" aria-current=${chosen ? 'true' : null} onClick=${onChoose} data-testid=${'ticket-' + ticket.id}>${body}</button>`
    : html`<a class="line" href=${'#/ticket/' + encodeURIComponent(ticket.id)} data-testid=${'ticket-' + ticket.id}>${body}</a>`;
}

/** The dispatcher's hands stay on the keys. */
function useKeys(props) {
  const now = useRef(props);
  now.current = props;
  useEffect(() => {
    const onKey = event => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.body.classList.contains('sheet-open')
        || event.target.closest('input, select, textarea')) return;
      const { order, current, choose, begin, wide } = now.current;
      const at = current ? order.indexOf(current) : -1;
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      if (step && (event.key.length === 1 || event.target.closest('.board'))) {
        const next = order[Math.max(0, Math.min(order.length - 1, at + step))];
        if (next) choose(next.id);
        event.preventDefault();
        setTimeout(() => {
          const line = document.querySelector('.board [aria-current="true"]');
          if (line) line.scrollIntoView({ block: 'nearest' });
        }, 0);
      } else if (event.key === '/') {
        event.preventDefault();
        document.getElementById('board-words').focus();
      } else if (event.key === 'Enter' && current && !event.target.closest('a, button:not(.line)')) {
        event.preventDefault();
        if (wide) document.querySelector('#board-detail h2').focus();
        else location.hash = '#/ticket/' + encodeURIComponent(current.id);
      } else if (current && KEYS[event.key] && current.possible.includes(KEYS[event.key])) {
        event.preventDefault();
        begin(current, KEYS[event.key]);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
