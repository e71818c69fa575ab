import { post } from '../../shared/api.js';
import { clockOf } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { parcelName } from '../../shared/parcels.js';
import { Button, Failure, html, useEffect, useState } from '../../shared/ui.js';
import { Camera } from '../gate/camera.js';
import { Keypad, Typed } from './keypad.js';

/** What residents and those whom they name show: P and eight digits. */
export const isPickupCode = text => /^P[0-9]{8}$/i.test(text.replace(/[\s-]/g, ''));

/** Code, then what to fetch from which shelf, then handed over. */
export function HandOverPart({ gate, code, onDone }) {
  const [typed, setTyped] = useState('');
  const [camera, setCamera] = useState(false);
  const [shown, setShown] = useState(null);
  const [handed, setHanded] = useState(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const sendOnce = useOnce();
  const attempt = async act => {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const look = text => attempt(async () => {
    setCamera(false);
    setShown(Object.assign({ code: text }, (await post('/pickups/lookup', { pickupCode: text, gateId: gate.id })).data));
  });
  const hand = () => attempt(async () => {
    setHanded((await sendOnce('/pickups', { pickupCode: shown.code, gateId: gate.id })).data);
  });
  const next = () => { setShown(null); setHanded(null); setTyped(''); setError(null); onDone(); };
  useEffect(() => { if (code) look(code); }, [code]);
  if (handed) {
    return html`<section class="verdict yes" role="alert" data-testid="handed"><h1>${t('pickup.handed', { count: handed.items.length })}</h1>
      <p class="verdict-home num">${handed.household}</p><div class="verdict-acts"><${Button} kind="default" onClick=${next} testid="next-pickup">
        ${t('gate.next')}<//></div></section>`;
  }
  if (shown) return html`<${Fetch} shown=${shown} busy=${busy} error=${error} onHand=${hand} onBack=${next} />`;
  return html`${error && html`<${Failure} error=${error} testid="pickup-refused" />`}
    ${camera ? html`<${Camera} onCode=${look} /><${Button} kind="default" onClick=${() => setCamera(false)}>${t('gate.back')}<//>`
      : html`<div class="card slim"><button type="button" class="scan-button low" onClick=${() => setCamera(true)} data-testid="scan-pickup">${t('pickup.scan')}</button>
        <${Typed} id="pickup-code" label=${t('pickup.code')} value=${typed} active=${true} maxLength="12" onActive=${() => undefined} onValue=${setTyped}
          testid="pickup-code" />
        <${Keypad} onKey=${sign => setTyped(before => (before + sign).slice(0, 12))} onErase=${() => setTyped(before => before.slice(0, -1))} />
        <${Button} busy=${busy} disabled=${typed.replace(/[^0-9]/g, '').length !== 8} onClick=${() => look(typed)} extra="huge" testid="find-pickup">
          ${t('pickup.find')}<//></div>`}`;
}

function Fetch({ shown, busy, error, onHand, onBack }) {
  return html`<div data-testid="fetch">
    <p class=${'notice ' + (shown.walk === 'IN_SLOT' || shown.walk === 'AT_ONCE' ? 'good' : '')} role="status" data-testid="walk" data-walk=${shown.walk}>
      <span class="strong">${t('pickup.walk')}</span> ${t('pickup.walk.' + shown.walk, { time: shown.slot ? clockOf(shown.slot.startsAt) : '' })}</p>
    ${shown.collector && html`<p class="notice warn" data-testid="collector">${t('pickup.collector', { name: shown.collector })}</p>`}
    ${error && html`<${Failure} error=${error} testid="pickup-refused" />`}
    <div class="card"><h2 class="num">${shown.household}</h2><ul class="lines" data-testid="to-fetch">${shown.items.map(parcel => html`<li key=${parcel.id}>
      <div class="line"><span class="line-name">${parcelName(parcel)}</span><span class="line-end shelf-mark num">${parcel.shelf}</span></div></li>`)}</ul></div>
    <div class="thumb"><${Button} busy=${busy} onClick=${onHand} extra="huge" testid="hand-over">
      ${t('pickup.handOver', { count: shown.items.length })}<//><${Button} kind="default" onClick=${onBack} testid="not-now">${t('gate.back')}<//></div></div>`;
}
