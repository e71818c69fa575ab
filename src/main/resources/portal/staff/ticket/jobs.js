/* The repairman's day: where to go next, one thumb, and nothing lost in a cellar without a line. */
import { getItems } from '../../shared/api.js';
import { clockOf, nowMillis } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { readPreference, writePreference } from '../../shared/preferences.js';
import { useSending } from '../../shared/sending.js';
import { DueTag, dueWords, localOf, momentWords, TicketTag, useCategoryNames, whereWords } from '../../shared/ticket.js';
import { Button, Empty, Failure, html, Icon, Loaded, PageTitle, Segments, useEffect, useLoad, useMinute, useRef, useState } from '../../shared/ui.js';
import { CallReporter } from '../audit/disclose.js';
import { act, ActSheet, needsSheet, waitingFor } from './acts.js';
import { WaitingActs } from './waiting.js';

const REFRESH_MILLIS = 20000;
const AFTERWARDS = { ARRIVE: 'ON_SITE', PAUSE: 'WAITING', RESUME: 'ASSIGNED', FINISH: 'DONE' };
/* What the thumb most likely wants, by state, and what else there is. */
const GOING = ['ARRIVE', 'FINISH'];
const NEXT = { ASSIGNED: ['ARRIVE', 'PAUSE', 'FINISH', 'ASSIGN'], ON_SITE: ['FINISH', 'PAUSE', 'ASSIGN'], WAITING: ['RESUME', 'ASSIGN'] };

const storeName = me => 'ticketJobs.' + me.id;

function kept(me) {
  try {
    return JSON.parse(readPreference(storeName(me), 'null'));
  } catch (damaged) {
    return null;
  }
}

/** From the server, or as it was when there last was a line. */
async function load(me) {
  try {
    const [route, pool] = await Promise.all([getItems('/ticket-route'),
      getItems('/tickets?assignee=none&state=ACCEPTED&limit=50')]);
    const found = { route, pool, at: nowMillis() };
    writePreference(storeName(me), JSON.stringify(found));
    return found;
  } catch (error) {
    const before = kept(me);
    if (!before || error.status) throw error;
    return Object.assign(before, { stale: true });
  }
}

/** As it stands when what waits on this device is done. */
function asActed(ticket, waiting) {
  const acts = waiting.filter(batch => batch.about.ticketId === ticket.id && !batch.refusal);
  const last = acts[acts.length - 1];
  return last && AFTERWARDS[last.about.event] ? Object.assign({}, ticket, { state: AFTERWARDS[last.about.event], paused: last.about.event === 'PAUSE', unsent: true }) : ticket;
}

export default function JobsPage({ me, route }) {
  const list = route.query.list === 'pool' ? 'pool' : 'route';
  const loading = useLoad(() => load(me), [me.id]);
  const sending = useSending();
  const waiting = waitingFor(sending.items);
  const before = useRef(0);
  useMinute();
  useEffect(() => {
    if (waiting.length < before.current) loading.reload();
    before.current = waiting.length;
  }, [waiting.length]);
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) loading.reload(); }, REFRESH_MILLIS);
    return () => clearInterval(timer);
  }, []);
  return html`<main class="page narrow-page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('jobs.title')}<//></div>
    <${WaitingActs} items=${sending.items} />
    <${Loaded} of=${loading}>${data => {
      const jobs = data.route.map(ticket => asActed(ticket, waiting)).filter(ticket => ticket.state !== 'DONE' || ticket.unsent);
      return html`${data.stale && html`<p class="notice warn" data-testid="jobs-stale">${t('jobs.stale', { clock: clockOf(localOf(data.at)) })}</p>`}
        <div class="choices"><${Segments} label=${t('jobs.title')} testid="jobs" chosen=${list} onChoose=${id => { location.hash = '#/tickets?list=' + id; }}
          items=${[{ id: 'route', text: t('jobs.route', { count: jobs.length }) }, { id: 'pool', text: t('jobs.pool', { count: data.pool.length }) }]} /></div>
        ${list === 'route' ? html`<div data-testid="route">${jobs.map((ticket, index) => html`<${Job} key=${ticket.id} ticket=${ticket} number=${index + 1} onChanged=${loading.reload} />`)}
          ${!jobs.length && html`<${Empty} title=${t('jobs.none')}><p>${t('jobs.none.advice')}</p><//>`}</div>`
          : html`<div data-testid="pool">${data.pool.map(ticket => html`<${Job} key=${ticket.id} ticket=${ticket} pooled=${true} onChanged=${loading.reload} />`)}
          ${!data.pool.length && html`<${Empty} title=${t('jobs.pool.none')} />`}</div>`}`;
    }}<//></main>`;
}

function Job({ ticket, number, pooled, onChanged }) {
  const nameOf = useCategoryNames();
  const [acting, setActing] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const begin = async event => {
    setError(null);
    if (!pooled && needsSheet(ticket, event)) {
      setActing(event);
      return;
    }
    setBusy(true);
    try {
      await act(ticket, { event });
      onChanged();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const events = pooled ? ['ASSIGN'] : (NEXT[ticket.state] || []).filter(event => (ticket.unsent ? ticket.state === 'ON_SITE' || ticket.consent !== 'NEEDED' || !GOING.includes(event)
    : ticket.possible.includes(event)));
  // Whoever has it may go, unless the office must agree or such work waits.
  const waits = !pooled && ticket.state === 'ASSIGNED' && !ticket.unsent && ticket.consent !== 'NEEDED' && !ticket.possible.includes('ARRIVE');
  const contact = ticket.contact || {};
  return html`<section class=${'card ticket-card' + (ticket.breachedAt ? ' late' : '')} data-testid=${'job-' + ticket.id}>
    <div class="row spread"><h2>${number && html`<span class="stage-number job-number">${number}</span> `}${nameOf(ticket.category)}</h2>
      ${ticket.unsent ? html`<span class="tag waiting" data-testid="unsent">${t('ticket.state.' + ticket.state)}${t('common.dot')}${t('jobs.unsent')}</span>` : html`<${TicketTag} state=${ticket.state} />`}</div>
    <p class="pass-time"><span class="num">${whereWords(ticket)}</span></p>
    <p>${ticket.description}</p>
    <p class="row"><span>${dueWords(ticket)}</span><${DueTag} ticket=${ticket} /></p>
    ${(contact.name || ticket.contactAt) && html`<p class="soft">${[contact.name, contact.phone, ticket.contactAt && t('jobs.contactAt', { moment: momentWords(ticket.contactAt) })]
      .filter(Boolean).join(t('common.dot'))}</p>`}
    ${waits && html`<p class="notice warn after" data-testid=${'suspended-' + ticket.id}>${t('ticket.suspended.wait')}</p>`}
    ${ticket.consent === 'NEEDED' && html`<p class="notice warn after">${t('ticket.consent.wait')}</p>`}
    ${error && html`<${Failure} error=${error} testid="act-refused" />`}
    ${events.length > 0 && html`<div class="after"><${Button} extra="big" busy=${busy} onClick=${() => begin(events[0])} testid=${events[0] + '-' + ticket.id}>
      ${t(pooled ? 'jobs.take' : 'jobs.do.' + events[0])}<//></div>`}
    ${!pooled && html`<${CallReporter} ticket=${ticket} />`}
    <div class="row job-more">${events.slice(1).map(event => html`<button type="button" class="chip" key=${event} onClick=${() => begin(event)} data-testid=${event + '-' + ticket.id}>
        ${t('jobs.do.' + event)}</button>`)}
      <a class="link-btn" href=${'#/ticket/' + encodeURIComponent(ticket.id)} data-testid=${'open-' + ticket.id}>${t('jobs.more')}<${Icon} name="go" /></a></div>
    ${acting && html`<${ActSheet} ticket=${ticket} event=${acting} onClose=${() => setActing(null)} onDone=${() => { setActing(null); onChanged(); }} />`}</section>`;
}
