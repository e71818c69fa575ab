/* Travel declarations as staff read them: who still owes a negative test, or everybody's, newest first. */
import { getAll } from '../../shared/api.js';
import { clockOf, dateOf } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Journey, TestSheet } from '../../shared/travel.js';
import { Button, Empty, html, Icon, Loaded, PageTitle, say, Segments, useLoad, useState } from '../../shared/ui.js';
import { observationPage } from '../addresses.js';

const LISTS = ['lacking', 'all'];
const SHOWN_AT_MOST = 400;

export default function JourneysPage({ route }) {
  const residentId = route.query.residentId;
  const list = LISTS.includes(route.query.list) ? route.query.list : 'lacking';
  const [entering, setEntering] = useState(null);
  const query = residentId ? { residentId } : list === 'lacking' ? { lackingProof: true } : {};
  const loading = useLoad(() => getAll('/travel-declarations', query, SHOWN_AT_MOST), [residentId, list]);
  const close = entered => {
    setEntering(null);
    if (entered) {
      say(t('travel.test.entered'));
      loading.reload();
    }
  };
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/observations"><${Icon} name="back" />${t('observations.title')}</a>
    <div class="page-head"><${PageTitle}>${t('journeys.title')}<//>${may('declareTravel') && html`
      <a class="weui-btn btn weui-btn_primary inline" href="#/declare" data-testid="to-declare">${t('declare.title')}</a>`}</div>
    ${!residentId && html`<div class="choices"><${Segments} label=${t('journeys.title')} testid="journeys" chosen=${list}
      onChoose=${next => { location.hash = '#/journeys?list=' + next; }} items=${LISTS.map(id => ({ id, text: t('journeys.list.' + id) }))} /></div>`}
    <${Loaded} of=${loading}>${items => (items.length ? items.map(item => html`<section class="card" key=${item.id}
      data-testid=${'journey-' + item.id}><div class="row spread"><h2>${item.household} ${item.residentName}</h2><span class="soft small">
        ${dateWords(dateOf(item.declaredAt))} ${clockOf(item.declaredAt)}${item.declaredBy && t('common.dot') + item.declaredBy}</span></div>
      <${Journey} item=${item} />
      <p class="row">${item.proof === 'MISSING' && may('addTravelTest') && html`<${Button} kind="default" extra="inline" onClick=${() => setEntering(item)}
          testid=${'add-test-' + item.id}>${t('travel.test.add')}<//>`}
        ${item.observationId && html`<a class="link-btn" href=${observationPage(item.observationId)}>${t('observations.title')}</a>`}</p></section>`)
      : html`<${Empty} title=${t(list === 'lacking' && !residentId ? 'journeys.noneLacking' : 'journeys.none')} testid="no-journeys" />`)}<//>
    ${entering && html`<${TestSheet} declared=${entering} onClose=${close} />`}
  </main>`;
}
