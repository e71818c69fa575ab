import { get } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { discardSending, flush, useSending } from '../../shared/sending.js';
import { dueWords, isOpen, nextDue, placeWords, TicketLine, TicketTag, useCategoryNames } from '../../shared/ticket.js';
import { Button, Empty, html, Icon, Loaded, PageTitle, useEffect, useLoad, useMinute, useRef } from '../../shared/ui.js';
import { FollowedList } from './followed.js';

const SHOWN_PAST = 20;

/** What the household reported: what waits for a word of theirs on top, then what is being worked, then what was. */
export default function TicketsPage({ me }) {
  const loading = useLoad(() => get('/tickets', { limit: 100 }).then(answer => answer.data.items), [me.id]);
  const nameOf = useCategoryNames();
  const sending = useSending();
  useMinute();
  const waitingBefore = useRef(0);
  useEffect(() => {
    if (sending.items.length < waitingBefore.current) loading.reload();
    waitingBefore.current = sending.items.length;
  }, [sending.items.length]);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('ticket.title')}<//></div>
    <p class="gap-below"><a class="weui-btn btn weui-btn_primary big" href="#/tell" data-testid="tell"><span>${t('ticket.tell')}</span>
      <span class="btn-note">${t('ticket.tell.note')}</span></a></p>
    <${Waiting} sending=${sending} nameOf=${nameOf} />
    <${Loaded} of=${loading}>${items => {
      const asked = items.filter(ticket => ticket.own && ticket.state === 'DONE');
      const open = items.filter(ticket => isOpen(ticket));
      const past = items.filter(ticket => !asked.includes(ticket) && !open.includes(ticket)).slice(0, SHOWN_PAST);
      return html`${asked.map(ticket => html`<${OpenTicket} key=${ticket.id} ticket=${ticket} name=${nameOf(ticket.category)} />`)}
        ${open.map(ticket => html`<${OpenTicket} key=${ticket.id} ticket=${ticket} name=${nameOf(ticket.category)} />`)}
        ${past.length > 0 && html`<section class="card"><h2>${t('ticket.past')}</h2><ul class="lines" data-testid="past-tickets">${past.map(ticket => html`
          <li key=${ticket.id}><${TicketLine} ticket=${ticket} name=${nameOf(ticket.category)} href=${'#/ticket/' + encodeURIComponent(ticket.id)} /></li>`)}</ul></section>`}
        ${!items.length && !sending.items.length && html`<${Empty} title=${t('ticket.none')}><p>${t('ticket.none.advice')}</p><//>`}`;
    }}<//>
    ${loading.state !== 'loading' && html`<${Beside} />`}
  </main>`;
}

/** Below the list, and after it: what is pushed down while one reads is tapped by mistake. */
function Beside() {
  return html`<section class="card"><ul class="lines">
      ${may('listPublicTickets') && html`<li><a class="line" href="#/shared-tickets" data-testid="to-public"><span class="line-name strong">${t('ticket.public')}</span><${Icon} name="go" /></a></li>`}
      ${may('getServiceLevels') && html`<li><a class="line" href="#/service" data-testid="to-summary"><span class="line-name strong">${t('ticket.summary')}</span><${Icon} name="go" /></a></li>`}
    </ul></section>
    ${may('listFollowedTickets') && html`<${FollowedList} />`}`;
}

function OpenTicket({ ticket, name }) {
  const due = nextDue(ticket);
  return html`<a class=${'card ticket-card' + (due && due.late ? ' late' : ticket.state === 'DONE' ? ' asked' : '')} href=${'#/ticket/' + encodeURIComponent(ticket.id)}
      data-testid=${'ticket-' + ticket.id}>
    <span class="row spread"><strong class="ticket-name">${name || t('ticket.kind.' + ticket.kind)}</strong><${TicketTag} state=${ticket.state} /></span>
    <span class="block">${ticket.description}</span><span class="block soft small">${placeWords(ticket.place)}</span>
    <span class="block strong due" data-testid=${'due-' + ticket.id}>${dueWords(ticket)}</span></a>`;
}

/** Said plainly: it is on this phone, not at the property yet. */
function Waiting({ sending, nameOf }) {
  const items = sending.items.filter(batch => batch.about.kind === 'ticket');
  return items.map(batch => html`<section class=${'notice ' + (batch.refusal ? 'bad' : 'warn')} key=${batch.key} data-testid="ticket-waiting">
    <h2>${t(batch.refusal ? batch.done ? 'ticket.sending.photosRefused' : 'ticket.sending.refused' : batch.done ? 'ticket.sending.photos' : 'ticket.sending.waiting')}</h2>
    <p>${nameOf(batch.about.category)}${t('common.dot')}${batch.about.description}</p>
    ${batch.refusal ? html`<p>${batch.refusal}</p>` : html`<progress class="fetching" max="1" value=${sending.progressOf(batch)}></progress>
      <p>${t('ticket.sending.what')}</p>`}
    ${batch.refusal ? html`<${Button} kind="default" onClick=${() => discardSending(batch.key)} testid="waiting-discard">${t('ticket.sending.discard')}<//>`
      : html`<${Button} kind="default" onClick=${flush} testid="waiting-retry">${t('ticket.sending.retry')}<//>`}</section>`);
}
