import { Problem, request } from '../../shared/api.js';
import { nowMillis } from '../../shared/clock.js';
import { currentLanguage, onLanguage, speak, t, useLanguageNow } from '../../shared/i18n.js';
import { applyTextSize, textSize } from '../../shared/preferences.js';
import * as session from '../../shared/session.js';
import { html, Icon, LanguageSwitch, render, SizeButton, Skeleton, Toaster, useEffect, useLanguage, useState } from '../../shared/ui.js';
import GateParcels from '../delivery/gate.js';
import LoginPage from '../identity/login.js';
import { acts, PATIENCE_MILLIS, refused as refusedItems } from './acts.js';
import { keep, kept } from './keep.js';
import { knownSince, onKit, openKit } from './kit.js';
import { isLineDown, onQueue } from './line.js';
import { forgetLists, startLists } from './lists.js';
import PeoplePage from './people.js';
import { startSending, waiting } from './queue.js';
import ScanPage from './scan.js';
import VisitorsPage from './visitors.js';
import words from './words.js';

const MINUTE = 60000;
const TABS = [['scan', 'tick'], ['parcels', 'box'], ['visitors', 'person'], ['people', 'list']];

function Root() {
  useLanguage();
  const [me, setMe] = useState(undefined);
  useEffect(() => {
    const off = session.onSession(next => { setMe(next || null); if (next) keep('me', next); else forgetLists(); });
    begin().then(setMe);
    return off;
  }, []);
  if (me === undefined) return html`<main class="page"><${Skeleton} /></main>`;
  if (!me) return html`<div class="staff"><${LoginPage} /><${Toaster} /></div>`;
  if (!me.gates || !me.gates.length) {
    return html`<main class="page"><div class="card stack"><h1>${t('gate.notGuard')}</h1>
      <a class="weui-btn btn weui-btn_primary" href="/staff/">${t('gate.toStaff')}</a></div></main>`;
  }
  return html`<${Gate} me=${me} />`;
}

/** Who is on duty: as the server says or, without a line, as it said last. */
async function begin() {
  if (!session.hasStoredSession()) return null;
  const before = (await kept('me')) || null;
  try {
    // Who is known need not wait long before a line that is dead.
    const me = (await request('GET', '/me', { patienceMillis: before ? PATIENCE_MILLIS : undefined })).data;
    session.setMe(me);
    return me;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    if (before) session.setMe(before);
    return before;
  }
}

function Gate({ me }) {
  const [tab, setTab] = useState('scan');
  const [gateId, setGateId] = useState(me.gates[0].id);
  const [visitorCode, setVisitorCode] = useState(null);
  const gate = me.gates.find(each => each.id === gateId) || me.gates[0];
  useEffect(() => {
    openKit();
    startSending();
    const lists = startLists();
    return () => clearInterval(lists);
  }, []);
  const visitor = code => { setVisitorCode(code); setTab('visitors'); };
  const [pickupCode, setPickupCode] = useState(null);
  const pickup = code => { setPickupCode(code); setTab('parcels'); };
  return html`<div class="staff gate with-tabs">
    <header class="top"><div class="top-in"><div class="brand"><${Icon} name="home" />${me.gates.length === 1 ? html`<span>${gate.name}</span>`
      : html`<select class="input" aria-label=${t('gate.which')} value=${gateId} onChange=${event => setGateId(event.target.value)}>
        ${me.gates.map(each => html`<option key=${each.id} value=${each.id}>${each.name}</option>`)}</select>`}</div>
      <div class="switches"><${SizeButton} /><${LanguageSwitch} /></div></div></header>
    <${Line} />
    ${tab === 'scan' ? html`<${ScanPage} gate=${gate} onVisitor=${visitor} onPickup=${pickup} />`
      : tab === 'parcels' ? html`<${GateParcels} gate=${gate} code=${pickupCode} onDone=${() => setPickupCode(null)} />`
      : tab === 'visitors' ? html`<${VisitorsPage} gate=${gate} code=${visitorCode} onDone=${() => setVisitorCode(null)} />`
        : html`<${PeoplePage} gate=${gate} me=${me} />`}
    <nav class="tabs" aria-label=${t('tabs.label')}><ul>${TABS.map(([id, icon]) => html`<li key=${id}><a href="#"
      aria-current=${tab === id ? 'page' : null} onClick=${event => { event.preventDefault(); setTab(id); }} data-testid=${'tab-' + id}>
      <${Icon} name=${icon} /><span>${t('gate.tab.' + id)}</span></a></li>`)}</ul></nav>
    <${Toaster} /></div>`;
}

/** Whether there is a line, how old the gate's knowledge is, how many scans wait. Always in sight. */
function Line() {
  const [, again] = useState(0);
  const [count, setCount] = useState(0);
  const [refused, setRefused] = useState(0);
  useEffect(() => {
    const look = () => { Promise.all([waiting(), acts(), refusedItems()]).then(([scans, others, notTaken]) => {
      setCount(scans.length + others.filter(item => !item.asking && !item.refused).length);
      setRefused(notTaken.length);
    }); again(round => round + 1); };
    const offs = [onKit(look), onQueue(look)];
    const timer = setInterval(look, 5000);
    look();
    return () => { offs.forEach(off => off()); clearInterval(timer); };
  }, []);
  const down = isLineDown();
  const since = knownSince();
  const minutes = since === null ? null : Math.floor(Math.max(0, nowMillis() - since) / MINUTE);
  return html`<div role="status" class=${'line-state' + (down ? ' down' : '')} data-testid="line" data-down=${String(down)} data-waiting=${count}>
    <strong>${t(down ? 'gate.line.down' : 'gate.line.up')}</strong>
    <span>${minutes === null ? t('gate.kit.none') : minutes === 0 ? t('gate.kit.fresh') : t('gate.kit.age', { minutes })}</span>
    ${count > 0 && html`<span>${t('gate.queue', { count })}</span>`}
    ${refused > 0 && html`<strong class="refused">${t('gate.refused.count', { count: refused })}</strong>`}</div>`;
}

async function start() {
  session.openSessionOf('staff');
  applyTextSize(textSize());
  speak(words);
  await useLanguageNow(currentLanguage());
  const place = document.getElementById('app');
  place.textContent = '';
  render(html`<${Root} />`, place);
  onLanguage(() => render(html`<${Root} />`, place));
  if ('serviceWorker' in navigator) navigator.serviceWorker.register('sw.js').catch(() => undefined);
}

start();
