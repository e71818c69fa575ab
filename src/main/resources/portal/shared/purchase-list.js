/* What is to be bought, line by line: for whoever asks, and for whoever says it again in other words. */
import { t } from './i18n.js';
import { html } from './ui.js';

export const BLANK = { name: '', quantity: '1', unit: '份' };

/** @param items [{name, quantity, unit}] as they are typed */
export function BuyList({ items, onItems }) {
  const change = (index, name, value) => onItems(items.map((item, at) => (at === index ? Object.assign({}, item, { [name]: value }) : item)));
  return html`<fieldset class="bare"><legend class="label">${t('buy.items')}</legend>
    ${items.map((item, index) => html`<div class="buy-line" key=${index}>
      <input class="input" aria-label=${t('buy.name')} placeholder=${t('buy.name')} maxlength="60" value=${item.name} data-testid=${'buy-name-' + index}
        onInput=${event => change(index, 'name', event.target.value)} />
      <input class="input" aria-label=${t('buy.quantity')} inputmode="decimal" maxlength="6" value=${item.quantity} onInput=${event => change(index, 'quantity', event.target.value)} />
      <input class="input" aria-label=${t('buy.unit')} maxlength="10" value=${item.unit} onInput=${event => change(index, 'unit', event.target.value)} /></div>`)}
    <button type="button" class="link-btn" onClick=${() => onItems(items.concat(BLANK))} data-testid="buy-more">${t('buy.more')}</button></fieldset>`;
}

/** As the server takes them: without the lines that were left empty. */
export const toSend = items => items.filter(item => item.name.trim())
  .map(item => ({ name: item.name.trim(), quantity: Number(item.quantity), unit: item.unit.trim() }));
