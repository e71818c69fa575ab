import { t } from '../shared/i18n.js';
import { forget, hasStoredSession } from '../shared/session.js';
import { Opening, start, useSession } from '../shared/start.js';
import { Button, html, Icon, LanguageSwitch, OfflineBand, routeOf, SizeButton, Skeleton, Toaster, useEffect, useHash, useLanguage,
  useState } from '../shared/ui.js';
import { Bell } from '../shared/unread.js';
import { TodayPage } from './health/today.js';

/* The first page comes with the shell; the others when they are asked for. */
const LATER = {
  login: () => import('./identity/login.js'),
  activate: () => import('./identity/activate.js'),
  reset: () => import('./identity/reset.js'),
  'phone-login': () => import('./identity/phone-login.js'),
  history: () => import('./health/history.js'),
  report: () => import('./health/correct.js'),
  travel: () => import('./health/travel.js'),
  outing: () => import('./outing/passes.js'),
  pass: () => import('./outing/code.js'),
  card: () => import('./outing/card.js'),
  parcels: () => import('./delivery/parcels.js'),
  visits: () => import('./gate/visits.js'),
  door: () => import('./delivery/door.js'),
  walks: () => import('./delivery/walks.js'),
  observation: () => import('./health/observation.js'),
  tickets: () => import('./ticket/tickets.js'),
  tell: () => import('./ticket/tell.js'),
  ticket: () => import('./ticket/ticket.js'),
  'shared-tickets': () => import('./ticket/public.js'),
  service: () => import('./ticket/service.js'),
  inbox: () => import('./inbox.js'),
  me: () => import('./identity/me.js')
};

/* On its way while words and session are; whoever is not logged in comes to another page. */
const FIRST = hasStoredSession() ? routeOf(location.hash).path[0] : 'login';
if (LATER[FIRST]) LATER[FIRST]().catch(() => undefined);

const TICKET_PAGES = ['tickets', 'tell', 'ticket', 'shared-tickets', 'service'];

function Root() {
  useLanguage();
  const session = useSession();
  const route = routeOf(useHash());
  const page = route.path[0] || 'today';
  const anonymousPage = page === 'activate' || page === 'reset' ? page : 'login';
  const inside = session.phase === 'ready' && page !== 'activate';
  return html`<div class=${inside && session.me.resident ? 'with-tabs' : ''}>
    <a class="skip" href="#main" onClick=${skipToMain}>${t('common.skip')}</a>
    <header class="top"><div class="top-in">
      <div class="brand"><${Icon} name="home" /><span>${(session.me && session.me.compound && session.me.compound.name) || t('brand')}
        </span></div>
      <div class="switches">${inside && html`<${Bell} current=${page === 'inbox'} />`}<${SizeButton} /><${LanguageSwitch} /></div>
    </div></header>
    <${OfflineBand} />
    ${page === 'activate' ? html`<${Later} page="activate" route=${route} session=${session} key="activate" />`
      : session.phase === 'anonymous' ? html`<${Later} page=${anonymousPage} route=${route} key=${anonymousPage} />`
        : session.phase !== 'ready' ? html`<${Opening} session=${session} />`
          : session.me.resident ? html`<${Inside} page=${page} route=${route} me=${session.me} />` : html`<${NoResident} me=${session.me} />`}
    ${inside && session.me.resident && html`<${Tabs} page=${page} />`}
    <${Toaster} />
  </div>`;
}

function skipToMain(event) {
  event.preventDefault();
  const main = document.querySelector('main h1') || document.querySelector('main');
  if (main) main.focus();
}

function Inside({ page, route, me }) {
  if (page === 'today') return html`<${TodayPage} me=${me} route=${route} />`;
  if (LATER[page] && page !== 'login' && page !== 'reset') return html`<${Later} page=${page} route=${route} me=${me} key=${page} />`;
  return html`<${TodayPage} me=${me} route=${route} />`;
}

function Later(props) {
  const [loaded, setLoaded] = useState(null);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    LATER[props.page]().then(module => setLoaded(() => module.default), () => setFailed(true));
  };
  useEffect(load, [props.page]);
  if (failed) {
    return html`<main class="page"><div class="notice bad" role="alert"><h2>${t('error.unreachable')}</h2><p>
      ${t('error.unreachable.advice')}</p>
      <${Button} kind="default" onClick=${() => location.reload()}>${t('common.retry')}<//></div></main>`;
  }
  return loaded ? html`<${loaded} ...${props} />` : html`<main class="page"><${Skeleton} /></main>`;
}

/** Staff who may live here too, or somebody who moved away: both come in by a door card. */
function NoResident({ me }) {
  const staff = me.roles.length > 0;
  return html`<main class="page" id="main"><div class="card stack">
    <h1>${t(staff ? 'me.notResident' : 'me.noHome')}</h1><p>${t(staff ? 'me.notResident.advice' : 'me.noHome.advice')}</p>
    ${staff && html`<a class="weui-btn btn weui-btn_primary" href="/staff/">${t('me.toStaff')}</a>`}
    <a class=${'weui-btn btn ' + (staff ? 'weui-btn_default' : 'weui-btn_primary')} href="#/activate"
      data-testid="add-home">${t('me.byDoorCard')}</a>
    <${Button} kind="default" onClick=${forget}>${t('me.logout')}<//></div></main>`;
}

function Tabs({ page }) {
  const tabs = [['today', 'home'], ['outing', 'door'], ['parcels', 'box'], ['tickets', 'wrench'], ['history', 'curve'], ['me', 'person']];
  const current = TICKET_PAGES.includes(page) ? 'tickets' : page === 'report' ? 'history' : page === 'pass' || page === 'card' ? 'outing' : page === 'travel' || page === 'observation' ? 'today' : LATER[page] ? page : 'today';
  return html`<nav class="tabs" aria-label=${t('tabs.label')}><ul>${tabs.map(([id, icon]) => html`<li key=${id}>
    <a href=${'#/' + id} aria-current=${current === id ? 'page' : null} data-testid=${'tab-' + id}><${Icon} name=${icon} />
      ${t('tabs.' + id)}</a></li>`)}</ul></nav>`;
}

start('resident', Root);
