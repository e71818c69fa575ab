import { t } from '../../shared/i18n.js';
import { Purchases } from '../../shared/purchases.js';
import { html, PageTitle, Segments, useState } from '../../shared/ui.js';
import { Walks } from '../../shared/walks.js';

/** For a resident whom the office named as volunteer. */
export default function WalksPage() {
  const [tab, setTab] = useState('walks');
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('door.title')}<//></div>
    <div class="choices"><${Segments} label=${t('door.title')} chosen=${tab} onChoose=${setTab} testid="walks-tab"
      items=${[{ id: 'walks', text: t('door.tab.walks') }, { id: 'buy', text: t('door.tab.buy') }]} /></div>
    ${tab === 'walks' ? html`<${Walks} />` : html`<${Purchases} home=${false} />`}
  </main>`;
}
