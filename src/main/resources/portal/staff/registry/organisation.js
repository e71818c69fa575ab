import { getAll, post, put } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Empty, html, Loaded, PageTitle, say, Sheet, useLoad, useState } from '../../shared/ui.js';
import { MiniCode } from '../mini-code.js';
import { addressOf, CompoundChooser, useCompounds } from './compounds.js';
import { Directory } from './directory.js';
import { Grids } from './grids.js';
import { NameSheet } from './name-sheet.js';

export default function OrganisationPage({ route, me }) {
  const { loading, all, chosen } = useCompounds(route, me);
  const open = made => {
    loading.reload();
    location.hash = addressOf('organisation', made.id);
  };
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('organisation.title')}<//></div>
    <${Loaded} of=${loading}>${() => html`<${CompoundChooser} page="organisation" all=${all} chosen=${chosen} />
      ${chosen ? html`<${Inside} compound=${chosen} key=${chosen.id} />` : html`<${Empty} title=${t('organisation.none')} />`}
      ${may('createCompound') && html`<${Directory} compounds=${all} onMade=${open} onChanged=${loading.reload} />`}`}<//></main>`;
}

function Inside({ compound }) {
  const gates = useLoad(() => getAll('/gates', { compoundId: compound.id }), [compound.id]);
  const buildings = useLoad(() => getAll('/buildings', { compoundId: compound.id }), [compound.id]);
  const grids = useLoad(() => getAll('/grids', { compoundId: compound.id }), [compound.id]);
  const refresh = () => {
    grids.reload();
    buildings.reload();
  };
  return html`<${FirstSteps} compound=${compound} gates=${gates.data} buildings=${buildings.data} grids=${grids.data} />
    <div class="columns even">
      <${Loaded} of=${gates}>${found => html`<${Gates} compound=${compound} gates=${found} onChanged=${gates.reload} />`}<//>
      <${Loaded} of=${grids}>${found => html`<${Loaded} of=${buildings}>${houses => html`
        <${Grids} compound=${compound} grids=${found} buildings=${houses} onChanged=${refresh} />`}<//>`}<//></div>`;
}

/** An empty compound says in which order it is filled. */
function FirstSteps({ compound, gates, buildings, grids }) {
  if (!gates || !buildings || !grids || (gates.length && buildings.length && grids.length)) return null;
  const steps = [['gates', gates.length, null], ['roster', buildings.length, addressOf('roster', compound.id)],
    ['grids', grids.length, null], ['accounts', 0, '#/accounts']];
  return html`<section class="notice" data-testid="first-steps"><h2>${t('organisation.first')}</h2><ol class="todo">
    ${steps.map(([id, done, address], index) => html`<li key=${id} class=${done ? 'past' : ''}>
      <span class="stage-number" aria-hidden="true">${done ? '✓' : index + 1}</span>
      <span>${address && !done ? html`<a class="link-btn" href=${address}>${t('organisation.first.' + id)}</a>`
        : t('organisation.first.' + id)}
        ${done > 0 && html`<span class="unseen"> ${t('common.done')}</span>`}</span></li>`)}</ol></section>`;
}

function Gates({ compound, gates, onChanged }) {
  const [asking, setAsking] = useState(null);
  const [coded, setCoded] = useState(null);
  const save = async (name, key) => {
    if (asking.id) await put('/gates/' + encodeURIComponent(asking.id), { name });
    else await post('/gates', { compoundId: compound.id, name }, { idempotencyKey: key });
    say(t('organisation.saved', { name }));
    onChanged();
  };
  return html`<section class="card"><h2>${t('organisation.gates')}</h2>
    ${gates.length ? html`<ul class="lines" data-testid="gates">${gates.map(gate => html`<li key=${gate.id}><div class="line">
        <span class="line-name strong">${gate.name}</span>
        <span class="line-end"><button type="button" class="link-btn" onClick=${() => setCoded(gate)}
          data-testid=${'code-gate-' + gate.name}>${t('miniCode.short')}<span class="unseen"> ${gate.name}</span></button>
          <button type="button" class="link-btn" onClick=${() => setAsking(gate)}
          data-testid=${'rename-gate-' + gate.name}>${t('organisation.rename')}<span class="unseen"> ${gate.name}</span></button></span>
        </div></li>`)}</ul>`
      : html`<p class="soft">${t('organisation.gates.none')}</p>`}
    <div class="after"><${Button} kind="default" onClick=${() => setAsking({})} testid="add-gate">${t('organisation.gates.add')}<//></div>
    ${asking && html`<${NameSheet} title=${t(asking.id ? 'organisation.gates.rename' : 'organisation.gates.add')}
      label=${t('organisation.gates.name')} hint=${t('organisation.gates.hint')} value=${asking.name} save=${save}
      onClose=${() => setAsking(null)} />`}
    ${coded && html`<${Sheet} title=${coded.name} onClose=${() => setCoded(null)} testid="gate-code-sheet"><p>${t('organisation.gates.code')}</p>
      <${MiniCode} path=${'/gates/' + encodeURIComponent(coded.id) + '/code'} title=${compound.name} line=${coded.name} how=${t('organisation.gates.scan')}
        testid="gate-code" /><//>`}
  </section>`;
}
