import { getAll, post, put } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Empty, html, Loaded, PageTitle, say, useLoad, useState } from '../../shared/ui.js';
import { Directory } from './directory.js';
import { Grids } from './grids.js';
import { NameSheet } from './name-sheet.js';

const addressOf = compound => '#/organisation?compound=' + encodeURIComponent(compound.id);

export default function OrganisationPage({ route, me }) {
  const compounds = useLoad(() => getAll('/compounds'), []);
  const open = made => {
    compounds.reload();
    location.hash = addressOf(made);
  };
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('organisation.title')}<//></div>
    <${Loaded} of=${compounds}>${all => {
      const chosen = all.find(one => one.id === route.query.compound) || all.find(one => one.id === me.compound.id) || all[0];
      return html`${all.length > 1 && html`<${Chooser} compounds=${all} chosen=${chosen} />`}
        ${chosen ? html`<${Inside} compound=${chosen} key=${chosen.id} />` : html`<${Empty} title=${t('organisation.none')} />`}
        ${may('createCompound') && html`<${Directory} compounds=${all} onMade=${open} onChanged=${compounds.reload} />`}`;
    }}<//></main>`;
}

function Chooser({ compounds, chosen }) {
  return html`<div class="card filters"><label class="label" for="compound">${t('organisation.compound')}</label>
    <select class="input" id="compound" value=${chosen.id} data-testid="compound"
      onChange=${event => { location.hash = addressOf({ id: event.target.value }); }}>${compounds.map(one => html`
        <option key=${one.id} value=${one.id} selected=${one.id === chosen.id}>${one.name} (${one.community.name})</option>`)}</select></div>`;
}

function Inside({ compound }) {
  const gates = useLoad(() => getAll('/gates', { compoundId: compound.id }), [compound.id]);
  const buildings = useLoad(() => getAll('/buildings', { compoundId: compound.id }), [compound.id]);
  const grids = useLoad(() => getAll('/grids', { compoundId: compound.id }), [compound.id]);
  const refresh = () => {
    grids.reload();
    buildings.reload();
  };
  return html`<${FirstSteps} gates=${gates.data} buildings=${buildings.data} grids=${grids.data} />
    <div class="columns"><${Loaded} of=${grids}>${found => html`<${Loaded} of=${buildings}>${houses => html`
        <${Grids} compound=${compound} grids=${found} buildings=${houses} onChanged=${refresh} />`}<//>`}<//>
      <${Loaded} of=${gates}>${found => html`<${Gates} compound=${compound} gates=${found} onChanged=${gates.reload} />`}<//></div>`;
}

/** An empty compound says in which order it is filled. */
function FirstSteps({ gates, buildings, grids }) {
  if (!gates || !buildings || !grids || (gates.length && buildings.length && grids.length)) return null;
  const steps = [['gates', gates.length, null], ['roster', buildings.length, '#/roster'], ['grids', grids.length, null], ['accounts', 0, '#/accounts']];
  return html`<section class="notice" data-testid="first-steps"><h2>${t('organisation.first')}</h2><ol class="todo">
    ${steps.map(([id, done, address]) => html`<li key=${id} class=${done ? 'past' : ''}>
      <span class="stage-number" aria-hidden="true">${done ? '✓' : '·'}</span>
      <span>${address && !done ? html`<a class="link-btn" href=${address}>${t('organisation.first.' + id)}</a>` : t('organisation.first.' + id)}
        ${done > 0 && html`<span class="unseen"> ${t('common.done')}</span>`}</span></li>`)}</ol></section>`;
}

function Gates({ compound, gates, onChanged }) {
  const [asking, setAsking] = useState(null);
  const save = async (name, key) => {
    if (asking.id) await put('/gates/' + encodeURIComponent(asking.id), { name });
    else await post('/gates', { compoundId: compound.id, name }, { idempotencyKey: key });
    say(t('organisation.saved', { name }));
    onChanged();
  };
  return html`<section class="card"><h2>${t('organisation.gates')}</h2>
    ${gates.length ? html`<ul class="lines" data-testid="gates">${gates.map(gate => html`<li key=${gate.id}><div class="line">
        <span class="line-name strong">${gate.name}</span>
        <span class="line-end"><button type="button" class="link-btn" onClick=${() => setAsking(gate)} data-testid=${'rename-gate-' + gate.name}>
          ${t('organisation.rename')}<span class="unseen"> ${gate.name}</span></button></span></div></li>`)}</ul>`
      : html`<p class="soft">${t('organisation.gates.none')}</p>`}
    <div class="after"><${Button} kind="default" onClick=${() => setAsking({})} testid="add-gate">${t('organisation.gates.add')}<//></div>
    ${asking && html`<${NameSheet} title=${t(asking.id ? 'organisation.gates.rename' : 'organisation.gates.add')}
      label=${t('organisation.gates.name')} hint=${t('organisation.gates.hint')} value=${asking.name} save=${save} onClose=${() => setAsking(null)} />`}
  </section>`;
}
