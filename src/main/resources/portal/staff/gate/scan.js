import { t } from '../../shared/i18n.js';
import { isPlausible, readTenths, TemperatureStepper } from '../../shared/temperature.js';
import { Button, Failure, html, say, Segments, useEffect, useRef, useState } from '../../shared/ui.js';
import { act } from './acts.js';
import { Answer } from './answer.js';
import { Camera } from './camera.js';
import { guessDirection } from './decide.js';
import { kitNow, seenNow } from './kit.js';
import { isLineDown } from './line.js';
import { isPickupCode } from '../delivery/handover.js';
import { letThrough, scanNow } from './queue.js';

const USUAL = [360, 363, 365, 367, 370];
const isVisitor = code => /^V[0-9A-Z-]{10,}$/i.test(code.replace(/\s/g, ''));

/** Code, then one line of what the guard asks and measures, then the answer, then the next. */
export default function ScanPage({ gate, onVisitor, onPickup }) {
  const [code, setCode] = useState(null);
  const [answer, setAnswer] = useState(null);
  // Once opened, the camera is open again for the next person, and waits until they show another code than the last.
  const [camera, setCamera] = useState(false);
  const [last, setLast] = useState(null);
  const next = () => { setLast(code); setCode(null); setAnswer(null); };
  const back = () => { setLast(null); setCamera(false); setCode(null); };
  const found = text => (isVisitor(text) ? onVisitor(text.trim()) : isPickupCode(text) ? onPickup(text.trim()) : setCode(text.trim()));
  if (answer) {
    const through = async () => { await letThrough(answer, answer.wish); say(t('gate.through.noted')); next(); };
    return html`<${Answer} answer=${answer} direction=${answer.wish.direction} onNext=${next}
      onThrough=${answer.reason === 'forged' ? null : through} />`;
  }
  return code ? html`<${Check} code=${code} gate=${gate} onAnswer=${setAnswer} onBack=${back} key=${code} />` : html`<${Find} onCode=${found} gate=${gate} camera=${camera}
    onCamera=${() => setCamera(true)} last=${last} />`;
}

function Find({ onCode, gate, camera, onCamera, last }) {
  const [typed, setTyped] = useState('');
  const enter = event => { event.preventDefault(); if (typed.trim()) onCode(typed); };
  return html`<main class="page gate-page" id="main" tabindex="-1">
    ${camera ? html`<${Camera} onCode=${onCode} last=${last} />`
      : html`<button type="button" class="scan-button" onClick=${onCamera} data-testid="open-camera">
        <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" aria-hidden="true">
          <path d="M3 8V4h4M17 4h4v4M21 16v4h-4M7 20H3v-4M4 12h16" /></svg>${t('gate.scan')}</button>`}
    <form class="card typed" onSubmit=${enter} novalidate><label for="typed">${t('gate.typed')}</label>
      <div class="row nowrap-row"><input class="input grow num" id="typed" value=${typed} onInput=${event => setTyped(event.target.value)}
        inputmode="text" autocapitalize="characters" autocomplete="off" maxlength="300" data-testid="typed" />
        <button type="submit" class="weui-btn btn weui-btn_primary inline" data-testid="typed-go">${t('gate.typed.go')}</button></div>
      <p class="hint">${t(isLineDown() ? 'gate.typed.hint.offline' : 'gate.typed.hint')}</p></form>
    <${Emergency} gate=${gate} />
  </main>`;
}

function Check({ code, gate, onAnswer, onBack }) {
  const [direction, setDirection] = useState(() => guessDirection(code, kitNow(), seenNow()));
  const [text, setText] = useState('');
  const [mask, setMask] = useState('yes');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const tenths = readTenths(text);
  const field = useRef(null);
  useEffect(() => { window.scrollTo(0, 0); }, []);
  const send = async event => {
    event.preventDefault();
    if (text !== '' && !isPlausible(tenths)) {
      field.current.focus();
      return;
    }
    setBusy(true);
    setError(null);
    const wish = { code, gateId: gate.id, direction, tenths: text === '' ? null : tenths, mask: mask === 'yes' };
    try {
      onAnswer(Object.assign({ wish }, await scanNow(wish)));
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return html`<main class="page gate-page" id="main" tabindex="-1"><form onSubmit=${send} novalidate data-testid="check">
    ${error && html`<${Failure} error=${error} />`}
    <div class="card stack"><${Segments} label=${t('gate.direction')} testid="direction" chosen=${direction} onChoose=${setDirection}
      items=${['OUT', 'IN'].map(id => ({ id, text: t('gate.direction.' + id) }))} /></div>
    <div class="card stack"><h2>${t('gate.temperature')}</h2>
      <${TemperatureStepper} id="gate" name="" text=${text} onText=${setText} inputRef=${field} />
      <div class="segments usual">${USUAL.map(each => html`<button type="button" key=${each} class="chip num"
        aria-pressed=${tenths === each ? 'true' : 'false'} onClick=${() => setText((each / 10).toFixed(1))}
        data-testid=${'usual-' + each}>${(each / 10).toFixed(1)}</button>`)}</div></div>
    <div class="card stack"><${Segments} label=${t('gate.mask')} testid="mask" chosen=${mask} onChoose=${setMask}
      items=${['yes', 'no'].map(id => ({ id, text: t('gate.mask.' + id) }))} /></div>
    <div class="thumb"><${Button} type="submit" busy=${busy} testid="decide" extra="huge">${t('gate.decide')}<//>
      <${Button} kind="default" onClick=${onBack} testid="back">${t('gate.back')}<//></div>
  </form></main>`;
}

/** One tap lets them in; the papers can wait. */
function Emergency({ gate }) {
  const [open, setOpen] = useState(false);
  const [error, setError] = useState(null);
  const admit = async service => {
    setError(null);
    try {
      const done = await act({ kind: 'emergency', gateId: gate.id, gate: gate.name, service });
      say(t(done.offline ? 'gate.emergency.offline' : 'gate.emergency.in'));
      setOpen(false);
    } catch (refused) {
      say(t('gate.emergency.letThemIn'));
      setError(refused);
    }
  };
  return html`<div class="card">${error && html`<${Failure} error=${error} />`}
    ${!open ? html`<button type="button" class="weui-btn btn danger" onClick=${() => setOpen(true)} data-testid="emergency">
        ${t('gate.emergency')}</button>`
      : html`<h2>${t('gate.emergency.which')}</h2><div class="emergency">${['AMBULANCE', 'FIRE', 'POLICE', 'UTILITY'].map(each => html`
        <button type="button" key=${each} class="weui-btn btn danger" onClick=${() => admit(each)} data-testid=${'emergency-' + each}>
          ${t('gate.emergency.' + each)}</button>`)}</div>`}</div>`;
}
