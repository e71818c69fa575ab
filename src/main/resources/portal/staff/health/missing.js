import { getAll, getItems } from '../../shared/api.js';
import { ROUNDS, dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Empty, html, Icon, Loaded, PageTitle, Segments, useLoad, useMemo, useState } from '../../shared/ui.js';
import { residentPage } from '../addresses.js';
import { Disclose } from '../audit/disclose.js';
import { saveCsv } from '../csv.js';
import { useWide } from '../wide.js';
import { byBuilding, loadMonitor, roundInQuestion } from './figures.js';

export const CALL_AFTER_MISSED = 2;

/** Date and buildings by the server's clock where one may ask the monitor; the address says the rest. */
async function loadDay(date) {
  if (may('getMonitor')) {
    const monitor = await loadMonitor(date);
    const buildings = [];
    monitor.compounds.forEach(compound => compound.buildings.forEach(({ building }) => {
      if (!buildings.includes(building)) buildings.push(building);
    }));
    return { date: monitor.date, buildings: buildings.sort(byBuilding),
      round: roundInQuestion(monitor.compounds.length ? monitor.compounds[0].rounds : null) };
  }
  const buildings = may('listBuildings') ? (await getItems('/buildings')).map(one => one.building) : [];
  return { date, buildings: buildings.sort(byBuilding), round: roundInQuestion(null) };
}

export const loadMissing = (date, round, building) => getAll('/health-rounds/' + date + '/' + round + '/missing', { building });

export default function MissingPage({ route, me }) {
  const day = useLoad(() => loadDay(route.query.date), [route.query.date]);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('missing.title')}<//>${day.data && html`<span class="soft">${dateWords(day.data.date)}</span>`}
      </div>
    <${Loaded} of=${day}>${known => html`<${Chosen} known=${known} route=${route} me=${me} />`}<//></main>`;
}

function addressOf(date, round, building) {
  return '?date=' + date + '&round=' + round + (building ? '&building=' + encodeURIComponent(building) : '');
}

function Chosen({ known, route, me }) {
  const round = ROUNDS.includes(route.query.round) ? route.query.round : known.round;
  const building = route.query.building || '';
  const go = (nextRound, nextBuilding) => { location.hash = '#/missing' + addressOf(known.date, nextRound, nextBuilding); };
  const loading = useLoad(() => loadMissing(known.date, round, building), [known.date, round, building]);
  return html`<div class="stack choices no-print">
      <${Segments} label=${t('missing.round')} testid="round" chosen=${round} onChoose=${next => go(next, building)}
        items=${ROUNDS.map(id => ({ id, text: t('round.' + id) }))} />
      ${known.buildings.length > 1 && html`<${Segments} label=${t('building.column')} testid="building" chosen=${building}
        onChoose=${next => go(round, next)}
        items=${[{ id: '', text: t('building.all') }].concat(known.buildings.map(id => ({ id,
          text: t('building.name', { building: id }) })))} />`}
    </div>
    <${Loaded} of=${loading}>${items => (items.length ? html`<${People} items=${items} address=${addressOf(known.date, round, building)}
      date=${known.date} round=${round} me=${me} />`
      : html`<div class="card empty" data-testid="nobody-missing"><span class="done-mark"><${Icon} name="tick" /></span><h2>
        ${t('missing.none')}</h2><p class="soft">${t('missing.none.advice')}</p></div>`)}<//>`;
}

const SORTS = {
  missed: (a, b) => b.missedRounds - a.missedRounds || byBuilding(a.household, b.household),
  household: (a, b) => byBuilding(a.household, b.household)
};

function People({ items, address, date, round, me }) {
  const [sort, setSort] = useState('missed');
  const [filter, setFilter] = useState('');
  const wide = useWide();
  const people = useMemo(() => items.filter(item => !filter.trim() || item.name.includes(filter.trim())
    || item.household.includes(filter.trim()) || (item.phone || '').endsWith(filter.trim())).sort(SORTS[sort]), [items, sort, filter]);
  const toCall = items.filter(item => item.missedRounds >= CALL_AFTER_MISSED).length;
  const save = () => saveCsv('missing-' + date + '-' + round + '.csv',
    [t('missing.household'), t('missing.name'), t('auth.phone'), t('missing.missed')],
    people.map(item => [item.household, item.name, item.phone, item.missedRounds]));
  return html`
    <div class="card row spread"><p data-testid="missing-count"><strong>${t('missing.count', { count: items.length })}</strong>
      ${toCall > 0 && html`<span class="fault-text">${t('common.dot')}${t('missing.toCall', { count: toCall })}</span>`}</p>
      <div class="row tools">
        ${may('submitHealthReports') && html`<a class="weui-btn btn weui-btn_primary inline" href=${'#/phone' + address}
          data-testid="start-calls"><span class="btn-icon"><${Icon} name="phone" /></span>${t('missing.start')}</a>`}
        ${may('listCallList') && html`<a class="link-btn" href="#/calls" data-testid="to-calls">${t('calls.title')}</a>`}
        ${may('listKnockList') && html`<a class="link-btn" href="#/knocks" data-testid="to-knocks">${t('knocks.title')}</a>`}
        <${Button} kind="default" extra="inline wide-only" onClick=${save} testid="save-csv">${t('missing.save')}<//></div></div>
    <div class="row filters"><label class="unseen" for="filter">${t('missing.filter')}</label>
      <input class="input grow" id="filter" type="search" placeholder=${t('missing.filter')} value=${filter}
        onInput=${event => setFilter(event.target.value)} data-testid="filter" />
      <${Segments} label=${t('missing.sort')} testid="sort" chosen=${sort} onChoose=${setSort}
        items=${['missed', 'household'].map(id => ({ id, text: t('missing.sort.' + id) }))} /></div>
    ${people.length === 0 ? html`<${Empty} title=${t('missing.filter.none')} />` : wide ? html`<${Table} people=${people}
      address=${address} me=${me} />` : html`<${Lines} people=${people} address=${address} me=${me} />`}`;
}

function Missed({ item }) {
  return html`<span class=${'tag ' + (item.missedRounds >= CALL_AFTER_MISSED ? 'bad' : '')}>
    ${t(item.missedRounds === 1 ? 'missing.once' : 'missing.times', { count: item.missedRounds })}</span>`;
}

const entry = (address, item) => '#/phone' + address + '&first=' + encodeURIComponent(item.residentId);

function Lines({ people, address, me }) {
  return html`<div class="card"><ul class="lines" data-testid="missing-list">${people.map(item => html`<li key=${item.residentId}>
    <a class="line" href=${may('submitHealthReports') ? entry(address, item) : null} data-testid=${'person-' + item.residentId}>
      <span class="line-name"><span class="strong">${item.name}</span> <span class="nowrap">${item.household}</span>
        <span class="soft small block num">${item.phone || t('missing.noPhone')}</span></span>
      <span class="line-end"><${Missed} item=${item} /><${Icon} name="go" /></span></a>
    <div class="shows">${item.phone && html`<${Disclose} me=${me} residentId=${item.residentId} name=${item.name}
      field="PHONE" />`}</div></li>`)}</ul></div>`;
}

function Table({ people, address, me }) {
  return html`<div class="card scroll"><table class="table" data-testid="missing-list"><thead><tr><th scope="col">${t('missing.household')}
    </th><th scope="col">${t('missing.name')}</th><th scope="col">${t('auth.phone')}</th><th scope="col">${t('missing.missed')}</th><th>
    <span class="unseen">${t('missing.enter')}</span></th></tr></thead>
    <tbody>${people.map(item => html`<tr key=${item.residentId} data-testid=${'person-' + item.residentId}><td class="num">${item.household}
      </td><th scope="row">${item.name}</th><td class="num">${item.phone || html`<span class="soft">${t('missing.noPhone')}</span>`}
        ${item.phone && html`<${Disclose} me=${me} residentId=${item.residentId} name=${item.name} field="PHONE" />`}</td>
      <td><${Missed} item=${item} /></td>
      <td class="end">${may('submitHealthReports') && html`<a class="cell-link" href=${entry(address, item)}>${t('missing.enter')}
        <span class="unseen"> ${item.name}</span></a>`}
        ${may('listHealthReports') && html`<a class="cell-link"
          href=${residentPage(item.residentId, item.name,
            item.household)}>${t('missing.history')}<span class="unseen"> ${item.name}</span></a>`}</td></tr>`)}</tbody></table></div>`;
}
