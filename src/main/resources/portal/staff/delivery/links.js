import { getItems, remove } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { momentWords } from '../../shared/parcels.js';
import { MiniCode } from '../mini-code.js';
import { Button, Empty, Failure, html, Loaded, say, Sheet, TextField, useLoad, useState } from '../../shared/ui.js';

/** Couriers' links of a gate: made, shown as a QR code to be scanned by the courier, revoked. {gates}: where one may make some. */
export function LinksPart({ gates }) {
  const loading = useLoad(() => getItems('/courier-links'), []);
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState(null);
  const [error, setError] = useState(null);
  const revoke = async link => {
    setError(null);
    try {
      await remove('/courier-links/' + link.id);
      setShown(null);
      say(t('link.revoked'));
      loading.reload();
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<div data-testid="links"><p class="soft">${t('link.what')}</p>
    <${Button} onClick=${() => setMaking(true)} testid="make-link">${t('link.make')}<//><div class="after"></div>
    <${Loaded} of=${loading}>${links => (links.length ? html`<div class="card"><ul class="lines">${links.map(link => html`<li key=${link.id}>
      <button type="button" class="line line-btn" onClick=${() => setShown(link)} data-testid=${'link-' + link.label}><span class="line-name">
        <span class="strong">${link.label}</span><span class="soft small block">${link.gate.name} · ${t('link.until', { time: momentWords(link.expiresAt) })}</span></span>
        <span class="line-end num">${t('link.count', { count: link.registered })}</span></button></li>`)}</ul></div>`
      : html`<${Empty} title=${t('link.none')} />`)}<//>
    ${making && html`<${MakeSheet} gates=${gates} onClose=${made => { setMaking(false); if (made) loading.reload(); }} />`}
    ${shown && html`<${Sheet} title=${shown.label} onClose=${() => setShown(null)} testid="link-sheet"
      foot=${html`<${Button} kind="danger" onClick=${() => revoke(shown)} testid="revoke-link">${t('link.revoke')}<//>`}>
      ${error && html`<${Failure} error=${error} />`}
      <img class="qr" src=${shown.qr} alt=${t('link.qr')} width="300" height="300" /><p class="link-text" data-testid="link-url">${shown.url}</p>
      <p class="soft">${t('link.until', { time: momentWords(shown.expiresAt) })}</p>
      <${MiniCode} path=${'/courier-links/' + encodeURIComponent(shown.id) + '/code'} title=${shown.gate.name} line=${shown.label} how=${t('link.scan')}
        testid="link-code" /><//>`}</div>`;
}

function MakeSheet({ gates, onClose }) {
  const [label, setLabel] = useState('');
  const [gateId, setGateId] = useState(gates[0] ? gates[0].id : '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const sendOnce = useOnce();
  const make = async () => {
    setBusy(true);
    setError(null);
    try {
      await sendOnce('/courier-links', { gateId, label: label.trim() });
      onClose(true);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return html`<${Sheet} title=${t('link.make')} onClose=${() => onClose(false)} testid="make-link-sheet"
    foot=${html`<${Button} busy=${busy} disabled=${!label.trim() || !gateId} onClick=${make} testid="link-send">${t('link.make')}<//>`}>
    ${error && html`<${Failure} error=${error} />`}
    ${gates.length > 1 && html`<label class="label" for="link-gate">${t('gate.which')}</label><select class="input" id="link-gate" value=${gateId}
      onChange=${event => setGateId(event.target.value)}>${gates.map(gate => html`<option key=${gate.id} value=${gate.id}>${gate.name}</option>`)}</select>`}
    <${TextField} id="link-label" label=${t('link.label')} hint=${t('link.label.hint')} value=${label} maxLength=${40} onValue=${setLabel} /><//>`;
}
