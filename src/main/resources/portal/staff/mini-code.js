import { post } from '../shared/api.js';
import { t } from '../shared/i18n.js';
import { Button, Failure, html, useState } from '../shared/ui.js';

/**
 * The code that opens the mini program at something, to be printed: {path} draws it, {title} and {line} stand above it, {how} below.
 */
export function MiniCode({ path, title, line, how, testid }) {
  const [drawn, setDrawn] = useState(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const draw = async () => {
    setBusy(true);
    setError(null);
    try {
      setDrawn((await post(path)).data);
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  return html`<div class="mini-code">
    <div aria-live="polite">${error && html`<${Failure} error=${error} />`}</div>
    ${drawn ? html`<img class="qr" src=${drawn.qr} alt=${t('miniCode.alt', { title: line || title })} width="240" height="240" data-testid=${testid + '-picture'} />
        ${drawn.picture === 'LINK' && html`<p class="soft small">${t('miniCode.link')}</p>`}
        <${Button} kind="default" onClick=${printAlone} testid=${testid + '-print'}>${t('miniCode.print')}<//>
        <section class="print-card" aria-hidden="true"><p class="print-compound">${title}</p><p class="print-label">${line}</p>
          <img src=${drawn.qr} alt="" /><p>${how}</p></section>`
      : html`<${Button} kind="default" busy=${busy} onClick=${draw} testid=${testid}>${t('miniCode.draw')}<//>`}
  </div>`;
}

/** Nothing of the page is printed but the card. */
function printAlone() {
  document.body.classList.add('print-alone');
  window.addEventListener('afterprint', () => document.body.classList.remove('print-alone'), { once: true });
  window.print();
}
