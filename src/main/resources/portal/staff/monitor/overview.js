/*
 * The day as it happens: what needs a decision on top, then numbers that move by themselves, their curves, and the way down from the
 * compound over grid and building to the people.
 */
import { get, getAll, Unreachable } from '../../shared/api.js';
import { clockOf, nowMillis, plusDays, today } from '../../shared/clock.js';
import { dateWords, ROUNDS } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Empty, Failure, html, Icon, Loaded, PageTitle, Segments, Skeleton, useEffect, useLoad, useMinute, useState } from '../../shared/ui.js';
import { AlertsNow } from '../health/alerts.js';
import { byBuilding, loadMonitor, percent, roundInQuestion, share, sinceWords } from '../health/figures.js';
import { useWide } from '../wide.js';
import { useAtChanges, useMonitor } from './live.js';
import { LiveTag } from './live-tag.js';
import { Curves } from './plots.js';

const MINUTE = 60000;

export default function OverviewPage({ route, me }) {
  return route.query.date ? html`<${Past} date=${route.query.date} />` : html`<${Today} me=${me} />`;
}

function Today({ me }) {
  const live = useMonitor();
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('overview.title')}<//>${live.data && html`<${Days} date=${live.data.date}>
      <${LiveTag} live=${live} /><//>`}</div>
    ${live.data ? html`<${Decisions} monitor=${live.data} me=${me} /><${Picture} monitor=${live.data} isToday=${true} />`
      : live.state === 'reconnecting' ? html`<${Failure} error=${new Unreachable()} /><${Skeleton} rows=${6} />`
        : html`<${Skeleton} rows=${2} /><${Skeleton} rows=${6} />`}
  </main>`;
}

function Past({ date }) {
  const loading = useLoad(() => loadMonitor(date), [date]);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('overview.titleThen')}<//><${Days} date=${date}><a class="icon-btn"
      href=${plusDays(date, 1) < today() ? '#/overview?date=' + plusDays(date, 1) : '#/overview'} aria-label=${t('overview.dayAfter')}
      data-testid="day-after"><${Icon} name="go" /></a><a class="link-btn" href="#/overview" data-testid="day-today">${t('overview.toToday')}</a><//></div>
    <${Loaded} of=${loading} skeleton=${html`<${Skeleton} rows=${2} /><${Skeleton} rows=${6} />`}>
      ${monitor => html`<${Picture} monitor=${monitor} isToday=${false} />`}<//>
  </main>`;
}

function Days({ date, children }) {
  return html`<div class="row day-chooser"><a class="icon-btn" href=${'#/overview?date=' + plusDays(date, -1)}
    aria-label=${t('overview.dayBefore')} data-testid="day-before"><${Icon} name="back" /></a>
    <strong data-testid="day">${dateWords(date)}</strong>${children}</div>`;
}

/** What waits for somebody now: alerts, outing requests, who is missing after the cut-off, what is due in observations, what the gates left open. */
function Decisions({ monitor, me }) {
  useMinute();
  const watches = may('addFollowUp');
  const observations = useLoad(() => (watches ? getAll('/observations', { state: 'OPEN' }) : Promise.resolve([])), [watches]);
  useAtChanges(() => observations.reload(), watches);
  const keepsGates = may('getGateTasks');
  const gates = useLoad(() => (keepsGates ? get('/gate-tasks').then(answer => answer.data) : Promise.resolve(null)), [keepsGates]);
  useAtChanges(() => gates.reload(), keepsGates);
  // Who was seen going through a second time changes no figure.
  useEffect(() => {
    const timer = keepsGates ? setInterval(() => { if (!document.hidden) gates.reload(); }, MINUTE) : null;
    return () => clearInterval(timer);
  }, [keepsGates]);
  const conflicts = gates.data ? gates.data.conflicts.count : 0;
  const papers = gates.data ? gates.data.missingPapers.count : 0;
  const due = (observations.data || []).filter(item => item.due.length > 0);
  const late = monitor.compounds.map(compound => ({ compound, missing: ROUNDS.reduce((most, round) =>
    Math.max(most, compound.rounds[round].missing), 0) })).filter(one => one.missing > 0 && Date.parse(one.compound.cutOffAt) <= nowMillis());
  const named = compound => (monitor.compounds.length > 1 ? compound.name + t('common.dot') : '');
  const waiting = monitor.compounds.reduce((sum, compound) => sum + compound.unacknowledged, 0);
  const asked = may('approveOutingPass') ? monitor.compounds.filter(compound => compound.pendingPasses > 0) : [];
  const breached = may('moveTicket') ? monitor.compounds.filter(compound => compound.tickets.breached > 0) : [];
  const nothing = !waiting && !breached.length && !asked.length && !late.length && !due.length && !conflicts && !papers && observations.state !== 'loading' && gates.state !== 'loading';
  return html`<section aria-label=${t('overview.decisions')} data-testid="decisions">
    ${may('listAlerts') && html`<${AlertsNow} me=${me} />`}
    ${asked.map(compound => html`<${Decision} key=${'asked-' + compound.id} testid="decide-passes" href="#/passes"
      text=${named(compound) + t(compound.pendingPasses === 1 ? 'overview.passWaits' : 'overview.passesWait', { count: compound.pendingPasses,
        time: sinceWords(compound.pendingPassesSince) })} act=${t('overview.toPasses')} />`)}
    ${breached.map(compound => html`<${Decision} key=${'tickets-' + compound.id} testid="decide-tickets" href="#/tickets?view=late"
      text=${named(compound) + t('ticket.overview.late', { count: compound.tickets.breached })} act=${t('ticket.overview.go')} />`)}
    ${late.map(({ compound, missing }) => html`<${Decision} key=${compound.id} testid="decide-missing"
      text=${named(compound) + t('overview.lateMissing', { clock: clockOf(compound.cutOffAt), count: missing })}
      href=${may('listCallList') ? '#/calls' : may('listMissingReports') ? '#/missing?round=AFTERNOON' : null}
      act=${t(may('listCallList') ? 'overview.toCalls' : 'overview.toMissing')} />`)}
    ${due.length > 0 && html`<${Decision} testid="decide-observations" text=${t('overview.observationsDue', { count: due.length })}
      href="#/observations" act=${t('overview.toObservations')} />`}
    ${conflicts > 0 && html`<${Decision} testid="decide-conflicts" text=${t('overview.conflicts', { count: conflicts })}
      href="#/records?list=conflicts" act=${t('overview.toRecords')} />`}
    ${papers > 0 && html`<${Decision} testid="decide-papers" text=${t('overview.papers', { count: papers })}
      href="#/records?list=papers" act=${t('overview.toPapers')} />`}
    ${nothing && html`<p class="notice good row" data-testid="nothing-to-decide"><span class="done-mark small-mark"><${Icon} name="tick" /></span>
      ${t('overview.nothingToDecide')}</p>`}
  </section>`;
}

function Decision({ text, href, act, testid }) {
  const words = html`<span class="line-name strong">${text}</span>${href && html`<span class="line-end link-words">${act}<${Icon} name="go" /></span>`}`;
  return html`<div class="notice warn decision" data-testid=${testid}>${href ? html`<a class="line" href=${href}>${words}</a>`
    : html`<div class="line">${words}</div>`}</div>`;
}

function Picture({ monitor, isToday }) {
  if (!monitor.compounds.length) {
    return html`<${Empty} title=${t('overview.nothing')}><p>${t('overview.nothing.advice')}</p><//>`;
  }
  return monitor.compounds.map(compound => html`<${Compound} key=${compound.id} compound=${compound} date=${monitor.date} isToday=${isToday}
    alone=${monitor.compounds.length === 1} />`);
}

function Compound({ compound, date, alone, isToday }) {
  // Where several are shown, their curves come when they are asked for.
  const [opened, setOpened] = useState(alone);
  return html`<section aria-label=${compound.name} data-testid=${'compound-' + compound.id}>
    ${!alone && html`<h2 class="section-title">${compound.name}</h2>`}
    <${Figures} place=${compound} isPast=${!isToday} />
    ${opened ? html`<${Curves} date=${date} isToday=${isToday} compoundId=${compound.id} />`
      : html`<p class="choices"><button type="button" class="link-btn" onClick=${() => setOpened(true)}>${t('overview.curves')}</button></p>`}
    <${Places} compound=${compound} date=${date} />
  </section>`;
}

/** The numbers of a compound, a grid or a building; of a day that is over only those that are its own. */
export function Figures({ place, isPast }) {
  return html`<div class=${isPast ? 'figures' : 'figures many'}>
    ${ROUNDS.map(round => html`<${RoundCard} key=${round} round=${round} figure=${place.rounds[round]}
      awaited=${round === 'MORNING' || roundInQuestion(place.rounds) === round} />`)}
    <${NumberCard} title=${t('overview.fevers')} number=${place.fevers} note=${t('overview.fevers.note')} bad=${place.fevers > 0} testid="fevers" />
    ${isPast ? html`<${NumberCard} title=${t('overview.alerts')} number=${place.alerts} bad=${place.unacknowledged > 0} note=${t('overview.alerts.then')} testid="unclosed-then" />
      <${NumberCard} title=${t('overview.slotsThen')} number=${place.slots} note=${t('overview.slotsThen.note')} testid="slots" />`
      : html`<${NumberCard} title=${t('overview.alerts')} number=${place.alerts} bad=${place.unacknowledged > 0} testid="alerts"
      note=${place.unacknowledged ? html`<${Waiting} place=${place} />` : t('overview.alerts.note')} />
    ${place.knocks > 0 && html`<${NumberCard} title=${t('overview.knocks')} number=${place.knocks} note=${t('overview.knocks.note')} testid="knocks" />`}
    ${place.doorTasks > 0 && html`<${NumberCard} title=${t('monitor.doorTasks')} number=${place.doorTasks} bad=${place.doorTasksOverdue > 0} testid="doorTasks"
      note=${place.doorTasksOverdue > 0 ? t('monitor.doorTasksOverdue') + ' ' + place.doorTasksOverdue : ''} />`}
    <${NumberCard} title=${t('overview.outside')} number=${place.outside} bad=${place.overdue > 0} testid="outside"
      note=${place.overdue > 0 ? t('overview.overdue', { count: place.overdue }) : t('overview.slots', { count: place.slots })} />
    <${NumberCard} title=${t('monitor.parcels')} number=${place.parcels} note=${t('monitor.parcels.note')} testid="parcels" />
    <${NumberCard} title=${t('ticket.overview')} number=${place.tickets.open} bad=${place.tickets.breached > 0} testid="tickets"
      note=${place.tickets.breached ? t('ticket.overview.breached', { count: place.tickets.breached }) : t('ticket.overview.done', { count: place.tickets.done })} />
    <${NumberCard} title=${t('overview.pendingPasses')} number=${place.pendingPasses} testid="pending-passes"
      note=${place.pendingPasses ? html`<${Asked} place=${place} />` : t('overview.pendingPasses.none')} />`}
    ${place.observations !== undefined && html`<${NumberCard} title=${t('overview.observations')} number=${place.observations}
      note=${t(isPast ? 'overview.observations.then' : 'overview.observations.note')} testid="observed" />`}
  </div>`;
}

function Waiting({ place }) {
  useMinute();
  return html`<span class="fault-text">${t('overview.unacknowledged', { count: place.unacknowledged,
    time: sinceWords(place.unacknowledgedSince) })}</span>`;
}

function Asked({ place }) {
  useMinute();
  return t('overview.pendingPasses.oldest', { time: sinceWords(place.pendingPassesSince) });
}

function NumberCard({ title, number, note, bad, testid }) {
  return html`<div class="card figure"><h2>${title}</h2><p class=${'big-number num' + (bad ? ' fault-text' : '')}
    data-testid=${testid}>${number}</p><p class="soft small">${note}</p></div>`;
}

/** Nobody is missing in the afternoon's round before its hour. */
function RoundCard({ round, figure, awaited }) {
  return html`<div class="card figure" data-testid=${'total-' + round}><div class="row spread"><h2>${t('round.' + round)}</h2>
    <span class="soft num">${percent(figure)}</span></div>
    <p class="big-number num"><span data-testid=${'reported-' + round}>${figure.reported}</span><span class="of"> / ${figure.expected}</span></p>
    <${Bar} figure=${figure} />
    <p class="row small"><span class=${awaited && figure.missing ? 'fault-text' : 'soft'}>${t('overview.missing', { count: figure.missing })}</span>
      <span class="soft">${t('overview.late', { count: figure.late })}</span></p></div>`;
}

/** Width by script: the policy of the page allows no style in markup. */
function Bar({ figure }) {
  return html`<div class="progress" role="img" aria-label=${percent(figure)}><div class=${share(figure) < 1 ? 'part' : ''}
    style=${{ width: share(figure) * 100 + '%' }}></div></div>`;
}

export const buildingPage = (compoundId, building, date) => '#/place/' + compoundId + '/building/' + encodeURIComponent(building)
  + (date ? '?date=' + date : '');
const gridPage = (compoundId, grid, date) => '#/place/' + compoundId + '/grid/' + grid + (date ? '?date=' + date : '');

/* Buildings as people count them; grids in the order in which they come. */
const byName = (a, b) => (a.place === undefined ? byBuilding(a.words, b.words) : a.place - b.place);
const SORTS = {
  building: byName,
  MORNING: (a, b) => b.rounds.MORNING.missing - a.rounds.MORNING.missing || byName(a, b),
  AFTERNOON: (a, b) => b.rounds.AFTERNOON.missing - a.rounds.AFTERNOON.missing || byName(a, b)
};

const buildingLines = (compound, buildings, date) => buildings.map(one => Object.assign({ key: one.building,
  words: t('building.name', { building: one.building }), page: buildingPage(compound.id, one.building, date),
  missingPage: which => '#/missing?building=' + encodeURIComponent(one.building) + '&round=' + which + (date ? '&date=' + date : '') }, one));

const gridLines = (compound, date) => compound.grids.map((one, place) => Object.assign({ key: one.id, place, words: one.name,
  note: one.buildingNumbers.map(building => t('building.name', { building })).join(t('common.comma')), page: gridPage(compound.id, one.id, date) }, one));

function Places({ compound, date }) {
  const [by, setBy] = useState('building');
  const lines = by === 'grid' ? gridLines(compound, date) : buildingLines(compound, compound.buildings, date);
  return html`${compound.grids.length > 1 && html`<div class="choices"><${Segments} label=${t('overview.by')} testid="by" chosen=${by} onChoose=${setBy}
      items=${['building', 'grid'].map(id => ({ id, text: t('overview.by.' + id) }))} /></div>`}
    <${PlaceLines} lines=${lines} title=${t(by === 'grid' ? 'overview.grids' : 'overview.buildings')} column=${t(by === 'grid' ? 'overview.grid'
      : 'building.column')} />`;
}

export function BuildingLines({ compound, buildings, date }) {
  return html`<${PlaceLines} lines=${buildingLines(compound, buildings, date)} title=${t('overview.buildings')} column=${t('building.column')} />`;
}

function PlaceLines({ lines, title, column }) {
  const [sort, setSort] = useState('building');
  const wide = useWide();
  const sorted = lines.slice().sort(SORTS[sort]);
  return wide ? html`<${Table} lines=${sorted} title=${title} column=${column} sort=${sort} onSort=${setSort} />`
    : html`<div class="card"><h2>${title}</h2><ul class="lines" data-testid="buildings">${sorted.map(one => html`<li key=${one.key}>
      <a class="line" href=${one.page} data-testid=${'building-' + one.key}>
        <span class="line-name"><span class="strong">${one.words}</span>
          ${one.alerts > 0 && html` <span class=${'tag ' + (one.unacknowledged ? 'bad' : 'info')}>${t('overview.alertsShort', { count: one.alerts })}</span>`}
          ${one.observations > 0 && html` <span class="tag">${t('overview.observedShort', { count: one.observations })}</span>`}
          ${one.knocks > 0 && html` <span class="tag late">${t('overview.knocksShort', { count: one.knocks })}</span>`}
          ${one.note && html`<span class="soft small block">${one.note}</span>`}
          ${ROUNDS.map(which => html`<span class="mini" key=${which}><span class="soft small">${t('round.' + which)}</span>
            <${Bar} figure=${one.rounds[which]} /><span class="num small">${one.rounds[which].reported}/${one.rounds[which].expected}</span>
            </span>`)}</span>
        <span class="line-end"><${Icon} name="go" /></span></a></li>`)}</ul></div>`;
}

function Table({ lines, title, column, sort, onSort }) {
  const observed = lines.some(one => one.observations !== undefined);
  const knocked = lines.some(one => one.knocks > 0);
  const sorter = (id, text) => html`<button type="button" class="sorter" aria-pressed=${sort === id ? 'true' : 'false'}
    onClick=${() => onSort(id)} data-testid=${'sort-' + id}>${text}</button>`;
  const cell = (one, which) => html`<td class="num">${one.rounds[which].reported} / ${one.rounds[which].expected}</td><td class="bar-cell">
    <${Bar} figure=${one.rounds[which]} /></td>
    <td class="num">${one.rounds[which].late}</td>
    <td class="num">${one.rounds[which].missing && one.missingPage && may('listMissingReports') ? html`<a class="cell-link fault-text"
      href=${one.missingPage(which)} data-testid=${'missing-' + which + '-' + one.key}>${one.rounds[which].missing}</a>`
      : html`<span class=${one.rounds[which].missing ? 'fault-text' : 'soft'}>${one.rounds[which].missing}</span>`}</td>`;
  return html`<div class="card scroll"><table class="table" data-testid="buildings"><caption>${title}</caption>
    <thead><tr><th rowspan="2" scope="col">${sorter('building', column)}</th>
      ${ROUNDS.map(which => html`<th key=${which} colspan="4" scope="colgroup" class="group">${t('round.' + which)}</th>`)}
      <th rowspan="2" scope="col">${t('overview.fevers')}</th><th rowspan="2" scope="col">${t('overview.alerts')}</th>
      ${knocked && html`<th rowspan="2" scope="col">${t('overview.knocks')}</th>`}
      ${observed && html`<th rowspan="2" scope="col">${t('overview.observations')}</th>`}</tr>
      <tr>${ROUNDS.map(which => html`<th scope="col" colspan="2">${t('overview.reportedColumn')}</th><th scope="col">${t('state.LATE')}</th>
        <th scope="col">${sorter(which, t('overview.missingColumn'))}</th>`)}</tr></thead>
    <tbody>${lines.map(one => html`<tr key=${one.key} data-testid=${'building-' + one.key}><th scope="row">
      <a class="cell-link place-link" href=${one.page}>${one.words}</a>${one.note && html`<span class="soft small block">${one.note}</span>`}</th>
      ${ROUNDS.map(which => cell(one, which))}
      <td class=${'num' + (one.fevers ? ' fault-text' : '')}>${one.fevers}</td><td class=${'num' + (one.unacknowledged ? ' fault-text' : '')}>
        ${one.alerts}</td>${knocked && html`<td class=${'num' + (one.knocks ? ' fault-text' : '')} data-testid=${'knocks-' + one.key}>${one.knocks}</td>`}${observed && html`<td class="num">${one.observations}</td>`}</tr>`)}</tbody></table></div>`;
}
