/* The last rung of the ladder: whom neither WeChat nor an SMS reached and who has not reported. The grid worker knocks and ticks off. */
import { getAll, post } from '../../shared/api.js';
import { clockOf, today } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Failure, html, Icon, Loaded, PageTitle, say, Segments, useLoad, useState } from '../../shared/ui.js';
import { Disclose } from '../audit/disclose.js';
import { byBuilding } from './figures.js';

const OUTCOMES = ['TOLD', 'REPORTED', 'NOBODY_HOME'];
/** Who was not at home is still to be told. */
const isDone = door => Boolean(door.lastKnock) && door.lastKnock.outcome !== 'NOBODY_HOME';

export const loadKnocks = () => getAll('/health-rounds/knock-list').then(items => items.sort((a, b) => byBuilding(a.household, b.household)));

const phonePage = (door, resident) => '#/phone?date=' + today() + '&round=' + resident.rounds[0] + '&building=' + encodeURIComponent(door.building)
  + '&first=' + encodeURIComponent(resident.residentId);

export default function KnocksPage({ me }) {
  const loading = useLoad(loadKnocks, []);
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back no-print" href="#/missing" data-testid="back"><${Icon} name="back" />${t('phone.back')}</a>
    <div class="page-head"><${PageTitle}>${t('knocks.title')}<//></div>
    <p class="soft choices">${t('knocks.why')}</p>
    <${Loaded} of=${loading}>${items => (items.length ? html`<${Doors} items=${items} me=${me} reload=${loading.reload} />`
      : html`<div class="card empty" data-testid="no-doors"><span class="done-mark"><${Icon} name="tick" /></span>
        <h2>${t('knocks.none')}</h2><p>${t('knocks.none.advice')}</p></div>`)}<//>
  </main>`;
}

function Doors({ items, me, reload }) {
  const [shown, setShown] = useState('open');
  const done = items.filter(isDone);
  const open = items.filter(door => !isDone(door));
  const list = shown === 'open' ? open : done;
  return html`<div class="row spread choices no-print"><${Segments} label=${t('knocks.title')} testid="knock-state" chosen=${shown} onChoose=${setShown}
      items=${[{ id: 'open', text: t('knocks.open', { count: open.length }) }, { id: 'done', text: t('knocks.done', { count: done.length }) }]} />
      <${Button} kind="default" extra="inline wide-only" onClick=${() => print()} testid="print">${t('calls.print')}<//></div>
    ${list.length ? html`<div class="cards" data-testid="doors">${list.map(door => html`<${Door} key=${door.householdId} door=${door} me=${me} reload=${reload} />`)}</div>`
      : html`<div class="card empty" data-testid="doors-done"><span class="done-mark"><${Icon} name="tick" /></span><h2>
        ${t(shown === 'open' ? 'knocks.allDone' : 'knocks.noneDone')}</h2></div>`}`;
}

function Door({ door, me, reload }) {
  const [busy, setBusy] = useState('');
  const [error, setError] = useState(null);
  const tick = async outcome => {
    setBusy(outcome);
    setError(null);
    try {
      await post('/households/' + encodeURIComponent(door.householdId) + '/knocks', { outcome });
      say(t('knocks.noted', { household: door.household }));
      setBusy('');
      reload();
    } catch (refused) {
      setError(refused);
      setBusy('');
    }
  };
  const last = door.lastKnock;
  return html`<section class="card" data-testid=${'door-' + door.household}>
    <div class="row spread"><h2 class="num">${door.household}</h2><span class=${'tag ' + (door.why === 'NO_ACCOUNT' ? 'info' : 'late')}>
      ${t('knocks.why.' + door.why)}</span></div>
    <ul class="lines">${door.residents.map(resident => html`<li key=${resident.residentId}><div class="line"><span class="line-name">
        <span class="strong">${resident.name}</span><span class="soft small block">${t('knocks.missing', { rounds: resident.rounds.map(round => t('round.' + round)).join(t('common.comma')) })}</span>
        <span class="soft small block num">${resident.phone || t('missing.noPhone')} ${resident.phone && html`<${Disclose} me=${me} residentId=${resident.residentId}
          name=${resident.name} field="PHONE" />`}</span></span>
      <span class="line-end no-print">${may('submitHealthReports') && html`<a class="cell-link" href=${phonePage(door, resident)}>${t('missing.enter')}
        <span class="unseen"> ${resident.name}</span></a>`}</span></div></li>`)}</ul>
    ${last && html`<p class="soft small" data-testid="last-knock">${clockOf(last.at)} ${t('knocks.was.' + last.outcome)}${t('common.dot')}${last.by}</p>`}
    ${error && html`<${Failure} error=${error} />`}
    ${may('recordKnock') && html`<div class="btns after no-print">${OUTCOMES.map(outcome => html`<${Button} key=${outcome} kind=${outcome === 'TOLD' ? 'primary' : 'default'}
      busy=${busy === outcome} disabled=${busy !== ''} onClick=${() => tick(outcome)} testid=${'knock-' + outcome}>${t('knocks.' + outcome)}<//>`)}</div>`}
  </section>`;
}
