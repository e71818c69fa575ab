/* A grid or a building of the live picture: its numbers, its alerts, who is missing, and the way to its people. */
import { getAll } from '../../shared/api.js';
import { dateWords, ROUNDS } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Empty, html, Icon, Loaded, PageTitle, Segments, Skeleton, useLoad, useState } from '../../shared/ui.js';
import { residentPage } from '../addresses.js';
import { AlertsOf } from '../health/alerts.js';
import { byBuilding, loadMonitor, roundInQuestion } from '../health/figures.js';
import { useAtChanges, useMonitor } from './live.js';
import { LiveTag } from './live-tag.js';
import { BuildingLines, Figures } from './overview.js';

const SHOWN = 30;

export default function PlacePage({ route, me }) {
  const [, compoundId, kind, id] = route.path;
  const date = route.query.date;
  const live = useMonitor();
  const isPast = Boolean(date && live.data && date !== live.data.date);
  const past = useLoad(() => (isPast ? loadMonitor(date) : Promise.resolve(null)), [isPast && date]);
  const monitor = isPast ? past.data : live.data;
  if (!monitor) {
    return html`<main class="page" id="main" tabindex="-1"><a class="back" href="#/overview"><${Icon} name="back" />${t('overview.title')}</a>
      ${isPast ? html`<${Loaded} of=${past}>${() => null}<//>` : html`<${Skeleton} rows=${4} />`}</main>`;
  }
  const compound = monitor.compounds.find(one => one.id === compoundId);
  const place = compound && (kind === 'grid' ? compound.grids.find(one => one.id === id) : compound.buildings.find(one => one.building === id));
  if (!place) {
    return html`<main class="page" id="main" tabindex="-1"><a class="back" href="#/overview"><${Icon} name="back" />${t('overview.title')}</a>
      <${Empty} title=${t('place.gone')}><p>${t('place.gone.advice')}</p><//></main>`;
  }
  const buildings = kind === 'grid' ? compound.buildings.filter(one => one.gridId === id) : [place];
  const numbers = buildings.map(one => one.building);
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href=${isPast ? '#/overview?date=' + date : '#/overview'} data-testid="back"><${Icon} name="back" />${t('overview.title')}</a>
    <div class="page-head"><${PageTitle}>${kind === 'grid' ? place.name : t('building.name', { building: id })}
      ${monitor.compounds.length > 1 && html` <span class="soft small">${compound.name}</span>`}<//>
      <div class="row day-chooser"><strong>${dateWords(monitor.date)}</strong>${!isPast && html`<${LiveTag} live=${live} />`}</div></div>
    <${Figures} place=${place} isPast=${isPast} />
    ${!isPast && may('listAlerts') && place.alerts > 0 && html`<${AlertsOf} me=${me} compoundId=${compoundId} buildings=${numbers} />`}
    ${kind === 'grid' && html`<${BuildingLines} compound=${compound} buildings=${buildings} date=${isPast ? date : null} />`}
    ${kind !== 'grid' && may('listMissingReports') && html`<${Missing} key=${monitor.date} monitor=${monitor} building=${id} place=${place} isPast=${isPast} />`}
    ${kind !== 'grid' && may('listHouseholds') && html`<p class="after"><a class="weui-btn btn weui-btn_default inline"
      href=${'#/households?building=' + encodeURIComponent(id)} data-testid="to-residents">${t('place.residents')}</a></p>`}
  </main>`;
}

function Missing({ monitor, building, place, isPast }) {
  const [round, setRound] = useState(isPast ? 'AFTERNOON' : roundInQuestion(place.rounds));
  const loading = useLoad(() => getAll('/health-rounds/' + monitor.date + '/' + round + '/missing', { building }), [round]);
  useAtChanges(() => loading.reload(), !isPast);
  const all = '#/missing?building=' + encodeURIComponent(building) + '&round=' + round + '&date=' + monitor.date;
  return html`<section class="card" data-testid="place-missing"><div class="row spread"><h2>${t('missing.title')}</h2>
      ${place.rounds[round].missing > 0 && html`<a class="link-btn" href=${all} data-testid="to-missing">${t('overview.toMissing')}</a>`}</div>
    <div class="choices"><${Segments} label=${t('missing.round')} testid="round" chosen=${round} onChoose=${setRound}
      items=${ROUNDS.map(id => ({ id, text: t('round.' + id) + ' ' + t('overview.missing', { count: place.rounds[id].missing }) }))} /></div>
    <${Loaded} of=${loading}>${items => (items.length ? html`<ul class="lines">${items.sort((a, b) => b.missedRounds - a.missedRounds
      || byBuilding(a.household, b.household)).slice(0, SHOWN).map(item => html`<li key=${item.residentId}>
      <a class="line" href=${may('listHealthReports') ? residentPage(item.residentId, item.name, item.household) : null}>
        <span class="line-name"><span class="strong">${item.name}</span> <span class="nowrap">${item.household}</span>
          <span class="soft small block num">${item.phone || t('missing.noPhone')}</span></span>
        <span class="line-end"><span class=${'tag ' + (item.missedRounds > 1 ? 'bad' : '')}>
          ${t(item.missedRounds === 1 ? 'missing.once' : 'missing.times', { count: item.missedRounds })}</span><${Icon} name="go" /></span></a></li>`)}
      ${items.length > SHOWN && html`<li><a class="line" href=${all}>${t('place.more', { count: items.length - SHOWN })}</a></li>`}</ul>`
      : html`<p class="row"><span class="done-mark small-mark"><${Icon} name="tick" /></span>${t('missing.none')}</p>`)}<//></section>`;
}
