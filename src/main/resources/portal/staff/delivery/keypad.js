import { t } from '../../shared/i18n.js';
import { html } from '../../shared/ui.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '0'];

/** Large keys for one thumb; the phone's own keyboard stays away, a real one works as well. */
export function Keypad({ onKey, onErase, dash }) {
  return html`<div class="keypad" data-testid="keypad">${KEYS.map(key => html`<button type="button" key=${key} class="key num" onClick=${() => onKey(key)}
      disabled=${key === '-' && !dash} data-testid=${'key-' + key}>${key}</button>`)}
    <button type="button" class="key" aria-label=${t('keypad.erase')} onClick=${onErase} data-testid="key-erase">⌫</button></div>`;
}

/** A line that the keys write into. */
export function Typed({ id, label, value, active, onActive, onValue, maxLength, testid }) {
  return html`<div class=${'typed-line' + (active ? ' active' : '')}><label for=${id}>${label}</label>
    <input class="input num" id=${id} value=${value} inputmode="none" autocomplete="off" autocapitalize="characters" maxlength=${maxLength}
      onFocus=${onActive} onClick=${onActive} onInput=${event => onValue(event.target.value)} data-testid=${testid} /></div>`;
}
