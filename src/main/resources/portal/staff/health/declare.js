/* Staff declare a journey for somebody who cannot, or who told it on the phone. */
import { getItems } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { TravelForm } from '../../shared/travel-form.js';
import { Empty, html, Icon, Loaded, PageTitle, say, useLoad, useState } from '../../shared/ui.js';
import { ChosenHome, FindHome } from './find-home.js';

export default function DeclarePage() {
  const [home, setHome] = useState(null);
  const loading = useLoad(() => getItems('/risk-regions' + (home && home.compound ? '?compoundId=' + encodeURIComponent(home.compound.id) : '')), [home]);
  const done = declared => {
    say(t(declared.observationId ? 'declare.observed' : 'travel.done'));
    location.hash = '#/journeys?residentId=' + encodeURIComponent(declared.residentId);
  };
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/journeys"><${Icon} name="back" />${t('journeys.title')}</a>
    <div class="page-head"><${PageTitle}>${t('declare.title')}<//>${home && html`<${ChosenHome} home=${home} onOther=${() => setHome(null)} />`}</div>
    ${!home ? html`<${FindHome} onChoose=${setHome} />` : home.members.length === 0 ? html`<${Empty} title=${t('households.empty')} />`
      : html`<${Loaded} of=${loading}>${regions => html`<${TravelForm} key=${home.id} first=${home.members[0].id} members=${home.members} regions=${regions}
        onDone=${done} />`}<//>`}
  </main>`;
}
