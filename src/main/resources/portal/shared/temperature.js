import { html, useEffect, useRef, useState } from './ui.js';
import { plainDigits } from './digits.js';
import { t } from './i18n.js';
import { rules } from './rules.js';

/* What is believed to be a living person's reading, and where an alert begins, are rules of the compound. Tenths, so that 36.6 + 0.1 is 36.7. */
const lowestTenths = () => tenthsOf(rules().temperatureMin);
const highestTenths = () => tenthsOf(rules().temperatureMax);
export const feverAboveTenths = () => tenthsOf(rules().feverAbove);
const USUAL_TENTHS = 365;
const HOLD_MILLIS = 450;
const REPEAT_MILLIS = 120;

export const tenthsOf = celsius => (celsius === null || celsius === undefined ? null : Math.round(celsius * 10));
export const celsiusOf = tenths => tenths / 10;
export const shown = tenths => (tenths === null ? '' : (tenths / 10).toFixed(1));
export const isPlausible = tenths => tenths !== null && tenths >= lowestTenths() && tenths <= highestTenths();
export const isFever = tenths => tenths !== null && tenths > feverAboveTenths();

export const implausibleWords = () => t('temperature.implausible', { lowest: shown(lowestTenths()), highest: shown(highestTenths()) });

/** "36.5", "36,5", "３６．５" and "365" are all 36.5; null for what is no reading to one decimal. */
export function readTenths(text) {
  const plain = plainDigits(text).replace(/[,，。．・·]/g, '.').replace(/[℃°Cc\s]/g, '');
  if (/^\d{3}$/.test(plain)) return Number(plain);
  return /^\d{1,2}(\.\d?)?$/.test(plain) ? Math.round(Number(plain) * 10) : null;
}

/**
 * A reading by two large buttons or by typing.
 * @param {{id: string, name: string, text: string, onText: function(string), fault?: string, onEnter?: function}} props
 *        text is what stands in the box
 */
export function TemperatureStepper({ id, name, text, onText, fault, onEnter, inputRef }) {
  const tenths = readTenths(text);
  const latest = useRef(text);
  latest.current = text;
  const [touched, setTouched] = useState(false);
  const step = by => {
    const from = readTenths(latest.current);
    const next = from === null ? USUAL_TENTHS : Math.min(highestTenths(), Math.max(lowestTenths(), from + by));
    latest.current = shown(next);
    setTouched(true);
    onText(latest.current);
  };
  const onKeyDown = event => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    if (by) {
      event.preventDefault();
      step(by);
    } else if (event.key === 'Enter' && onEnter) {
      event.preventDefault();
      onEnter();
    }
  };
  const wrong = touched && text !== '' && !isPlausible(tenths);
  const words = fault || (wrong ? implausibleWords() : '');
  return html`<div>
    <div class=${'stepper' + (isFever(tenths) ? ' high' : '') + (words ? ' wrong' : '')}>
      <${HoldButton} sign="−" label=${t('temperature.less', { name })} onStep=${() => step(-1)} testid=${'less-' + id} />
      <div class="stepper-value">
        <input id=${'temperature-' + id} ref=${inputRef} type="text" inputmode="decimal" autocomplete="off" enterkeyhint="done"
          maxlength="6" value=${text}
          aria-label=${t('temperature.of', { name })} aria-invalid=${words ? 'true' : null} aria-describedby=${words || isFever(tenths)
            ? 'temperature-note-' + id : null}
          onInput=${event => onText(event.target.value)} onFocus=${event => event.target.select()} onKeyDown=${onKeyDown}
          onBlur=${() => { setTouched(true); if (isPlausible(tenths)) onText(shown(tenths)); }} data-testid=${'temperature-' + id} />
        <span class="stepper-unit" aria-hidden="true">℃</span>
      </div>
      <${HoldButton} sign="+" label=${t('temperature.more', { name })} onStep=${() => step(1)} testid=${'more-' + id} />
    </div>
    <div aria-live="polite" id=${'temperature-note-' + id}>
      ${words ? html`<p class="fault" data-testid=${'temperature-fault-' + id}>${words}</p>`
        : isFever(tenths) && html`<p class="fault">${t('temperature.fever', { above: shown(feverAboveTenths()) })}</p>`}
    </div>
  </div>`;
}

/** Held down, it repeats; a tap and a key press are one step. */
function HoldButton({ sign, label, onStep, testid }) {
  const timers = useRef([]);
  const repeated = useRef(false);
  const doStep = useRef(onStep);
  doStep.current = onStep;
  const stop = () => {
    timers.current.forEach(timer => { clearTimeout(timer); clearInterval(timer); });
    timers.current = [];
  };
  useEffect(() => stop, []);
  const hold = () => {
    repeated.current = false;
    stop();
    timers.current.push(setTimeout(() => {
      repeated.current = true;
      timers.current.push(setInterval(() => doStep.current(), REPEAT_MILLIS));
    }, HOLD_MILLIS));
  };
  return html`<button type="button" aria-label=${label} onPointerDown=${hold} onPointerUp=${stop} onPointerLeave=${stop}
    onPointerCancel=${stop}
    onContextMenu=${event => event.preventDefault()} onClick=${() => { if (!repeated.current) onStep(); repeated.current = false; }}
      data-testid=${testid}>${sign}</button>`;
}
