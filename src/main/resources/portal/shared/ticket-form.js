/* Writing a ticket: what for, about what, then as little as it takes. The household writes its own, staff write down a call. */
import { get, Problem } from './api.js';
import { nowMillis } from './clock.js';
import { t } from './i18n.js';
import { PhotoPicker } from './photos.js';
import { readPreference, writePreference } from './preferences.js';
import { hand } from './sending.js';
import { currentMe, may } from './session.js';
import { instantOf, loadCategories, localOf, momentWords, placeWords, TICKET_KINDS, TicketTag, URGENCIES, useCategoryNames, Words } from './ticket.js';
import { Button, Failure, html, Icon, Loaded, Segments, SentLater, Sheet, showFirstFault, TextField, useEffect, useLoad, useState } from './ui.js';

const SHARED_PLACES = ['LIFT_TRAPPED', 'LIGHTING', 'DOORS', 'LIFT', 'PUBLIC_PIPES', 'FACILITIES', 'ROADS'];
const SPOTS = { HOME: [0, 1, 2, 3, 4], PUBLIC: [0, 1, 2, 3, 4] };
const FIND_FROM = 10;

/** Four tiles. */
export function KindTiles({ onChoose }) {
  return html`<div class="tiles" data-testid="kinds">${TICKET_KINDS.map(([kind, icon]) => html`<button type="button" class="tile" key=${kind}
    onClick=${() => onChoose(kind)} data-testid=${'kind-' + kind}><${Icon} name=${icon} /><span class="strong">${t('ticket.kind.' + kind)}</span>
    <span class="small soft">${t('ticket.kind.what.' + kind)}</span></button>`)}</div>`;
}

/** The categories of a kind as tiles, emergencies on top in red; a word narrows them. */
export function CategoryTiles({ kind, onChoose }) {
  const loading = useLoad(loadCategories, []);
  const [words, setWords] = useState('');
  return html`<${Loaded} of=${loading}>${all => {
    const items = all.filter(item => item.kind === kind);
    const found = items.filter(item => item.name.toLowerCase().includes(words.trim().toLowerCase()));
    return html`${items.length > FIND_FROM && html`<${TextField} id="category-words" label=${t('ticket.find')} value=${words} maxLength=${20} onValue=${setWords} />`}
      <div class="tiles" data-testid="categories">${found.map(item => html`<button type="button" key=${item.code}
        class=${'tile' + (item.levels.normal === 'EMERGENCY' ? ' urgent' : '')} onClick=${() => onChoose(item)} data-testid=${'category-' + item.code}>
        <span class="strong">${item.name}</span></button>`)}</div>
      ${!found.length && html`<p class="notice">${t('ticket.find.none')}</p>`}`;
  }}<//>`;
}

const draftName = () => 'ticketDraft.' + currentMe().id;

function readDraft() {
  try {
    return JSON.parse(readPreference(draftName(), '{}'));
  } catch (damaged) {
    return {};
  }
}

/* What is written down for a caller is not kept: it would stand in the next caller's ticket. */
const isOwn = ({ householdId, calling }) => !householdId && !calling;

/** Begins as this kind of thing usually is; what one wrote oneself before the page was closed is still there. */
function beginning(category, building, own) {
  const shared = SHARED_PLACES.includes(category.code) || category.kind !== 'REPAIR';
  // A building that nobody wrote would tell where an anonymous complaint comes from.
  const fresh = { area: shared ? 'PUBLIC' : 'HOME', text: '', building: category.kind === 'COMPLAINT' ? '' : building, description: '', anonymous: false, contactAt: '',
    urgency: category.levels.normal === 'EMERGENCY' ? 'EMERGENCY' : 'NORMAL' };
  const draft = own ? readDraft() : {};
  return draft.category === category.code ? Object.assign(fresh, draft.form) : fresh;
}

/* Staff who may not look up homes write the building and the room down. */
const asksBuilding = (form, calling) => form.area === 'PUBLIC' || calling;

const placeless = kind => kind === 'ENQUIRY' || kind === 'SUGGESTION';

function bodyOf(category, form, { householdId, calling }) {
  const place = placeless(category.kind) ? { area: 'PUBLIC', text: form.text.trim() || t('ticket.place.none') }
    : { area: form.area, text: form.text.trim() || t('ticket.place.default.' + form.area) };
  if (asksBuilding(form, calling) && !placeless(category.kind) && form.building.trim()) place.building = form.building.trim();
  const body = { kind: category.kind, category: category.code, place, description: form.description.trim(), urgency: form.urgency };
  if (category.kind === 'COMPLAINT' && form.anonymous) body.anonymous = true;
  if (form.contactAt && form.area === 'HOME') body.contactAt = instantOf(form.contactAt);
  if (householdId) body.householdId = householdId;
  return body;
}

/**
 * @param {{category: object, building: string, householdId?: string, calling?: boolean, onDone: function({sent?: object, waiting: boolean}),
 *   onFollowed?: function()}} props calling: staff write down a call, and the home was not looked up
 */
export function TicketForm(props) {
  const { category, building, calling, onDone, onFollowed } = props;
  const [form, setForm] = useState(() => beginning(category, building || '', isOwn(props)));
  const [photos, setPhotos] = useState([]);
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const [nearby, setNearby] = useState(null);
  const fault = pointer => (error instanceof Problem ? error.at(pointer) : '');
  const set = name => value => setForm(before => Object.assign({}, before, { [name]: value }));
  useEffect(() => { if (isOwn(props) && (form.description || form.text)) writePreference(draftName(), JSON.stringify({ category: category.code, form })); }, [form]);
  const send = async () => {
    setSending(true);
    setError(null);
    try {
      const outcome = await hand('new', [{ path: '/tickets', body: bodyOf(category, form, props) }]
        .concat(photos.map(photo => ({ path: '/tickets/{id}/photos', photo }))), { kind: 'ticket', category: category.code, description: form.description.trim() });
      if (isOwn(props)) writePreference(draftName(), null);
      onDone(outcome);
    } catch (refused) {
      setNearby(null);
      setError(refused);
      setSending(false);
      showFirstFault();
    }
  };
  /* Nobody waits for a list of others' tickets: where it does not come at once, the ticket goes without it. */
  const look = async () => {
    const place = bodyOf(category, form, props).place;
    if (category.kind !== 'REPAIR' || place.area !== 'PUBLIC') return send();
    setSending(true);
    const others = await get('/public-tickets/nearby', { category: category.code, building: place.building, place: place.text })
      .then(answer => answer.data.items.filter(item => !item.own), () => []);
    setSending(false);
    return others.length ? setNearby(others) : send();
  };
  const submit = event => { event.preventDefault(); look(); };
  return html`<form class="ticket-form" onSubmit=${submit} data-testid="ticket-form">
    <${SentLater} />
    ${error && html`<${Failure} error=${error} testid="ticket-refused" atFields=${['/description', '/place/text', '/place/building', '/contactAt']} />`}
    <section class="card"><${Words} id="ticket-description" label=${t('ticket.description.' + category.kind)} hint=${t('ticket.description.hint')} value=${form.description}
      maxLength=${1000} fault=${fault('/description')} onValue=${set('description')} />
      ${may('addTicketPhoto') && html`<p class="label">${t('photo.label')}</p><${PhotoPicker} id="ticket-photo" photos=${photos} onPhotos=${setPhotos} />`}</section>
    ${!placeless(category.kind) && html`<${PlaceCard} form=${form} set=${set} fault=${fault} calling=${calling} />`}
    <section class="card">
      ${category.kind === 'REPAIR' && html`<p class="label">${t('ticket.urgency')}</p>
        <${Segments} label=${t('ticket.urgency')} testid="urgency" chosen=${form.urgency} onChoose=${set('urgency')}
          items=${URGENCIES.map(id => ({ id, text: t('ticket.urgency.' + id) }))} />
        ${form.urgency === 'EMERGENCY' && html`<p class="notice warn after">${t('ticket.urgency.danger')}</p>`}`}
      ${category.kind === 'COMPLAINT' && html`<label class="check"><input type="checkbox" checked=${form.anonymous} data-testid="anonymous"
        onChange=${event => set('anonymous')(event.target.checked)} /><span class="strong">${t('ticket.anonymous')}</span></label>
        <p class="hint">${t('ticket.anonymous.what')}</p>`}
      ${form.area === 'HOME' && !placeless(category.kind) && html`<div class="after"><${TextField} id="ticket-contact" type="datetime-local" label=${t('ticket.contactAt')}
        hint=${t('ticket.contactAt.hint')} value=${form.contactAt} fault=${fault('/contactAt')} onValue=${set('contactAt')} />
        <div class="chips">${[2, 5, 24].map(hours => html`<button type="button" class="chip" key=${hours}
          onClick=${() => set('contactAt')(localOf(nowMillis() + hours * 3600000).slice(0, 13) + ':00')}>${t('ticket.contactAt.in.' + hours)}</button>`)}</div></div>`}
      <div class="after"><${Button} type="submit" busy=${sending} disabled=${!form.description.trim()} testid="ticket-send">${t(sending ? 'common.sending' : 'ticket.send')}<//></div>
    </section>
    ${nearby && html`<${Nearby} items=${nearby} busy=${sending} onClose=${() => setNearby(null)} onSend=${send} onFollowed=${onFollowed} />`}
  </form>`;
}

function PlaceCard({ form, set, fault, calling }) {
  return html`<section class="card"><p class="label">${t('ticket.place')}</p>
    <${Segments} label=${t('ticket.place')} testid="area" chosen=${form.area} onChoose=${set('area')}
      items=${['HOME', 'PUBLIC'].map(id => ({ id, text: t('ticket.area.' + id) }))} />
    <div class="chips after">${SPOTS[form.area].map(number => t('ticket.spot.' + form.area + '.' + number)).map(spot => html`
      <button type="button" class="chip" key=${spot} aria-pressed=${form.text === spot ? 'true' : 'false'} onClick=${() => set('text')(spot)}>${spot}</button>`)}</div>
    <div class="after">
      ${asksBuilding(form, calling) && html`<${TextField} id="ticket-building" label=${t('ticket.place.building.label')} inputMode="numeric" value=${form.building} maxLength=${20}
        fault=${fault('/place/building')} onValue=${set('building')} />`}
      <${TextField} id="ticket-place" label=${t(calling && form.area === 'HOME' ? 'ticket.place.room' : 'ticket.place.text')} value=${form.text} maxLength=${100} fault=${fault('/place/text')} onValue=${set('text')} />
    </div></section>`;
}

/** Others said it already: one tap follows it, and the same thing is not worked twice. */
function Nearby({ items, busy, onClose, onSend, onFollowed }) {
  const nameOf = useCategoryNames();
  return html`<${Sheet} title=${t('ticket.nearby')} onClose=${onClose} testid="nearby-sheet"
    foot=${html`<${Button} kind="default" busy=${busy} onClick=${onSend} testid="nearby-send">${t('ticket.nearby.send')}<//>`}>
    <p class="soft">${t('ticket.nearby.what')}</p>
    ${items.map(item => html`<section class="card" key=${item.id}><div class="row spread"><h3>${nameOf(item.category)}</h3><${TicketTag} state=${item.state} /></div>
      <p>${placeWords(item.place)}</p><p class="soft small">${t('ticket.public.since', { moment: momentWords(item.submittedAt), count: item.followers })}</p>
      ${onFollowed && html`<div class="after"><${Button} onClick=${() => onFollowed(item)} testid=${'nearby-follow-' + item.id}>${t('ticket.follow')}<//></div>`}</section>`)}<//>`;
}
