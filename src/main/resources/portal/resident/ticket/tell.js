import { put } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { dueWords, loadCategories, TICKET_KINDS, useCategoryNames } from '../../shared/ticket.js';
import { CategoryTiles, KindTiles, TicketForm } from '../../shared/ticket-form.js';
import { Failure, html, Icon, Loaded, PageTitle, say, useLoad, useState } from '../../shared/ui.js';

const address = query => '#/tell' + query;

/** Three steps, each with its own address, so that the phone's own way back works. */
export default function TellPage({ route, me }) {
  const kind = TICKET_KINDS.some(each => each[0] === route.query.kind) ? route.query.kind : null;
  const code = kind && route.query.category;
  const loading = useLoad(loadCategories, []);
  const [done, setDone] = useState(null);
  const [error, setError] = useState(null);
  const follow = async item => {
    setError(null);
    try {
      await put('/public-tickets/' + encodeURIComponent(item.id) + '/follow', undefined);
      say(t('ticket.followed'));
      location.hash = '#/shared-tickets';
    } catch (refused) {
      setError(refused);
    }
  };
  if (done) return html`<${Outcome} outcome=${done} />`;
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href=${!kind ? '#/tickets' : code ? address('?kind=' + kind) : address('')} data-testid="tell-back"><${Icon} name="back" />${t('common.back')}</a>
    ${error && html`<${Failure} error=${error} />`}
    ${!kind ? html`<${PageTitle}>${t('ticket.tell')}<//><div class="after"><${KindTiles} onChoose=${next => { location.hash = address('?kind=' + next); }} /></div>`
      : html`<${Loaded} of=${loading}>${items => {
        const category = items.find(item => item.code === code && item.kind === kind) || (items.filter(item => item.kind === kind).length === 1
          ? items.find(item => item.kind === kind) : null);
        return category ? html`<${PageTitle}>${category.name}<//><div class="after"><${TicketForm} category=${category} building=${buildingOf(me)} onDone=${setDone}
            onFollowed=${follow} key=${category.code} /></div>`
          : html`<${PageTitle}>${t('ticket.which.' + kind)}<//><div class="after"><${CategoryTiles} kind=${kind}
            onChoose=${item => { location.hash = address('?kind=' + kind + '&category=' + item.code); }} /></div>`;
      }}<//>`}
  </main>`;
}

const buildingOf = me => (me.household ? me.household.label.split('-')[0] : '');

function Outcome({ outcome }) {
  const ticket = outcome.sent;
  const nameOf = useCategoryNames();
  return html`<main class="page" id="main" tabindex="-1"><${PageTitle}>${t(ticket ? 'ticket.sent' : 'ticket.kept')}<//>
    ${ticket ? html`<section class="notice good after" role="status" data-testid="ticket-sent"><h2>${nameOf(ticket.category)}</h2>
        <p>${t('ticket.number')} <strong class="num" data-testid="ticket-number">${ticket.number}</strong></p>
        <p class="strong">${dueWords(ticket)}</p>${ticket.anonymous && html`<p>${t('ticket.anonymous.mail')}</p>`}</section>
        ${outcome.waiting && html`<p class="notice warn" data-testid="photos-waiting">${t('ticket.sending.photos')}</p>`}
        ${ticket.consent === 'NEEDED' && html`<p class="notice">${t('ticket.consent.needed')}</p>`}
        <a class="weui-btn btn weui-btn_primary" href=${'#/ticket/' + encodeURIComponent(ticket.id)} data-testid="to-ticket">${t('ticket.look')}</a>`
      : html`<section class="notice warn after" role="status" data-testid="ticket-kept"><p>${t('ticket.kept.what')}</p></section>`}
    <p class="after"><a class="weui-btn btn weui-btn_default" href="#/tickets" data-testid="to-tickets">${t('ticket.toMine')}</a></p></main>`;
}
