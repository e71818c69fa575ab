import { get, getItems, put, remove } from '../../shared/api.js';
import { clockOf, dateOf, nowMillis, plusDays, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { freeIn } from '../../shared/outing.js';
import { ParcelPhotos } from '../../shared/parcel-photos.js';
import { isWaiting, momentWords, parcelName, ParcelTag, slotWords } from '../../shared/parcels.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, say, Segments, Sheet, TextField, useLoad, useMinute, useState } from '../../shared/ui.js';

const SHOWN_PAST = 20;
const DAYS_AHEAD = [0, 1];

const load = () => Promise.all([get('/parcels', { limit: 100 }).then(answer => answer.data.items), getItems('/household/collectors')]);

/** What waits at one gate belongs together: one booking, one code. */
function heaps(parcels) {
  const found = [];
  parcels.filter(isWaiting).forEach(parcel => {
    let heap = found.find(one => one.gate.id === parcel.gate.id);
    if (!heap) {
      heap = { gate: parcel.gate, parcels: [], slot: null };
      found.push(heap);
    }
    heap.parcels.push(parcel);
    heap.slot = heap.slot || parcel.slot || null;
  });
  return found;
}

/** What waits on top with its code one tap away, then who else may collect, then what was. */
export default function ParcelsPage({ me }) {
  const loading = useLoad(load, [me.id]);
  const [booking, setBooking] = useState(null);
  const [showing, setShowing] = useState(null);
  const [naming, setNaming] = useState(false);
  const [looking, setLooking] = useState(null);
  useMinute();
  const close = changed => {
    setBooking(null);
    setShowing(null);
    setNaming(false);
    setLooking(null);
    if (changed) loading.reload();
  };
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('myParcels.title')}<//></div>
    <${Loaded} of=${loading}>${([parcels, collectors]) => {
      const waiting = heaps(parcels);
      const past = parcels.filter(parcel => !isWaiting(parcel)).slice(0, SHOWN_PAST);
      return html`${waiting.map(heap => html`<${Heap} key=${heap.gate.id} heap=${heap} onBook=${() => setBooking(heap)} onShow=${() => setShowing(heap)} onLook=${setLooking}
          onChanged=${loading.reload} />`)}
        ${waiting.length === 0 && html`<${Empty} title=${t('myParcels.none')}><p>${t('myParcels.none.advice')}</p><//>`}
        <${Collectors} collectors=${collectors} onName=${() => setNaming(true)} onChanged=${loading.reload} />
        ${past.length > 0 && html`<section class="card"><h2>${t('myParcels.past')}</h2><ul class="lines" data-testid="past-parcels">${past.map(parcel => html`
          <li key=${parcel.id}><${ParcelLine} parcel=${parcel} at=${parcel.endedAt || parcel.registeredAt} tag=${true} onLook=${setLooking} /></li>`)}</ul></section>`}`;
    }}<//>
    ${booking && html`<${BookSheet} heap=${booking} onClose=${close} />`}
    ${showing && html`<${CodeSheet} heap=${showing} onClose=${close} />`}
    ${naming && html`<${NameSheet} onClose=${close} />`}
    ${looking && html`<${ParcelSheet} id=${looking} onClose=${() => close(false)} />`}
  </main>`;
}

function ParcelLine({ parcel, at, tag, onLook }) {
  return html`<button type="button" class="line line-btn" onClick=${() => onLook(parcel.id)} data-testid=${'parcel-' + parcel.trackingTail}>
    <span class="line-name">${parcelName(parcel)}<span class="soft small block">${momentWords(at)}</span></span>
    <span class="line-end">${tag && html`<${ParcelTag} parcel=${parcel} />`}</span></button>`;
}

/** What happened to one, and its pictures. */
function ParcelSheet({ id, onClose }) {
  const loading = useLoad(() => get('/parcels/' + id).then(answer => answer.data), [id]);
  return html`<${Sheet} title=${t('parcel.title')} onClose=${onClose} testid="parcel-sheet"><${Loaded} of=${loading}>${parcel => html`
    <div class="row spread"><h3>${parcelName(parcel)}</h3><${ParcelTag} parcel=${parcel} /></div><p class="soft">${parcel.gate.name}</p>
    ${parcel.brought && html`<p class="notice good">${t('parcel.brought')}</p>`}
    <${ParcelPhotos} parcel=${parcel} />
    <h3>${t('parcel.trail')}</h3><ol class="lines" data-testid="trail">${parcel.events.map((event, index) => html`<li key=${index}><div class="line">
      <span class="line-name">${t('parcel.event.' + event.event)}${event.note && event.event !== 'BOOK' && html`<span class="soft"> ${event.note}</span>`}</span>
      <span class="line-end num small">${momentWords(event.at)}</span></div></li>`)}</ol>`}<//><//>`;
}

function Heap({ heap, onBook, onShow, onLook, onChanged }) {
  const [error, setError] = useState(null);
  const brought = heap.parcels.every(parcel => parcel.brought);
  const urgent = heap.parcels.some(parcel => parcel.perishable && !parcel.brought);
  const cancel = async () => {
    try {
      await remove('/parcels/' + heap.parcels[0].id + '/booking');
      say(t('myParcels.cancelled'));
      onChanged();
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<section class="card" data-testid=${'heap-' + heap.gate.name}>
    <div class="row spread"><h2>${heap.gate.name} <span class="soft num">${t('myParcels.count', { count: heap.parcels.length })}</span></h2></div>
    ${urgent && html`<p class="notice bad" data-testid="urgent"><span class="strong">${t('myParcels.urgent')}</span></p>`}
    <ul class="lines">${heap.parcels.map(parcel => html`<li key=${parcel.id}>
      <${ParcelLine} parcel=${parcel} at=${parcel.registeredAt} tag=${parcel.returnDue || parcel.brought} onLook=${onLook} /></li>`)}</ul>
    ${error && html`<${Failure} error=${error} />`}
    ${brought && html`<p class="notice good" data-testid="brought">${t('parcel.brought')}</p>`}
    ${heap.slot && html`<p class="pass-time num" data-testid="booked">${slotWords(heap.slot)}</p><p class="soft">${t('myParcels.walk')}</p>`}
    ${brought ? html`<button type="button" class="link-btn" onClick=${onShow} data-testid="show-code">${t('myParcels.show')}</button>`
      : html`<div class="column gap"><${Button} onClick=${onShow} extra="big" testid="show-code">${t('myParcels.show')}<//>
      <${Button} kind="default" onClick=${onBook} testid="book">${t(heap.slot ? 'myParcels.rebook' : 'myParcels.book')}<//></div>`}
    ${heap.slot && html`<button type="button" class="link-btn" onClick=${cancel} data-testid="cancel-booking">${t('myParcels.cancel')}</button>`}
  </section>`;
}

function BookSheet({ heap, onClose }) {
  const [date, setDate] = useState(today());
  const [busy, setBusy] = useState(null);
  const [error, setError] = useState(null);
  const slots = useLoad(() => get('/pickup-slots', { gateId: heap.gate.id, date }).then(answer => answer.data.items), [date]);
  const book = async slot => {
    setBusy(slot.id);
    setError(null);
    try {
      await put('/parcels/' + heap.parcels[0].id + '/booking', { slotId: slot.id });
      say(t('myParcels.booked'));
      onClose(true);
    } catch (refused) {
      setError(refused);
      setBusy(null);
      slots.reload();
    }
  };
  return html`<${Sheet} title=${t('myParcels.book')} onClose=${() => onClose(false)} testid="book-sheet">
    ${error && html`<${Failure} error=${error} testid="book-refused" />`}<p class="soft">${t('myParcels.book.what', { count: heap.parcels.length })}</p>
    <${Segments} label=${t('ask.day')} testid="book-day" chosen=${date} onChoose=${setDate}
      items=${DAYS_AHEAD.map(days => plusDays(today(), days)).map(day => ({ id: day, text: day === today() ? t('pass.today') : dateWords(day) }))} />
    <${Loaded} of=${slots}>${all => {
      const open = all.filter(slot => Date.parse(slot.endsAt) > nowMillis());
      return open.length ? html`<ul class="slots after" data-testid="slots">${open.map(slot => html`<li key=${slot.id}><button type="button"
        class=${'slot' + (freeIn(slot) === 0 ? ' full' : '')} disabled=${freeIn(slot) === 0 || busy !== null} onClick=${() => book(slot)}
        data-testid=${'slot-' + clockOf(slot.startsAt)}><span class="num strong">${clockOf(slot.startsAt)}</span>
        <span class="small">${freeIn(slot) === 0 ? t('slot.full') : t('slot.free', { count: freeIn(slot) })}</span></button></li>`)}</ul>`
        : html`<${Empty} title=${t('myParcels.noSlots')} />`;
    }}<//><//>`;
}

function CodeSheet({ heap, onClose }) {
  const loading = useLoad(() => get('/parcels/' + heap.parcels[0].id + '/pickup-code').then(answer => answer.data), [heap.gate.id]);
  return html`<${Sheet} title=${t('myParcels.code')} onClose=${() => onClose(true)} testid="code-sheet"><${Loaded} of=${loading}>${code => html`
    <div class="code"><img class="code-picture" src=${code.qr} alt=${t('code.picture')} width="600" height="600" data-testid="qr" />
      <p class="code-typed num" data-testid="pickup-code">${code.code}</p></div>
    <p class="center strong">${heap.gate.name} · ${t('myParcels.count', { count: heap.parcels.length })}</p>
    ${heap.slot && html`<p class="center num">${slotWords(heap.slot)}</p>`}<p class="soft">${t('myParcels.code.what')}</p>`}<//><//>`;
}

/** The midnight at which it ends belongs to the day before. */
const lastDay = collector => plusDays(dateOf(collector.validUntil), -1);

/** Those whom the household named, each with a code to be passed on. */
function Collectors({ collectors, onName, onChanged }) {
  const [error, setError] = useState(null);
  const [open, setOpen] = useState(null);
  const withdraw = async id => {
    setError(null);
    try {
      await remove('/household/collectors/' + id);
      onChanged();
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<section class="card"><h2>${t('collectors.title')}</h2><p class="soft">${t('collectors.what')}</p>${error && html`<${Failure} error=${error} />`}
    <ul class="lines" data-testid="collectors">${collectors.map(each => html`<li key=${each.id}><div class="line"><span class="line-name">
      <span class="strong">${each.name}</span><span class="soft small block">${t('collectors.until', { date: dateWords(lastDay(each)) })}</span></span>
      <span class="line-end"><button type="button" class="link-btn" onClick=${() => setOpen(open === each.id ? null : each.id)}
        data-testid=${'collector-code-' + each.name}>${t('collectors.code')}</button>
        <button type="button" class="link-btn" onClick=${() => withdraw(each.id)} data-testid=${'withdraw-' + each.name}>${t('collectors.withdraw')}</button></span></div>
      ${open === each.id && html`<div class="code"><img class="code-picture" src=${each.qr} alt=${t('code.picture')} width="600" height="600" />
        <p class="code-typed num">${each.code}</p></div>`}</li>`)}</ul>
    <${Button} kind="default" onClick=${onName} testid="name-collector">${t('collectors.name')}<//></section>`;
}

function NameSheet({ onClose }) {
  const [name, setName] = useState('');
  const [days, setDays] = useState('1');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const sendOnce = useOnce();
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      await sendOnce('/household/collectors', { name: name.trim(), days: Number(days) });
      onClose(true);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return html`<${Sheet} title=${t('collectors.name')} onClose=${() => onClose(false)} testid="name-sheet"
    foot=${html`<${Button} busy=${busy} disabled=${!name.trim()} onClick=${send} testid="name-send">${t('collectors.name')}<//>`}>
    ${error && html`<${Failure} error=${error} testid="name-refused" />`}
    <${TextField} id="collector-name" label=${t('collectors.who')} hint=${t('collectors.who.hint')} value=${name} maxLength=${40} onValue=${setName} />
    <p class="label after">${t('collectors.days')}</p><${Segments} label=${t('collectors.days')} testid="days" chosen=${days} onChoose=${setDays}
      items=${['1', '3', '7'].map(id => ({ id, text: t('collectors.day', { count: id }) }))} /><//>`;
}
