/* Walks to doors, in the order of the way, for whoever carries: one big button for what comes next. Why is told nowhere. */
import { getAll } from './api.js';
import { carrierName } from './carriers.js';
import { clockOf } from './clock.js';
import { t } from './i18n.js';
import { ShownPhoto, TakePhoto } from './photo.js';
import { Button, Empty, html, Icon, Loaded, Segments, SentLater, useEffect, useLoad, useOnline, useState } from './ui.js';
import { addStep, answered, anythingWaits, dropRefused, forgetTaken, onWalks, sendWalks, waitingFor } from './walk-queue.js';

const STEPS = ['TAKEN', 'PLACED', 'SHOWN', 'RUNG', 'DONE'];
const NEXT = { OPEN: 'TAKE', TAKEN: 'PLACE', SHOWN: 'RING', RUNG: 'LEAVE' };

export const goodsWords = items => items.map(item => item.name + ' ' + item.quantity + item.unit).join('、');

function load(filter) {
  const known = answered();
  return getAll('/door-tasks', { mine: filter === 'mine' ? 'true' : '' }, 500).then(tasks => ({ tasks, known }));
}

export function Walks() {
  const [filter, setFilter] = useState('all');
  const loading = useLoad(() => load(filter), [filter]);
  const [, redraw] = useState(0);
  const online = useOnline();
  useEffect(() => onWalks(() => {
    redraw(count => count + 1);
    if (!anythingWaits()) loading.reload();
  }), []);
  useEffect(() => { if (online) sendWalks(); }, [online]);
  useEffect(() => { if (loading.data) forgetTaken(loading.data.known); }, [loading.data]);
  const step = addStep;
  return html`<div class="choices"><${Segments} label=${t('door.filter')} chosen=${filter} onChoose=${setFilter} testid="door-filter"
      items=${[{ id: 'all', text: t('door.filter.all') }, { id: 'mine', text: t('door.filter.mine') }]} /></div>
    <p class="notice small">${t('door.how')}</p><${SentLater} />
    <${Loaded} of=${loading}>${({ tasks }) => (tasks.length ? byBuilding(tasks).map(([building, ones]) => html`<section key=${building}>
        <h2 class="section-title after">${t('door.building', { building })} <span class="soft num">${ones.length}</span></h2>
        <div class="stack">${ones.map(task => html`<${Walk} task=${task} step=${step} reload=${loading.reload} key=${task.id} />`)}</div></section>`)
      : html`<${Empty} title=${t('door.none')} testid="door-none"><p>${t('door.none.advice')}</p><//>`)}<//>`;
}

function byBuilding(tasks) {
  const groups = new Map();
  tasks.forEach(task => groups.set(task.building, (groups.get(task.building) || []).concat(task)));
  return Array.from(groups);
}

function Walk({ task, step, reload }) {
  const waiting = waitingFor(task);
  const state = waiting.state;
  const mine = task.mine || state !== task.state && state !== 'OPEN';
  return html`<article class="card stack walk" data-testid=${'walk-' + task.household} data-state=${state}>
    <div class="row spread"><h3 class="walk-door">${t('door.unit', { unit: task.unit })} ${task.room}
        ${task.floor && html`<span class="soft small">${' '}${t('door.floor', { floor: task.floor })}</span>`}</h3>
      <span class="row">${task.perishable && html`<span class="tag late">${t('door.perishable')}</span>`}
        ${task.overdue && html`<span class="tag bad">${t('door.overdue')}</span>`}
        ${waiting.count > 0 && html`<span class="tag waiting" data-testid="walk-waiting">${t('door.waiting', { count: waiting.count })}</span>`}</span></div>
    <ul class="goods">${task.parcels.map(parcel => html`<li key=${parcel.id}><strong>${parcel.gate}${parcel.shelf ? ' ' + parcel.shelf : ''}</strong>
        ${' '}${carrierName(parcel.carrier)} ${t('door.tail', { tail: parcel.trackingTail })}</li>`)}
      ${task.purchases.map(bought => html`<li key=${bought.id}><strong>${t('door.bought')}</strong> ${goodsWords(bought.items)}${' · '}${t('buy.pay.' + bought.payBy)}
        ${bought.cost ? ' ' + t('buy.yuan', { yuan: bought.cost }) : ''}</li>`)}</ul>
    ${task.takenBy && !task.mine && html`<p class="small soft">${t('door.takenBy', { name: task.takenBy })}</p>`}
    ${waiting.refusal && html`<div class="notice bad" role="alert"><p>${waiting.refusal}</p>
      <${Button} kind="default" onClick=${() => { dropRefused(task); reload(); }}>${t('door.understood')}<//></div>`}
    ${mine && state !== 'OPEN' && html`<${Progress} state=${state} />`}
    ${task.hasPhoto && state !== 'DONE' && html`<details><summary>${t('door.photo.show')}</summary><${ShownPhoto} path=${'/door-tasks/' + task.id + '/photo'}
      alt=${t('door.photo.alt')} /></details>`}
    ${!waiting.refusal && html`<${NextStep} task=${task} state=${state} mine=${mine} step=${step} />`}
  </article>`;
}

function Progress({ state }) {
  const at = STEPS.indexOf(state);
  return html`<ol class="walk-steps" aria-label=${t('door.steps')}>${STEPS.map((name, index) => html`<li key=${name} class=${index <= at ? 'done' : ''}
    aria-current=${index === at ? 'step' : null}>${t('door.step.' + name)}</li>`)}</ol>`;
}

function NextStep({ task, state, mine, step }) {
  if (state === 'DONE') return html`<p class="row"><span class="done-mark"><${Icon} name="tick" /></span> ${t('door.done')}</p>`;
  const free = state === 'OPEN';
  if (!free && !mine) {
    return task.possible.includes('GIVE_BACK') ? html`<button type="button" class="link-btn" onClick=${() => step(task, 'GIVE_BACK')}>${t('door.takeAway')}</button>` : null;
  }
  return html`${state === 'PLACED' ? html`<${TakePhoto} id=${'photo-' + task.household} onTaken=${url => step(task, 'PHOTO', url)}>${t('door.do.PHOTO')}<//>`
      : html`<${Button} onClick=${() => step(task, NEXT[state])} testid=${'next-' + task.household}>${t('door.do.' + NEXT[state])}<//>`}
    ${state === 'PLACED' && html`<p class="hint">${t('door.photo.hint')}</p>`}
    ${(state === 'TAKEN' || state === 'PLACED') && html`<button type="button" class="link-btn" onClick=${() => step(task, 'GIVE_BACK')}
      data-testid=${'back-' + task.household}>${t('door.do.GIVE_BACK')}</button>`}
    ${task.takenAt && html`<p class="small soft num">${t('door.since', { time: clockOf(task.takenAt) })}</p>`}`;
}
