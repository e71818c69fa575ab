import { CARRIERS, carrierName } from '../../shared/carriers.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { Button, Failure, html, Segments, useState } from '../../shared/ui.js';
import { BARS, Camera } from '../gate/camera.js';
import { Keypad, Typed } from './keypad.js';
import { AddPhoto } from './photo.js';

const TAIL = 4;
const BLANK = { door: '', phone: '', tracking: '' };

/** The end of whatever number the scanner read, as people read it out. */
export const tailOf = scanned => scanned.replace(/[^0-9A-Za-z]/g, '').slice(-TAIL).toUpperCase();

/** "3-2-1402" as the API wants it; null while a part is missing. */
export function doorOf(text) {
  const parts = text.trim().split('-');
  return parts.length >= 3 && parts.every(part => part) ? { building: parts[0], unit: parts[1], room: parts.slice(2).join('-') } : null;
}

const addressOf = (by, words) => (by === 'phone' ? (words.phone.length === TAIL ? { phoneTail: words.phone } : null) : doorOf(words.door));

/** One parcel after the other: address, tail, done. What stays the same from parcel to parcel stays. */
export function RegisterPart({ gate }) {
  const [by, setBy] = useState('door');
  const [words, setWords] = useState(BLANK);
  const [field, setField] = useState('door');
  const [usual, setUsual] = useState({ carrier: 'SF', perishable: false, disinfected: true });
  const [camera, setCamera] = useState(false);
  const [choices, setChoices] = useState(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const [done, setDone] = useState(null);
  const sendOnce = useOnce();
  const write = (name, value) => { setError(null); setChoices(null); setWords(before => Object.assign({}, before, { [name]: value })); };
  const address = addressOf(by, words);
  const switchTo = next => { setBy(next); setField(next); setError(null); setChoices(null); };
  const press = sign => {
    const limit = field === 'phone' ? TAIL : 20;
    if (words[field].length < limit) write(field, words[field] + sign);
    if (field === 'phone' && words.phone.length + 1 === TAIL) setField('tracking');
  };
  const send = async (household) => {
    setBusy(true);
    setError(null);
    try {
      const body = Object.assign({ gateId: gate.id, trackingTail: words.tracking.trim() }, usual, household ? { householdId: household } : address);
      setDone((await sendOnce('/parcels', body)).data);
      setWords(BLANK);
      setField(by);
      setChoices(null);
      setUsual(before => Object.assign({}, before, { perishable: false }));
    } catch (refused) {
      if (refused.slug === 'address-ambiguous') setChoices(refused.body.choices);
      else setError(refused);
      setField(by);
    } finally {
      setBusy(false);
    }
  };
  const scanned = text => { setCamera(false); write('tracking', tailOf(text)); setField(by); };
  return html`<div class="register">
    ${done && !error && !choices && html`<${Registered} key=${done.id} parcel=${done} />`}
    ${error && (error.slug === 'bad-input' ? html`<p class="notice bad registered" role="alert" data-testid="register-refused">
        <span class="strong num">${words[by]}</span> ${error.errors.map(fault => fault.detail).join(' ')}</p>`
      : html`<${Failure} error=${error} testid="register-refused" />`)}
    ${choices ? html`<${Choices} choices=${choices} busy=${busy} onChoose=${send} onBack=${() => setChoices(null)} />` : camera
      ? html`<${Camera} onCode=${scanned} formats=${BARS} /><p class="hint">${t('parcel.scan.hint')}</p>
        <${Button} kind="default" onClick=${() => setCamera(false)} testid="scan-close">${t('gate.back')}<//>`
      : html`<div class="card slim"><div class="two"><${Segments} label=${t('parcel.by')} testid="by" chosen=${by} onChoose=${switchTo}
          items=${['door', 'phone'].map(id => ({ id, text: t('parcel.by.' + id) }))} />
          <button type="button" class="link-btn" onClick=${() => setCamera(true)} data-testid="scan-waybill">${t('parcel.scan')}</button></div>
        <div class="two">${by === 'door' ? html`<${Typed} id="door" label=${t('parcel.door')} value=${words.door} active=${field === 'door'} maxLength="20"
            onActive=${() => setField('door')} onValue=${value => write('door', value)} testid="door" />`
          : html`<${Typed} id="phone-tail" label=${t('parcel.phoneTail')} value=${words.phone} active=${field === 'phone'} maxLength="4"
            onActive=${() => setField('phone')} onValue=${value => write('phone', value.replace(/[^0-9]/g, ''))} testid="phone-tail" />`}
          <${Typed} id="tracking" label=${t('parcel.tracking')} value=${words.tracking} active=${field === 'tracking'} maxLength="20"
            onActive=${() => setField('tracking')} onValue=${value => write('tracking', value)} testid="tracking" /></div>
        <${Keypad} onKey=${press} onErase=${() => write(field, words[field].slice(0, -1))} dash=${field === 'door'} />
        <${Usual} usual=${usual} onChange=${change => setUsual(before => Object.assign({}, before, change))} />
        <${Button} busy=${busy} disabled=${!address || !words.tracking.trim()} onClick=${() => send(null)} extra="huge" testid="register">
          ${t('parcel.register')}<//></div>`}
  </div>`;
}

function Usual({ usual, onChange }) {
  return html`<div class="usual-line"><select class="input" aria-label=${t('parcel.carrier')} value=${usual.carrier}
      onChange=${event => onChange({ carrier: event.target.value })} data-testid="carrier">
      ${CARRIERS.map(code => html`<option key=${code} value=${code} selected=${code === usual.carrier}>${carrierName(code)}</option>`)}</select>
    ${['perishable', 'disinfected'].map(name => html`<button type="button" key=${name} class="chip" aria-pressed=${usual[name] ? 'true' : 'false'}
      onClick=${() => onChange({ [name]: !usual[name] })} data-testid=${name}>${t('parcel.' + name)}</button>`)}</div>`;
}

/** With a picture for whoever wants one; the next parcel does not wait for it. */
function Registered({ parcel }) {
  const [kept, setKept] = useState(0);
  return html`<div class="notice good registered-line"><p class="registered" role="status" data-testid="registered"><span class="strong num">${parcel.household}</span>${' '}
    ${t('parcel.registered', { shelf: parcel.shelf })}${parcel.brought && html`<span class="small block" data-testid="registered-brought">${t('parcel.brought')}</span>`}</p>
    ${kept ? html`<p class="small" data-testid="photo-kept">${t('parcel.photo.added')}</p>` : html`<${AddPhoto} parcel=${parcel} id="registered-photo" small=${true} onAdded=${() => setKept(1)} />`}</div>`;
}

/** The phone tail belongs to several households: labels and masked names, one tap. */
function Choices({ choices, busy, onChoose, onBack }) {
  return html`<div class="card" data-testid="choices"><h2>${t('parcel.choose')}</h2><ul class="lines">${choices.map(each => html`<li key=${each.householdId}>
    <button type="button" class="line line-btn" disabled=${busy} onClick=${() => onChoose(each.householdId)} data-testid=${'choice-' + each.household}>
      <span class="line-name strong num">${each.household}</span><span class="line-end">${each.names.join(' ')}</span></button></li>`)}</ul>
    <${Button} kind="default" onClick=${onBack} testid="choices-back">${t('gate.back')}<//></div>`;
}
