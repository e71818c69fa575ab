import { t } from '../../shared/i18n.js';
import { MonthChooser, monthOf, MonthSummary } from '../../shared/ticket-summary.js';
import { html, Icon, PageTitle } from '../../shared/ui.js';

export default function ServicePage({ route }) {
  const month = monthOf(route);
  return html`<main class="page" id="main" tabindex="-1"><a class="back" href="#/tickets"><${Icon} name="back" />${t('ticket.title')}</a>
    <${PageTitle}>${t('ticket.summary')}<//><div class="after"><${MonthChooser} month=${month} page="#/service" /><${MonthSummary} month=${month} key=${month} /></div></main>`;
}
