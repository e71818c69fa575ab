import { get } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { ParcelPhotos, sendParcelPhoto, takesMore } from '../../shared/parcel-photos.js';
import { momentWords, parcelName, ParcelTag, slotWords } from '../../shared/parcels.js';
import { PhotoPicker } from '../../shared/photos.js';
import { may } from '../../shared/session.js';
import { Button, Empty, Failure, html, Loaded, say, Segments, Sheet, TextField, useLoad, useState } from '../../shared/ui.js';
import { AddPhoto } from './photo.js';
import { doorOf } from './register.js';

const VIEWS = { waiting: { waiting: true }, toSort: { toSort: true }, returnDue: { returnDue: true }, all: {} };
const MOST = 100;
const NOTE_NEEDED = ['HAND_OVER', 'LOSE', 'DAMAGE'];
const PHOTO_EXPECTED = ['LOSE', 'DAMAGE'];

/** What lies on the shelves, with what wants somebody counted on top. {gateId} null: every gate of one's reach. */
export function ShelfPart({ gateId }) {
  const [view, setView] = useState('waiting');
  const [household, setHousehold] = useState('');
  const [open, setOpen] = useState(null);
  const at = gateId ? { gateId } : {};
  const counts = useLoad(() => get('/parcel-overview', at).then(answer => answer.data), [gateId]);
  const label = doorOf(household) ? household.trim() : '';
  const parcels = useLoad(() => get('/parcels', Object.assign({ limit: MOST }, at, VIEWS[view], label ? { household: label } : {})).then(answer => answer.data.items),
    [gateId, view, label]);
  const close = changed => {
    setOpen(null);
    if (changed) {
      counts.reload();
      parcels.reload();
    }
  };
  const text = id => t('parcels.view.' + id, { count: counts.data ? (id === 'all' ? '' : counts.data[id]) : '…' });
  return html`<div data-testid="shelf"><div class="choices"><${Segments} label=${t('parcels.view')} testid="view" chosen=${view} onChoose=${setView}
      items=${Object.keys(VIEWS).map(id => ({ id, text: text(id) }))} /></div>
    <${TextField} id="household" label=${t('parcels.household')} value=${household} maxLength=${20} onValue=${setHousehold} placeholder="3-2-1402" />
    <${Loaded} of=${parcels}>${items => (items.length ? html`<div class="card"><ul class="lines" data-testid="parcels">${items.map(parcel => html`<li key=${parcel.id}>
      <button type="button" class="line line-btn" onClick=${() => setOpen(parcel.id)} data-testid=${'parcel-' + parcel.id}>
        <span class="line-name"><span class="num strong">${parcel.household || parcel.written || t('parcel.unknown')}</span>${' '}${parcelName(parcel)}
          <span class="soft small block">${momentWords(parcel.registeredAt)} · ${parcel.gate.name}${parcel.slot ? ' · ' + slotWords(parcel.slot) : ''}</span></span>
        <span class="line-end tags">${parcel.shelf && html`<span class="shelf-mark num">${parcel.shelf}</span>`}<${ParcelTag} parcel=${parcel} /></span></button></li>`)}</ul></div>`
      : html`<${Empty} title=${t('parcels.none')} />`)}<//>
    ${open && html`<${ParcelSheet} id=${open} onClose=${close} />`}</div>`;
}

function ParcelSheet({ id, onClose }) {
  const loading = useLoad(() => get('/parcels/' + id).then(answer => answer.data), [id]);
  const [act, setAct] = useState(null);
  return html`<${Sheet} title=${t('parcel.title')} onClose=${() => onClose(false)} testid="parcel-sheet"><${Loaded} of=${loading}>${parcel => html`
    <div class="row spread"><h3 class="num">${parcel.household || parcel.written || t('parcel.unknown')}</h3><${ParcelTag} parcel=${parcel} /></div>
    <p>${parcelName(parcel)} · ${parcel.gate.name}${parcel.shelf ? ' · ' + t('parcel.shelf') + ' ' + parcel.shelf : ''}</p>
    ${parcel.brought && html`<p class="notice good" data-testid="brought">${t('parcel.brought')}</p>`}
    <${ParcelPhotos} parcel=${parcel} />
    ${!act && may('addParcelPhoto') && takesMore(parcel) && html`<${AddPhoto} parcel=${parcel} id="parcel-photo" onAdded=${loading.reload} />`}
    ${act ? html`<${Happened} parcel=${parcel} act=${act} onDone=${() => onClose(true)} onBack=${() => setAct(null)} />`
      : html`<div class="acts">${parcel.possible.map(each => html`<${Button} key=${each} kind="default" onClick=${() => setAct(each)} testid=${'act-' + each}>
        ${t('parcel.act.' + each)}<//>`)}</div>`}
    <h3>${t('parcel.trail')}</h3><ol class="lines" data-testid="trail">${parcel.events.map((event, index) => html`<li key=${index}><div class="line">
      <span class="line-name">${t('parcel.event.' + event.event)}${event.note && event.event !== 'BOOK' && html`<span class="soft"> ${event.note}</span>`}
        <span class="soft small block">${event.byCourier ? t('parcel.byCourier') : event.by || t('parcel.byClock')}</span></span>
      <span class="line-end num small">${momentWords(event.at)}</span></div></li>`)}</ol>`}<//><//>`;
}

function Happened({ parcel, act, onDone, onBack }) {
  const [note, setNote] = useState('');
  const [where, setWhere] = useState('');
  const [photos, setPhotos] = useState([]);
  const [noted, setNoted] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const sendOnce = useOnce();
  const ready = act === 'SORT' ? doorOf(where) || /^[0-9]{4}$/.test(where) : act === 'MOVE' ? where.trim() : !NOTE_NEEDED.includes(act) || note.trim();
  const send = async household => {
    setBusy(true);
    setError(null);
    const address = household ? { householdId: household } : /^[0-9]{4}$/.test(where) ? { phoneTail: where } : doorOf(where);
    try {
      if (!noted) await sendOnce('/parcels/' + parcel.id + '/events', Object.assign({ event: act }, note.trim() ? { note: note.trim() } : {},
        act === 'SORT' ? address : act === 'MOVE' ? { shelf: where.trim() } : {}));
      setNoted(true);
      const left = photos.slice();
      while (left.length) {
        await sendParcelPhoto(parcel, left[0], () => undefined);
        left.shift();
        setPhotos(left.slice());
      }
      say(t('parcel.noted'));
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  const choices = error && error.slug === 'address-ambiguous' ? error.body.choices : null;
  return html`<div class="stack">${noted && error && html`<p class="notice" role="status" data-testid="photo-left">${t('parcel.photo.left')}</p>`}
    ${error && !choices && html`<${Failure} error=${error} />`}
    ${choices && html`<ul class="lines" data-testid="choices">${choices.map(each => html`<li key=${each.householdId}><button type="button" class="line line-btn"
      onClick=${() => send(each.householdId)}><span class="line-name strong num">${each.household}</span><span class="line-end">${each.names.join(' ')}</span></button></li>`)}</ul>`}
    ${(act === 'SORT' || act === 'MOVE') && html`<${TextField} id="where" label=${t('parcel.act.' + act)} hint=${t('parcel.where.' + act)} value=${where} maxLength=${20}
      onValue=${setWhere} />`}
    ${act !== 'SORT' && act !== 'MOVE' && html`<${TextField} id="note" label=${t('parcel.note')} hint=${t('parcel.note.' + act)} value=${note} maxLength=${200}
      onValue=${setNote} />`}
    ${PHOTO_EXPECTED.includes(act) && may('addParcelPhoto') && html`<p class="hint">${t('parcel.photo.expected')}</p>
      <${PhotoPicker} id="act-photo" photos=${photos} onPhotos=${setPhotos} />`}
    <${Button} busy=${busy} disabled=${!ready} onClick=${() => send(null)} testid="act-send">${t('parcel.act.' + act)}<//>
    <${Button} kind="default" onClick=${onBack}>${t('gate.back')}<//></div>`;
}
