import { post, Problem } from '../../shared/api.js';
import { clockOf, nowMillis } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { currentMe } from '../../shared/session.js';
import { isPlausible, readTenths } from '../../shared/temperature.js';
import { Button, Empty, Failure, html, Icon, Loaded, PageTitle, useEffect, useLoad, useState } from '../../shared/ui.js';
import { Disclose } from '../audit/disclose.js';
import { act, acts, chinaTime, PATIENCE_MILLIS } from './acts.js';
import { speak } from './answer.js';
import { kitNow } from './kit.js';
import { isLineDown, noteLine, onQueue } from './line.js';
import { keptList, keptRegions, listOf } from './lists.js';
import { AsOf } from './people.js';
import { Refused } from './refused.js';
import { VisitChecks } from './visit-checks.js';
import { isAsked, notAsked, regionOf, VisitFrom } from './visit-from.js';
import { decideVisit, visitOfCode, withActs } from './visit-rules.js';
import { WalkIn } from './walk-in.js';

/** The visit of a code: as the server says or, without a line, as this gate knew last; null where it knows none. */
async function lookUp(code) {
  try {
    return (await post('/visits/lookup', { code }, { patienceMillis: PATIENCE_MILLIS })).data;
  } catch (error) {
    if (error instanceof Problem && error.status < 500) throw error;
    noteLine(false);
    const held = await keptList('visits');
    return (held && (await visitOfCode(withActs(held.items, await acts()), code))) || null;
  }
}

async function visits() {
  const mine = await acts();
  const known = await listOf('visits').catch(error => { if (isLineDown()) return { items: [], at: null }; throw error; });
  return { at: known.at, items: withActs(known.items, mine) };
}

/** Who is expected today and who is inside; a code that was scanned opens its visit. */
export default function VisitorsPage({ gate, code, onDone }) {
  const loading = useLoad(visits, []);
  const [visit, setVisit] = useState(null);
  const [walkIn, setWalkIn] = useState(null);
  const [answer, setAnswer] = useState(null);
  const [error, setError] = useState(null);
  const [down, setDown] = useState(isLineDown());
  useEffect(() => onQueue(() => { setDown(isLineDown()); loading.reload(); }), []);
  useEffect(() => {
    if (code) lookUp(code).then(found => (found ? setVisit(found) : setWalkIn({ code })), setError);
  }, [code]);
  const back = () => { setVisit(null); setWalkIn(null); setAnswer(null); setDown(isLineDown()); onDone(); loading.reload(); };
  const decided = done => { setAnswer(done); speak(t(done.allowed ? 'gate.go.in' : 'gate.stop')); };
  if (answer) return html`<${Verdict} answer=${answer} onNext=${back} />`;
  if (walkIn) return html`<${WalkIn} gate=${gate} code=${walkIn.code} item=${walkIn.item} onBack=${back} onAnswer=${decided} />`;
  if (visit) return html`<${Arrival} visit=${visit} gate=${gate} onBack=${back} onAnswer=${decided} />`;
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('gate.visitors')}<//></div>
    ${error && html`<${Failure} error=${error} />`}
    <${Refused} onCorrect=${item => setWalkIn({ item, code: item.body.code })} />
    ${down && html`<p class="choices"><${Button} kind="default" onClick=${() => setWalkIn({})} testid="walk-in-new">${t('gate.walkIn.new')}<//></p>`}
    <${Loaded} of=${loading}>${({ items, at }) => html`<${AsOf} at=${at} />${!items.length ? html`<${Empty} title=${t('gate.visitors.none')} />`
      : html`<div class="card"><ul class="lines" data-testid="visits">${items.map(item => html`<${Line} item=${item} key=${item.id} onOpen=${() => setVisit(item)} />`)}</ul></div>`}`}<//>
  </main>`;
}

function Line({ item, onOpen }) {
  return html`<li><button type="button" class="line line-btn" onClick=${onOpen} data-testid=${'visit-' + item.id}>
    <span class="line-name"><span class="strong">${item.visitorName}</span> <span class="num nowrap">→ ${item.household}</span>
      <span class="soft small block">${[timeOf(item), item.purpose].filter(Boolean).join(t('common.dot'))}</span></span>
    <span class="line-end">${item.waiting || item.local ? html`<span class="tag late">${t('gate.waiting')}</span>` : ''}
      <span class=${'tag ' + (item.overstayed ? 'bad' : item.state === 'INSIDE' ? 'good' : '')}>
        ${t(item.overstayed ? 'gate.visit.overstayed' : 'gate.visit.' + item.state)}</span></span></button></li>`;
}

const timeOf = visit => (visit.local ? t('gate.visit.enteredAt', { time: clockOf(chinaTime(visit.enteredAt)) })
  : visit.state === 'INSIDE' && visit.enteredAt ? t('gate.visit.enteredAt', { time: clockOf(visit.enteredAt) })
    : t('gate.visit.expected', { time: clockOf(visit.expectedAt) }));

function Verdict({ answer, onNext }) {
  return html`<section class=${'verdict ' + (answer.allowed ? 'yes' : 'no')} role="alert" data-testid="visit-verdict" data-offline=${String(Boolean(answer.offline))}
    data-reason=${answer.reason}><span class="verdict-sign"><${Icon} name=${answer.allowed ? 'tick' : 'close'} /></span><h1>${t(answer.allowed ? 'gate.go.in' : 'gate.stop')}</h1>
    ${!answer.allowed && html`<p class="verdict-why">${t('gate.visit.reason.' + answer.reason)}</p>`}
    ${answer.offline && html`<p class="verdict-note">${t('gate.offline.decided')}</p>`}
    <div class="verdict-acts"><${Button} kind="default" onClick=${onNext} testid="visit-done">${t('gate.next')}<//></div></section>`;
}

function Arrival({ visit, gate, onBack, onAnswer }) {
  const [check, setCheck] = useState({ text: '', mask: 'yes', health: 'GREEN', name: false, host: false });
  const [asked, setAsked] = useState(notAsked(visit.regionCode));
  const [regions, setRegions] = useState([]);
  useEffect(() => { keptRegions().then(setRegions); }, []);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const call = async (wish, byItself) => {
    setBusy(true);
    setError(null);
    try {
      return await act(Object.assign({ gateId: gate.id }, visit.local ? { of: visit.id } : { id: visit.id }, wish), byItself);
    } catch (refused) {
      setError(refused);
      setBusy(false);
      return null;
    }
  };
  const enter = async () => {
    const body = { nameChecked: check.name, hostPresent: check.host, healthCode: check.health, temperature: readTenths(check.text) / 10,
      mask: check.mask === 'yes' };
    if (asked.from === 'elsewhere' && regionOf(asked)) body.regionCode = regionOf(asked);
    const kit = kitNow();
    const done = await call({ kind: 'visit-enter', body }, () => decideVisit(visit, body, { feverAbove: kit ? kit.policy.feverAbove : 37.3, regions }, nowMillis()));
    if (done) onAnswer(done);
  };
  const leave = async () => { if (await call({ kind: 'visit-leave' })) onBack(); };
  return html`<main class="page gate-page" id="main" tabindex="-1"><div class="card stack"><h2>${visit.visitorName} <span class="num">→ ${visit.household}</span></h2>
      <p><span class="num">${visit.phone}${visit.plate ? ' · ' + visit.plate : ''}</span>${!visit.local && !isLineDown() && html` <${Disclose} me=${currentMe()}
        visitId=${visit.id} name=${visit.visitorName} field="PHONE" />`}</p><p>${visit.purpose}</p><p class="soft">${timeOf(visit)}</p></div>
    ${error && html`<${Failure} error=${error} />`}
    ${visit.state === 'INSIDE' ? html`<div class="thumb flow"><${Button} busy=${busy} onClick=${leave} extra="huge" testid="visit-leave">
        ${t('gate.visit.leave')}<//><${Button} kind="default" onClick=${onBack}>${t('gate.back')}<//></div>`
    : html`<${VisitFrom} asked=${asked} regions=${regions} onAsked=${setAsked} /><${VisitChecks} check=${check} onCheck=${setCheck} />
      <div class="thumb flow"><${Button} busy=${busy} disabled=${!isPlausible(readTenths(check.text)) || !isAsked(asked, regions)} onClick=${enter} extra="huge"
        testid="visit-enter">${t('gate.decide')}<//><${Button} kind="default" onClick=${onBack}>${t('gate.back')}<//></div>`}
  </main>`;
}
