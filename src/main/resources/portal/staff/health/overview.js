import { plusDays } from '../../shared/clock.js';
import { dateWords, ROUNDS } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Empty, html, Icon, Loaded, PageTitle, Skeleton, useEffect, useLoad, useState } from '../../shared/ui.js';
import { useWide } from '../wide.js';
import { AlertsNow } from './alerts.js';
import { byBuilding, loadMonitor, percent, roundInQuestion, share } from './figures.js';

const LOOK_AGAIN_MILLIS = 15000;

export default function OverviewPage({ route, me }) {
  const date = route.query.date;
  const loading = useLoad(() => loadMonitor(date), [date]);
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden && navigator.onLine !== false) loading.reload(); }, LOOK_AGAIN_MILLIS);
    return () => clearInterval(timer);
  }, [date]);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('overview.title')}<//>${loading.data && html`<${Days} date=${loading.data.date}
      isToday=${!date} />`}</div>
    ${!date && may('listAlerts') && html`<${AlertsNow} me=${me} />`}
    <${Loaded} of=${loading} skeleton=${html`<${Skeleton} rows=${2} /><${Skeleton} rows=${6} />`}>
      ${monitor => (monitor.compounds.length ? monitor.compounds.map(compound => html`<${Compound} key=${compound.id} compound=${compound}
        date=${monitor.date} alone=${monitor.compounds.length === 1} />`)
        : html`<${Empty} title=${t('overview.nothing')}><p>${t('overview.nothing.advice')}</p><//>`)}
    <//>
  </main>`;
}

function Days({ date, isToday }) {
  return html`<div class="row day-chooser"><a class="icon-btn" href=${'#/overview?date=' + plusDays(date, -1)}
    aria-label=${t('overview.dayBefore')} data-testid="day-before"><${Icon} name="back" /></a>
    <strong data-testid="day">${dateWords(date)}</strong>
    ${isToday ? html`<span class="tag good">${t('overview.live')}</span>` : html`<a class="link-btn" href="#/overview"
      data-testid="day-today">${t('overview.toToday')}</a>`}</div>`;
}

function Compound({ compound, date, alone }) {
  return html`<section aria-label=${compound.name}>
    ${!alone && html`<h2 class="section-title">${compound.name}</h2>`}
    <div class="figures">
      ${ROUNDS.map(round => html`<${RoundCard} key=${round} round=${round} figure=${compound.rounds[round]} date=${date} />`)}
      <div class="card figure"><h2>${t('overview.fevers')}</h2><p class=${'big-number' + (compound.fevers ? ' fault-text' : '')}
        data-testid="fevers">${compound.fevers}</p><p class="soft small">${t('overview.fevers.note')}</p></div>
      <div class="card figure"><h2>${t('overview.alerts')}</h2><p class=${'big-number' + (compound.alerts ? ' fault-text' : '')}
        data-testid="alerts">${compound.alerts}</p><p class="soft small">${t('overview.alerts.note')}</p></div>
    </div>
    <${Buildings} compound=${compound} date=${date} />
  </section>`;
}

function RoundCard({ round, figure }) {
  return html`<div class="card figure" data-testid=${'total-' + round}><div class="row spread"><h2>${t('round.' + round)}</h2>
    <span class="soft num">${percent(figure)}</span></div>
    <p class="big-number num">${figure.reported}<span class="of"> / ${figure.expected}</span></p>
    <${Bar} figure=${figure} />
    <p class="row small"><span class=${figure.missing ? 'fault-text' : 'soft'}>${t('overview.missing', { count: figure.missing })}</span>
      <span class="soft">${t('overview.late', { count: figure.late })}</span></p></div>`;
}

/** Width by script: the policy of the page allows no style in markup. */
function Bar({ figure }) {
  return html`<div class="progress" role="img" aria-label=${percent(figure)}><div class=${share(figure) < 1 ? 'part' : ''}
    style=${{ width: share(figure) * 100 + '%' }}></div></div>`;
}

const SORTS = {
  building: (a, b) => byBuilding(a.building, b.building),
  MORNING: (a, b) => b.rounds.MORNING.missing - a.rounds.MORNING.missing || byBuilding(a.building, b.building),
  AFTERNOON: (a, b) => b.rounds.AFTERNOON.missing - a.rounds.AFTERNOON.missing || byBuilding(a.building, b.building)
};

function Buildings({ compound, date }) {
  const [sort, setSort] = useState('building');
  const wide = useWide();
  const buildings = compound.buildings.slice().sort(SORTS[sort]);
  const round = roundInQuestion(compound.rounds);
  const link = (building, which) => '#/missing?building=' + encodeURIComponent(building) + '&round=' + which + '&date=' + date;
  const sorter = (id, text) => html`<button type="button" class="sorter" aria-pressed=${sort === id ? 'true' : 'false'}
    onClick=${() => setSort(id)} data-testid=${'sort-' + id}>${text}</button>`;
  if (!wide) {
    return html`<div class="card"><h2>${t('overview.buildings')}</h2><ul class="lines" data-testid="buildings">
      ${buildings.map(one => html`<li key=${one.building}>
      <a class="line" href=${may('listMissingReports') ? link(one.building, round) : null} data-testid=${'building-' + one.building}>
        <span class="line-name"><span class="strong">${t('building.name', { building: one.building })}</span>
          ${one.alerts > 0 && html` <span class="tag bad">${t('overview.alertsShort', { count: one.alerts })}</span>`}
          ${ROUNDS.map(which => html`<span class="mini" key=${which}><span class="soft small">${t('round.' + which)}</span>
            <${Bar} figure=${one.rounds[which]} /><span class="num small">${one.rounds[which].reported}/${one.rounds[which].expected}</span>
            </span>`)}</span>
        <span class="line-end"><${Icon} name="go" /></span></a></li>`)}</ul></div>`;
  }
  const cell = (one, which) => html`<td class="num">${one.rounds[which].reported} / ${one.rounds[which].expected}</td><td class="bar-cell">
    <${Bar} figure=${one.rounds[which]} /></td>
    <td class="num">${one.rounds[which].late}</td>
    <td class="num">${one.rounds[which].missing && may('listMissingReports') ? html`<a class="cell-link fault-text"
      href=${link(one.building, which)} data-testid=${'missing-' + which + '-' + one.building}>${one.rounds[which].missing}</a>`
      : html`<span class=${one.rounds[which].missing ? 'fault-text' : 'soft'}>${one.rounds[which].missing}</span>`}</td>`;
  return html`<div class="card scroll"><table class="table" data-testid="buildings"><caption>${t('overview.buildings')}</caption>
    <thead><tr><th rowspan="2" scope="col">${sorter('building', t('building.column'))}</th>
      ${ROUNDS.map(which => html`<th key=${which} colspan="4" scope="colgroup" class="group">${t('round.' + which)}</th>`)}
      <th rowspan="2" scope="col">${t('overview.fevers')}</th><th rowspan="2" scope="col">${t('overview.alerts')}</th></tr>
      <tr>${ROUNDS.map(which => html`<th scope="col" colspan="2">${t('overview.reportedColumn')}</th><th scope="col">${t('state.LATE')}</th>
        <th scope="col">${sorter(which, t('overview.missingColumn'))}</th>`)}</tr></thead>
    <tbody>${buildings.map(one => html`<tr key=${one.building} data-testid=${'building-' + one.building}><th scope="row">
      ${t('building.name', { building: one.building })}</th>
      ${ROUNDS.map(which => cell(one, which))}
      <td class=${'num' + (one.fevers ? ' fault-text' : '')}>${one.fevers}</td><td class=${'num' + (one.alerts ? ' fault-text' : '')}>
        ${one.alerts}</td></tr>`)}</tbody></table></div>`;
}
