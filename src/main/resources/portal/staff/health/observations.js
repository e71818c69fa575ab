/* Home observation by household: what is due today on top, one tap for what is done most. */
import { getAll } from '../../shared/api.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Empty, html, Icon, Loaded, PageTitle, say, Segments, useLoad, useState } from '../../shared/ui.js';
import { observationPage } from '../addresses.js';
import { DueTags, EntrySheet } from './entries.js';
import { byBuilding } from './figures.js';

const STATES = ['OPEN', 'RELEASED', 'TRANSFERRED'];
const DUTIES = ['FOLLOW_UP', 'TEST', 'RELEASE', 'REPORT', 'PROOF'];

export default function ObservationsPage({ route }) {
  const state = STATES.includes(route.query.state) ? route.query.state : 'OPEN';
  const [duty, setDuty] = useState('');
  const [entering, setEntering] = useState(null);
  const loading = useLoad(() => getAll('/observations', { state }), [state]);
  const close = entered => {
    setEntering(null);
    if (entered) {
      say(t('observation.entered'));
      loading.reload();
    }
  };
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('observations.title')}<//>
      <div class="row tools">${may('listTravelDeclarations') && html`<a class="link-btn" href="#/journeys" data-testid="to-journeys">${t('journeys.title')}</a>`}
        ${may('replaceRiskRegions') && html`<a class="link-btn" href="#/risk" data-testid="to-risk">${t('risk.title')}</a>`}
        ${may('startObservations') && html`<a class="weui-btn btn weui-btn_primary inline" href="#/observe" data-testid="to-observe">
          ${t('observe.title')}</a>`}</div></div>
    <div class="choices"><${Segments} label=${t('observations.state')} testid="observation-state" chosen=${state}
      onChoose=${next => { setDuty(''); location.hash = '#/observations?state=' + next; }}
      items=${STATES.map(id => ({ id, text: t('observation.state.' + id) }))} /></div>
    <${Loaded} of=${loading}>${items => (items.length ? html`
      ${state === 'OPEN' && html`<${Counts} items=${items} chosen=${duty} onChoose=${setDuty} />`}
      ${homesOf(items.filter(item => !duty || item.due.includes(duty))).map(home => html`<${Home} key=${home.key} home=${home}
        onEnter=${(event, those) => setEntering({ items: those, event })} />`)}`
      : html`<${Empty} title=${t('observations.none')} testid="nobody-observed" />`)}<//>
    ${entering && html`<${EntrySheet} ...${entering} onClose=${close} />`}
  </main>`;
}

/** How many people each duty of today concerns; a tap shows only them. */
function Counts({ items, chosen, onChoose }) {
  const counts = DUTIES.map(id => ({ id, count: items.filter(item => item.due.includes(id)).length })).filter(one => one.count);
  return html`<div class="choices"><${Segments} label=${t('observations.due')} testid="duty" chosen=${chosen} onChoose=${onChoose}
    items=${[{ id: '', text: t('observations.all', { count: items.length }) }].concat(counts.map(({ id, count }) => ({ id,
      text: t('observation.due.' + id) + ' ' + count })))} /></div>`;
}

/** Homes with something due first, then by building. */
function homesOf(items) {
  const homes = [];
  items.forEach(item => {
    const key = item.compound.id + ' ' + item.household;
    let home = homes.find(one => one.key === key);
    if (!home) homes.push(home = { key, label: item.household, compound: item.compound.name, items: [] });
    home.items.push(item);
  });
  const dueIn = home => home.items.reduce((sum, item) => sum + item.due.length, 0);
  return homes.sort((a, b) => Math.sign(dueIn(b)) - Math.sign(dueIn(a)) || byBuilding(a.label, b.label));
}

function Home({ home, onEnter }) {
  const toVisit = home.items.filter(item => item.due.includes('FOLLOW_UP') && item.possible.includes('FOLLOW_UP'));
  return html`<section class="card" aria-label=${home.label} data-testid=${'home-' + home.label}>
    <div class="row spread"><h2>${home.label}</h2>${toVisit.length > 0 && html`<${Button} kind="default" extra="inline"
      onClick=${() => onEnter('FOLLOW_UP', toVisit)} testid=${'follow-up-' + home.label}>
      ${t(toVisit.length > 1 ? 'observation.do.FOLLOW_UP.home' : 'observation.do.FOLLOW_UP', { count: toVisit.length })}<//>`}</div>
    <ul class="lines">${home.items.map(item => html`<li key=${item.id}><a class="line" href=${observationPage(item.id)}
      data-testid=${'observation-' + item.id}>
      <span class="line-name"><span class="strong">${item.residentName}</span> <span class="soft small">${t('observation.cause.' + item.cause)}</span>
        <span class="soft small block">${item.state === 'OPEN' ? t('observation.until', { date: dateWords(item.endsOn) })
          : t('observation.state.' + item.state)}${item.phone && t('common.dot') + item.phone}</span></span>
      <span class="line-end"><${DueTags} item=${item} /><strong class="num">${t('observation.day', { day: item.day, days: item.days })}</strong>
        <${Icon} name="go" /></span></a></li>`)}</ul>
  </section>`;
}
