import { Problem, post, put } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { Button, Failure, html, say, Sheet, TextField, useRef, useState } from '../../shared/ui.js';

const LONGEST_NAME = 50;
const namesOf = buildings => buildings.map(one => t('building.name', { building: one.building })).join(t('common.comma'));

/** The grids of a compound, and which buildings nobody looks after. */
export function Grids({ compound, grids, buildings, onChanged }) {
  const [asking, setAsking] = useState(null);
  const orphans = buildings.filter(one => !one.grid);
  return html`<section class="card"><h2>${t('organisation.grids')}</h2>
    ${grids.length > 0 && orphans.length > 0 && html`<div class="notice warn" data-testid="orphans">
      <p>${t('organisation.grids.orphans', { buildings: namesOf(orphans) })}</p></div>`}
    ${grids.length ? html`<ul class="lines" data-testid="grids">${grids.map(grid => html`<li key=${grid.id}><div class="line">
        <span class="line-name"><span class="strong">${grid.name}</span>
          <span class="soft small block">${namesOf(grid.buildings) || t('organisation.grids.empty')}</span></span>
        <span class="line-end"><button type="button" class="link-btn" onClick=${() => setAsking(grid)}
          data-testid=${'change-grid-' + grid.name}>${t('common.change')}<span class="unseen"> ${grid.name}</span></button></span>
        </div></li>`)}</ul>`
      : html`<p class="soft">${t('organisation.grids.none')}</p>`}
    <div class="after"><${Button} kind="default" onClick=${() => setAsking({ name: '', buildings: [] })} testid="add-grid">
      ${t('organisation.grids.add')}<//></div>
    ${asking && html`<${GridSheet} compound=${compound} grid=${asking} buildings=${buildings} onChanged=${onChanged}
      onClose=${() => setAsking(null)} />`}
  </section>`;
}

/** A building of another grid can be chosen too; what moves is said before it is saved, and only then sent as a move. */
function GridSheet({ compound, grid, buildings, onChanged, onClose }) {
  const [name, setName] = useState(grid.name);
  const [chosen, setChosen] = useState(grid.buildings.map(one => one.id));
  const [fault, setFault] = useState('');
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newUuid());
  const elsewhere = building => building.grid && building.grid.id !== grid.id;
  const moving = buildings.filter(one => chosen.includes(one.id) && elsewhere(one));
  const withGrid = one => t('building.name', { building: one.building }) + ' (' + one.grid.name + ')';
  const left = grid.buildings.filter(one => !chosen.includes(one.id));
  const toggle = id => setChosen(before => (before.includes(id) ? before.filter(one => one !== id) : before.concat(id)));
  const save = async event => {
    event.preventDefault();
    setError(null);
    setFault(name.trim() ? '' : t('organisation.name.needed'));
    if (!name.trim()) {
      document.getElementById('grid-name').focus();
      return;
    }
    setBusy(true);
    const wish = { name: name.trim(), buildings: chosen, move: moving.length > 0 };
    try {
      if (grid.id) await put('/grids/' + encodeURIComponent(grid.id), wish);
      else await post('/grids', Object.assign({ compoundId: compound.id }, wish), { idempotencyKey: key.current });
      say(t('organisation.saved', { name: wish.name }));
      onChanged();
      onClose();
    } catch (refused) {
      if (refused instanceof Problem && refused.status < 500) key.current = newUuid();
      // Somebody changed the grids meanwhile: the boxes then show where each building is now.
      if (refused instanceof Problem && refused.status === 409) onChanged();
      setError(refused);
      setFault(refused instanceof Problem ? refused.at('/name') : '');
      setBusy(false);
    }
  };
  return html`<${Sheet} title=${t(grid.id ? 'organisation.grids.change' : 'organisation.grids.add')} onClose=${onClose} testid="grid-sheet">
    <form onSubmit=${save} novalidate>
    <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${['/name']} testid="grid-error" />`}</div>
    <${TextField} id="grid-name" label=${t('organisation.grids.name')} hint=${t('organisation.grids.hint')} value=${name}
      onValue=${setName} fault=${fault} maxLength=${LONGEST_NAME} />
    <div class="field" role="group" aria-labelledby="grid-buildings">
      <span class="label" id="grid-buildings">${t('organisation.grids.buildings')}</span>
      ${buildings.length === 0 ? html`<p class="soft">${t('organisation.grids.noBuildings')}</p>`
        : html`<div class="chips" data-testid="grid-buildings">${buildings.map(one => html`<button type="button" key=${one.id} class="chip"
          aria-pressed=${chosen.includes(one.id) ? 'true' : 'false'} onClick=${() => toggle(one.id)}
          data-testid=${'grid-building-' + one.building}>
          ${t('building.name', { building: one.building })}${elsewhere(one) && html`<span class="small block">
            ${t('organisation.grids.now', { grid: one.grid.name })}</span>`}</button>`)}</div>`}</div>
    <div aria-live="polite">
      ${moving.length > 0 && html`<div class="notice warn" data-testid="grid-moving">
        <p>${t('organisation.grids.moving', { buildings: moving.map(withGrid).join(t('common.comma')) })}</p></div>`}
      ${left.length > 0 && html`<div class="notice warn" data-testid="grid-left">
        <p>${t('organisation.grids.left', { buildings: namesOf(left) })}</p></div>`}
    </div>
    <${Button} type="submit" busy=${busy} testid="grid-save">${t(busy ? 'common.saving' : 'organisation.save')}<//></form><//>`;
}
