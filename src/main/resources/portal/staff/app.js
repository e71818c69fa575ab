import { t } from '../shared/i18n.js';
import { may } from '../shared/session.js';
import { Opening, start, useSession } from '../shared/start.js';
import { Button, html, Icon, LanguageSwitch, OfflineBand, routeOf, SizeButton, Skeleton, Toaster, useEffect, useHash, useLanguage,
  useState } from '../shared/ui.js';
import { LiveBell } from './inbox.js';

/* Each page with the operation that it lives on: who may not call it does not see the page. */
const PAGES = [
  { id: 'gate', icon: 'tick', needs: 'scanPass', load: () => import('./gate/open.js') },
  { id: 'overview', icon: 'curve', needs: 'getMonitor', load: () => import('./monitor/overview.js') },
  { id: 'alerts', icon: 'warn', needs: 'listAlerts', load: () => import('./health/alerts.js') },
  { id: 'missing', icon: 'phone', needs: 'listMissingReports', load: () => import('./health/missing.js') },
  { id: 'tickets', icon: 'wrench', needs: 'listTickets', load: () => (may('moveTicket') && !may('submitTicket') ? import('./ticket/jobs.js') : import('./ticket/board.js')) },
  { id: 'passes', icon: 'door', needs: 'listOutingPasses', load: () => import('./outing/passes.js') },
  { id: 'records', icon: 'tick', needs: 'listGateConflicts', load: () => import('./gate/records.js') },
  { id: 'parcels', icon: 'box', needs: 'getParcelOverview', load: () => import('./delivery/parcels.js') },
  { id: 'doors', icon: 'home', needs: 'listDoorTasks', load: () => import('./delivery/doors.js') },
  { id: 'observations', icon: 'list', needs: 'listObservations', load: () => import('./health/observations.js') },
  { id: 'forms', icon: 'sheet', needs: 'getForm', load: () => import('./forms/forms.js') },
  { id: 'households', icon: 'home', needs: 'listHouseholds', load: () => import('./registry/households.js') },
  { id: 'roster', icon: 'upload', needs: 'importRoster', load: () => import('./registry/roster.js') },
  { id: 'policy', icon: 'sliders', needs: 'getPolicy', load: () => import('./registry/policy.js') },
  { id: 'organisation', icon: 'map', needs: 'listGrids', load: () => import('./registry/organisation.js') },
  { id: 'accounts', icon: 'people', needs: 'listAccounts', load: () => import('./identity/accounts.js') },
  { id: 'held-words', icon: 'chat', needs: 'listHeldWords', load: () => import('./ticket/held-words.js') },
  { id: 'parked', icon: 'warn', needs: 'listParkedMessages', load: () => import('./audit/parked.js') },
  { id: 'audit', icon: 'eye', needs: 'listAudit', load: () => import('./audit/audit.js') },
  { id: 'me', icon: 'person', needs: 'getMe', load: () => import('./identity/me.js') }
];
const INNER = {
  place: { of: 'overview', needs: 'getMonitor', load: () => import('./monitor/place.js') },
  levels: { of: 'policy', needs: 'setControlLevel', load: () => import('./registry/levels.js') },
  slots: { of: 'passes', needs: 'setGateDay', load: () => import('./outing/slots.js') },
  phone: { of: 'missing', needs: 'submitHealthReports', load: () => import('./health/phone.js') },
  knocks: { of: 'missing', needs: 'listKnockList', load: () => import('./health/knocks.js') },
  calls: { of: 'missing', needs: 'listCallList', load: () => import('./health/calls.js') },
  observation: { of: 'observations', needs: 'getObservation', load: () => import('./health/observation.js') },
  observe: { of: 'observations', needs: 'startObservations', load: () => import('./health/observe.js') },
  journeys: { of: 'observations', needs: 'listTravelDeclarations', load: () => import('./health/journeys.js') },
  declare: { of: 'observations', needs: 'declareTravel', load: () => import('./health/declare.js') },
  risk: { of: 'observations', needs: 'replaceRiskRegions', load: () => import('./health/risk.js') },
  ticket: { of: 'tickets', needs: 'getTicket', load: () => import('./ticket/ticket.js') },
  'take-call': { of: 'tickets', needs: 'submitTicket', load: () => import('./ticket/call.js') },
  'follow-ups': { of: 'tickets', needs: 'listFollowUps', load: () => import('./ticket/follow-ups.js') },
  'ticket-rules': { of: 'tickets', needs: 'replaceTicketRules', load: () => import('./ticket/rules.js') },
  'working-calendar': { of: 'tickets', needs: 'getWorkingCalendar', load: () => import('./ticket/calendar.js') },
  service: { of: 'tickets', needs: 'getServiceLevels', load: () => import('./ticket/service.js') },
  household: { of: 'households', needs: 'getHousehold', load: () => import('./registry/household.js') },
  resident: { of: 'households', needs: 'listHealthReports', load: () => import('./health/resident.js') },
  inbox: { of: 'inbox', needs: 'listNotifications', load: () => import('./inbox.js') },
  more: { of: 'more', needs: 'getMe', load: () => import('./identity/more.js') }
};
const OUTSIDE = {
  login: { load: () => import('./identity/login.js') },
  reset: { load: () => import('./identity/reset.js') }
};
const TABS_AT_MOST = 4;

const permittedPages = () => PAGES.filter(page => page.id === 'me' || may(page.needs));

function pageFor(id) {
  const page = PAGES.find(one => one.id === id) || INNER[id];
  if (page && (id === 'me' || id === 'more' || may(page.needs))) return { id, page };
  const first = permittedPages()[0];
  return { id: first.id, page: first };
}

function Root() {
  useLanguage();
  const session = useSession();
  const route = routeOf(useHash());
  const ready = session.phase === 'ready';
  const outside = route.path[0] === 'reset' ? 'reset' : 'login';
  const found = ready ? pageFor(route.path[0]) : null;
  return html`<div class=${ready ? 'staff with-tabs' : 'staff'}>
    <a class="skip" href="#main" onClick=${skipToMain}>${t('common.skip')}</a>
    <header class="top no-print"><div class="top-in">
      <div class="brand"><${Icon} name="home" /><span>${ready ? session.me.compound.name : t('brand')}
        <span class="brand-note wide-only"> ${t('staff.title')}</span></span></div>
      <div class="switches">${ready && html`<span class="who wide-only">${session.me.name}</span>`}
        ${ready && may('listNotifications') && html`<${LiveBell} current=${found.id === 'inbox'} />`}<${SizeButton} /><${LanguageSwitch} />
        </div>
    </div></header>
    <${OfflineBand} />
    ${session.phase === 'anonymous' ? html`<${Later} id=${outside} page=${OUTSIDE[outside]} route=${route} key=${outside} />`
      : !ready ? html`<${Opening} session=${session} />`
        : html`<div class=${permittedPages().length > 1 ? 'frame' : 'frame alone'}>${permittedPages().length > 1 && html`<${Navigation} current=${found.page.of || found.id} />`}
          <${Later} id=${found.id} page=${found.page} route=${route} me=${session.me} key=${found.id} /></div>`}
    <${Toaster} />
  </div>`;
}

function skipToMain(event) {
  event.preventDefault();
  const main = document.querySelector('main h1') || document.querySelector('main');
  if (main) main.focus();
}

function Later(props) {
  const [loaded, setLoaded] = useState(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => { props.page.load().then(module => setLoaded(() => module.default), () => setFailed(true)); }, [props.id]);
  if (failed) {
    return html`<main class="page"><div class="notice bad" role="alert"><h2>${t('error.unreachable')}</h2><p>
      ${t('error.unreachable.advice')}</p>
      <${Button} kind="default" onClick=${() => location.reload()}>${t('common.retry')}<//></div></main>`;
  }
  return loaded ? html`<${loaded} ...${props} pages=${permittedPages} />` : html`<main class="page"><${Skeleton} /></main>`;
}

/** A column at the side of a desktop; on a phone a bar at the bottom, whose last place leads to the rest. */
function Navigation({ current }) {
  const pages = permittedPages();
  const tight = pages.length > TABS_AT_MOST + 1;
  const direct = tight ? pages.slice(0, TABS_AT_MOST - 1) : pages;
  const inMore = tight && !direct.some(page => page.id === current);
  const item = (page, extra) => html`<li key=${page.id} class=${extra || ''}><a href=${'#/' + page.id}
    aria-current=${current === page.id ? 'page' : null}
    data-testid=${'nav-' + page.id}><${Icon} name=${page.icon} /><span>${t('nav.' + page.id)}</span></a></li>`;
  return html`<nav class="tabs side no-print" aria-label=${t('tabs.label')}><ul>
    ${pages.map(page => item(page, direct.includes(page) ? '' : 'wide-only'))}
    ${tight && html`<li class="narrow-only"><a href="#/more" aria-current=${inMore ? 'page' : null} data-testid="nav-more">
      <${Icon} name="list" /><span>${t('nav.more')}</span></a></li>`}
  </ul></nav>`;
}

start('staff', Root);
