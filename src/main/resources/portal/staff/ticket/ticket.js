import { t } from '../../shared/i18n.js';
import { html, Icon, PageTitle } from '../../shared/ui.js';
import { TicketDetail } from './detail.js';

export default function TicketPage({ route }) {
  return html`<main class="page ticket-page" id="main" tabindex="-1"><a class="back" href="#/tickets"><${Icon} name="back" />${t('nav.tickets')}</a>
    <div class="page-head"><${PageTitle}>${t('ticket.one')}<//></div><${TicketDetail} id=${route.path[1]} key=${route.path[1]} /></main>`;
}
