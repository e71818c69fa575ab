import { t } from '../../shared/i18n.js';
import { MonthChooser, monthOf, MonthSummary } from '../../shared/ticket-summary.js';
import { html, Icon, PageTitle } from '../../shared/ui.js';

export default function ServicePage({ route }) {
  const month = monthOf(route);
  return html`<main class="page ticket-page" id="main" tabindex="-1"><a class="back" href="#/tickets"><${Icon} name="back" />${t('nav.tickets')}</a>
    <div class="page-head"><${PageTitle}>${t('ticket.summary')}<//></div><${MonthChooser} month=${month} page="#/service" /><${MonthSummary} month=${month} key=${month} /></main>`;
}
