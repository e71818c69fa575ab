import { t } from '../../shared/i18n.js';
import { html, PageTitle } from '../../shared/ui.js';

/** The gate has an app of its own, which opens without network. */
export default function OpenGatePage() {
  return html`<main class="page narrow" id="main" tabindex="-1"><div class="card stack"><${PageTitle}>${t('nav.gate')}<//>
    <a class="weui-btn btn weui-btn_primary" href="/staff/gate/" data-testid="open-gate">${t('gate.open')}</a>
    <p><a class="link-btn" href="/staff/gate/card.html" target="_blank" rel="noopener" data-testid="gate-card">${t('gate.card')}</a></p></div></main>`;
}
