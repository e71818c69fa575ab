import { get } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { Stars, momentWords, useCategoryNames } from '../../shared/ticket.js';
import { MonthChooser, monthOf } from '../../shared/ticket-summary.js';
import { Button, Empty, html, Icon, Loaded, PageTitle, useLoad, useState } from '../../shared/ui.js';
import { ActSheet } from './acts.js';

/** Whom to ask how it was: the sample of the month, those not asked yet. */
export default function FollowUpsPage({ route }) {
  const month = monthOf(route);
  const loading = useLoad(() => get('/ticket-follow-ups', { month }).then(answer => answer.data), [month]);
  const nameOf = useCategoryNames();
  const [asking, setAsking] = useState(null);
  return html`<main class="page ticket-page" id="main" tabindex="-1"><a class="back" href="#/tickets"><${Icon} name="back" />${t('nav.tickets')}</a>
    <div class="page-head"><${PageTitle}>${t('ticket.followUps')}<//></div><${MonthChooser} month=${month} page="#/follow-ups" />
    <${Loaded} of=${loading}>${data => html`<p class="choices" data-testid="follow-ups-count">${t('ticket.followUps.count', data)}</p>
      ${data.items.map(ticket => html`<section class="card" key=${ticket.id} data-testid=${'follow-up-' + ticket.id}>
        <div class="row spread"><h2>${nameOf(ticket.category)}</h2><span class="soft num">${ticket.number}</span></div><p>${ticket.description}</p>
        <p class="soft">${[ticket.contact && [ticket.contact.household, ticket.contact.name, ticket.contact.phone].filter(Boolean).join(t('common.space')),
          ticket.closedAt && t('ticket.closedAt', { moment: momentWords(ticket.closedAt) })].filter(Boolean).join(t('common.dot'))}</p>
        ${ticket.rating && html`<p><${Stars} rating=${ticket.rating} /> ${ticket.ratingWords || ''}</p>`}
        <div class="ticket-acts"><${Button} extra="inline" onClick=${() => setAsking(ticket)} testid=${'ask-' + ticket.id}>${t('ticket.do.FOLLOW_UP')}<//>
          <a class="link-btn" href=${'#/ticket/' + encodeURIComponent(ticket.id)}>${t('jobs.more')}</a></div></section>`)}
      ${!data.items.length && html`<${Empty} title=${t('ticket.followUps.none')} />`}`}<//>
    ${asking && html`<${ActSheet} ticket=${asking} event="FOLLOW_UP" onClose=${() => setAsking(null)} onDone=${() => { setAsking(null); loading.reload(); }} />`}</main>`;
}
