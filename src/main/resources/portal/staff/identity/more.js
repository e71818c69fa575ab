import { t } from '../../shared/i18n.js';
import { html, Icon, PageTitle } from '../../shared/ui.js';

/** The pages that find no place in a phone's bar. */
export default function MorePage({ pages }) {
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('nav.more')}<//></div>
    <div class="card"><ul class="lines">${pages().slice(3).map(page => html`<li key=${page.id}>
      <a class="line" href=${'#/' + page.id} data-testid=${'more-' + page.id}>
      <span class="line-icon"><${Icon} name=${page.icon} /></span><span class="line-name strong">${t('nav.' + page.id)}</span>
        <span class="line-end"><${Icon} name="go" /></span></a></li>`)}</ul></div></main>`;
}
