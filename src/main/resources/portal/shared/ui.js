import { html, render, useState, useEffect, useLayoutEffect, useRef, useMemo } from '../vendor/htm-preact.js';
import { Problem, Unreachable } from './api.js';
import { currentLanguage, onLanguage, t, useLanguageNow } from './i18n.js';
import { applyTextSize, textSize } from './preferences.js';

export { html, render, useState, useEffect, useLayoutEffect, useRef, useMemo };

const SHAPES = {
  home: 'M4 11 12 4l8 7v9h-5v-6H9v6H4z',
  curve: 'M4 20V4M4 20h16M7 15l4-5 3 3 5-7',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-5 4-7 8-7s7 2 8 7',
  close: 'M5 5l14 14M19 5 5 19',
  back: 'M15 4l-8 8 8 8',
  go: 'M8 4l8 8-8 8',
  tick: 'M4 12l6 6L20 6',
  warn: 'M12 3 2 21h20zM12 10v5M12 17.5v.8',
  sheet: 'M5 3h10l4 4v14H5zM15 3v4h4M8.500 12h7M8.500 16h7',
  list: 'M8 6h12M8 12h12M8 18h12M3.5 6h.5M3.5 12h.5M3.5 18h.5',
  phone: 'M6 3h4l2 5-3 2c1 3 2 4 5 5l2-3 5 2v4c0 2-1 3-3 3C10 20 4 13 3 6c0-2 1-3 3-3z',
  upload: 'M12 16V4M7 9l5-5 5 5M4 16v4h16v-4',
  sliders: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 4v6M8 14v6',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2 20c.6-4 3-6 7-6s6.4 2 7 6M15.5 4.5a3.5 3.5 0 0 1 0 6.200M18 14.5c2.4.8 3.6 2.6 4 5.5',
  map: 'M9 4 3 6v14l6-2 6 2 6-2V4l-6 2zM9 4v14M15 6v14',
  eye: 'M2 12s3.500-6.500 10-6.500S22 12 22 12s-3.500 6.500-10 6.500S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  door: 'M5 21V3h9v18M3 21h13M14 12h8M19 9l3 3-3 3M11 12v.5',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 19.500a2 2 0 0 0 4 0',
  box: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9',
  wrench: 'M14.500 6.500a4.500 4.500 0 0 1 5.500-2l-3 3 .5 2.500 2.500.5 3-3a4.500 4.500 0 0 1-6 6L9 21.500 3.500 16l8-8a4.500 4.500 0 0 1 3-1.500',
  camera: 'M4 8h4l1.500-3h5L16 8h4v11H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z',
  chat: 'M4 5h16v11h-9l-5 4v-4H4zM8 9h8M8 12.500h5',
  bulb: 'M9 17.500h6M10 21h4M9 17c0-2-3-3.500-3-7a6 6 0 0 1 12 0c0 3.500-3 5-3 7z',
  speaker: 'M4 9v6h4l6 5V4L8 9zM18 8.500a5 5 0 0 1 0 7',
  empty: 'M4 13 7 5h10l3 8v6H4zM4 13h5l1 3h4l1-3h5'
};

export function Icon({ name }) {
  return html`<svg class=${name === 'go' ? 'go' : ''} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d=${SHAPES[name]} /></svg>`;
}

/** Renders the component again when the words change. */
export function useLanguage() {
  const [language, setLanguage] = useState(currentLanguage());
  useEffect(() => onLanguage(() => setLanguage(currentLanguage())), []);
  return language;
}

export function useHash() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return hash;
}

/** "#/report/abc?x=1" → {path: ['report', 'abc'], query: {x: '1'}} */
export function routeOf(hash) {
  const [path, query] = hash.replace(/^#\/?/, '').split('?');
  const pairs = {};
  new URLSearchParams(query || '').forEach((value, name) => { pairs[name] = value; });
  return { path: path.split('/').filter(Boolean).map(decodeURIComponent), query: pairs };
}

export function useOnline() {
  const [online, setOnline] = useState(navigator.onLine !== false);
  useEffect(() => {
    const changed = () => setOnline(navigator.onLine !== false);
    window.addEventListener('online', changed);
    window.addEventListener('offline', changed);
    return () => {
      window.removeEventListener('online', changed);
      window.removeEventListener('offline', changed);
    };
  }, []);
  return online;
}

/** A minute's tick for countdowns. */
export function useMinute() {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick(count => count + 1), 20000);
    return () => clearInterval(timer);
  }, []);
}

/**
 * Loads when the keys change. {state: 'loading'|'ready'|'failed', data, error, reload}. While reloading, the data shown stays.
 */
export function useLoad(load, keys) {
  const [held, setHeld] = useState({ state: 'loading' });
  const [round, setRound] = useState(0);
  const running = useRef(0);
  const lastRound = useRef(0);
  const shownNow = useRef(held);
  shownNow.current = held;
  useEffect(() => {
    const mine = ++running.current;
    // Asked for anew, what is shown stays until the answer is there: a button that went for a moment would lose a tap.
    const anew = round !== lastRound.current;
    lastRound.current = round;
    if (!anew || shownNow.current.data === undefined) setHeld({ state: 'loading' });
    load().then(
      data => { if (mine === running.current) setHeld({ state: 'ready', data }); },
      error => {
        if (!(error instanceof Problem) && !(error instanceof Unreachable)) console.error(error);
        if (mine === running.current) setHeld(before => ({ state: before.data === undefined ? 'failed' : 'ready', data: before.data,
          error }));
      });
    return () => { running.current++; };
  }, keys.concat(round));
  return Object.assign({
    reload: () => setRound(count => count + 1),
    replace: data => setHeld({ state: 'ready', data })
  }, held);
}

/** The three designed answers to "not here yet", around the fourth. */
export function Loaded({ of, skeleton, children }) {
  if (of.state === 'loading') return skeleton || html`<${Skeleton} />`;
  if (of.state === 'failed') return html`<${Failure} error=${of.error} retry=${of.reload} />`;
  return html`${of.error && html`<${Failure} error=${of.error} retry=${of.reload} />`}${children(of.data)}`;
}

export function Skeleton({ rows }) {
  return html`<div class="card" role="status" data-testid="skeleton"><span class="unseen">${t('common.loading')}</span>
    <span class="bone w60"></span>${Array.from({ length: rows || 4 }, () => html`<span class="bone row-bone"></span>`)}</div>`;
}

export function Empty({ title, children, testid }) {
  return html`<div class="card empty" data-testid=${testid || 'empty'}><${Icon} name="empty" /><h2>${title}</h2>${children}</div>`;
}

/** What went wrong, in the server's words, and what one can do. A form names the pointers whose faults it shows at its fields. */
export function Failure({ error, retry, testid, atFields }) {
  const words = explain(error, atFields);
  return html`<div class="notice bad" role="alert" data-testid=${testid || 'failure'}>
    <h2>${words.title}</h2>
    ${words.detail && html`<p>${words.detail}</p>`}
    ${words.faults.map(fault => html`<p key=${fault}>${fault}</p>`)}
    ${words.advice && html`<p>${words.advice}</p>`}
    ${words.reference && html`<p class="small soft">${t('error.reference', { id: words.reference })}</p>`}
    ${retry && html`<${Button} kind="default" onClick=${retry} testid="retry">${t('common.retry')}<//>`}
  </div>`;
}

export function explain(error, atFields) {
  if (!(error instanceof Problem)) {
    return { title: t(error instanceof Unreachable ? 'error.unreachable' : 'error.page'), detail: '', faults: [],
      advice: t(error instanceof Unreachable ? 'error.unreachable.advice' : 'error.page.advice'), reference: '' };
  }
  return {
    title: error.title || t('error.refused'),
    detail: error.detail === error.title ? '' : error.detail,
    faults: error.errors.filter(fault => !(atFields || []).includes(fault.pointer)).map(fault => fault.detail)
      .filter(detail => detail !== error.detail),
    advice: adviceFor(error),
    reference: error.status >= 500 ? error.instance.split(/[:/]/).pop() : ''
  };
}

/** The server's detail usually says what to do; the page adds what only it knows, or speaks where the server could not. */
function adviceFor(error) {
  if (error.status === 429) return t('error.429.advice', { seconds: error.retryAfterSeconds || 60 });
  if (error.status === 503) return t('error.503.advice');
  if (error.status >= 500) return t('error.500.advice');
  if (error.detail) return '';
  if (error.status === 400 || error.status === 422) return t('error.400.advice');
  if (error.status === 401) return t('error.401.advice');
  if (error.status === 403) return t('error.403.advice');
  if (error.status === 404) return t('error.404.advice');
  if (error.status === 409 || error.status === 412) return t('error.409.advice');
  if (error.status === 413) return t('error.413.advice');
  return t('error.other.advice');
}

export function Button({ kind, busy, disabled, onClick, children, type, testid, extra, label }) {
  const look = kind === 'plain' ? 'plain' : kind === 'danger' ? 'danger' : 'weui-btn_' + (kind || 'primary');
  return html`<button type=${type || 'button'} class=${'weui-btn btn ' + look + (extra ? ' ' + extra : '')}
    disabled=${Boolean(disabled || busy)}
    aria-busy=${busy ? 'true' : null} aria-label=${label || null} onClick=${onClick} data-testid=${testid}>
    ${busy && html`<span class="spin" aria-hidden="true"></span>`}${children}</button>`;
}

function Field({ id, label, hint, fault, children }) {
  return html`<div class="field"><label for=${id}>${label}</label>${children}
    ${hint && html`<p class="hint" id=${id + '-hint'}>${hint}</p>`}
    ${fault && html`<p class="fault" id=${id + '-fault'} role="alert" data-testid=${'fault-' + id}>${fault}</p>`}</div>`;
}

/** Brings the first field that was refused before the eyes, once it is drawn. */
export function showFirstFault() {
  setTimeout(() => {
    const fault = document.querySelector('.sheet .fault') || document.querySelector('.fault');
    if (fault) fault.scrollIntoView({ block: 'center' });
  }, 50);
}

export function TextField(props) {
  const { id, label, hint, fault, value, onValue, type, inputMode, autoComplete, maxLength, testid, placeholder, disabled } = props;
  return html`<${Field} id=${id} label=${label} hint=${hint} fault=${fault}>
    <input class="input" id=${id} name=${id} type=${type || 'text'} inputmode=${inputMode} autocomplete=${autoComplete || 'off'}
      maxlength=${maxLength}
      value=${value} onInput=${event => onValue(event.target.value)} aria-invalid=${fault
        ? 'true' : null} placeholder=${placeholder} disabled=${disabled}
      aria-describedby=${[hint && id + '-hint', fault && id + '-fault'].filter(Boolean).join(' ') || null} data-testid=${testid || id} />
        <//>`;
}

export function PasswordField(props) {
  const { id, label, hint, fault, value, onValue, autoComplete, testid } = props;
  const [shown, setShown] = useState(false);
  return html`<${Field} id=${id} label=${label} hint=${hint} fault=${fault}>
    <div class="with-button">
      <input class="input" id=${id} name=${id} type=${shown ? 'text' : 'password'} autocomplete=${autoComplete} autocapitalize="none"
        spellcheck=${false}
        value=${value} onInput=${event => onValue(event.target.value)} aria-invalid=${fault ? 'true' : null}
        aria-describedby=${[hint && id + '-hint', fault && id + '-fault'].filter(Boolean).join(' ') || null} data-testid=${testid || id} />
      <button type="button" aria-pressed=${shown ? 'true' : 'false'} onClick=${() => setShown(!shown)}>
        ${t(shown ? 'auth.hide' : 'auth.show')}</button>
    </div><//>`;
}

/** Buttons of which one is on. items: [{id, text}] */
export function Segments({ label, items, chosen, onChoose, testid }) {
  return html`<div class="segments" role="group" aria-label=${label} data-testid=${testid}>${items.map(item => html`
    <button type="button" key=${item.id} class="chip" aria-pressed=${item.id === chosen ? 'true' : 'false'}
      onClick=${() => onChoose(item.id)}
      data-testid=${testid ? testid + '-' + item.id : null}>${item.text}</button>`)}</div>`;
}

const FOCUSABLE = ['a[href]', 'button', 'input', 'select', 'textarea'].map(name => name + ':not([disabled])').join() + ', [tabindex="0"]';

/** A dialog: focus goes in, stays in, and returns; Escape and the veil close it. */
export function Sheet({ title, onClose, foot, children, testid }) {
  const box = useRef(null);
  const closing = useRef(onClose);
  closing.current = onClose;
  useLayoutEffect(() => {
    const before = document.activeElement;
    document.body.classList.add('sheet-open');
    box.current.querySelector('h2').focus();
    return () => {
      document.body.classList.remove('sheet-open');
      if (before && document.contains(before)) before.focus();
    };
  }, []);
  const onKeyDown = event => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      closing.current();
    } else if (event.key === 'Tab') {
      holdFocus(event, box.current);
    }
  };
  return html`<div onKeyDown=${onKeyDown}>
    <div class="veil" onClick=${() => closing.current()}></div>
    <section class="sheet" role="dialog" aria-modal="true" aria-labelledby="sheet-title" ref=${box} data-testid=${testid}>
      <header class="sheet-head"><h2 id="sheet-title" tabindex="-1">${title}</h2>
        <button type="button" class="icon-btn" aria-label=${t('common.close')} onClick=${() => closing.current()} data-testid="sheet-close">
          <${Icon} name="close" /></button></header>
      <div class="sheet-body" tabindex="0">${children}</div>
      ${foot && html`<footer class="sheet-foot">${foot}</footer>`}
    </section></div>`;
}

function holdFocus(event, box) {
  const stops = Array.from(box.querySelectorAll(FOCUSABLE)).filter(element => element.offsetParent !== null);
  if (!stops.length) return;
  const first = stops[0];
  const last = stops[stops.length - 1];
  if (event.shiftKey && (document.activeElement === first || !box.contains(document.activeElement)
    || document.activeElement.tabIndex < 0)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}

let toastListener = null;

/** Says something for a few seconds, to eyes and to screen readers. */
export function say(text) {
  if (toastListener) toastListener(text);
}

export function Toaster() {
  const [text, setText] = useState('');
  useEffect(() => {
    let timer = null;
    toastListener = next => {
      setText(next);
      clearTimeout(timer);
      timer = setTimeout(() => setText(''), 5000);
    };
    return () => { toastListener = null; clearTimeout(timer); };
  }, []);
  return html`<div role="status" aria-live="polite">${text && html`<p class="toast" data-testid="toast">${text}</p>`}</div>`;
}

export function OfflineBand() {
  const online = useOnline();
  return html`<div role="status">${!online && html`<p class="band" data-testid="offline">${t('offline.band')}</p>`}</div>`;
}

/** Only where what is sent is kept on the device until the server has answered. */
export function SentLater() {
  return useOnline() ? null : html`<p class="notice" role="status" data-testid="sent-later">${t('offline.later')}</p>`;
}

export function LanguageSwitch() {
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return html`<button type="button" class="switch" lang=${other === 'en' ? 'en' : 'zh-CN'} onClick=${() => useLanguageNow(other)}
    data-testid="language">${other === 'en' ? 'English' : '中文'}</button>`;
}

export function SizeSwitch() {
  const [size, setSize] = useState(textSize());
  const choose = next => { applyTextSize(next); setSize(next); };
  const sizes = [['1', 'A'], ['2', 'A+'], ['3', 'A++']];
  return html`<div class="segments" role="group" aria-label=${t('size.label')}>${sizes.map(([id, sign]) => html`
    <button type="button" key=${id} class="switch" aria-pressed=${size === id ? 'true' : 'false'} aria-label=${sign + t('common.space') + t('size.' + id)}
      onClick=${() => choose(id)} data-testid=${'size-' + id}>${sign}</button>`)}</div>`;
}

/** In the header there is room for one button: the next size, and from the largest back to the first. */
export function SizeButton() {
  const [size, setSize] = useState(textSize());
  const next = size === '3' ? '1' : String(Number(size) + 1);
  return html`<button type="button" class="switch" aria-label=${t('size.next', { size: t('size.' + next) })}
    onClick=${() => { applyTextSize(next); setSize(next); }} data-testid="size">${['A', 'A+', 'A++'][Number(size) - 1]}</button>`;
}

/** Moves focus to the page's heading after a change of page, so that a screen reader begins there. */
export function PageTitle({ children, testid }) {
  const heading = useRef(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    if (document.activeElement === document.body || document.activeElement === null
      || document.activeElement.closest('nav')) heading.current.focus({ preventScroll: true });
    document.title = heading.current.textContent + ' · ' + t('brand');
  }, [children]);
  return html`<h1 tabindex="-1" ref=${heading} data-testid=${testid || 'title'}>${children}</h1>`;
}
