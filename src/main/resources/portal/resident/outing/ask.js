import { get } from '../../shared/api.js';
import { clockOf, dateOf, nowMillis, plusDays, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { backWords, byGate, freeIn, KINDS, leaveWords } from '../../shared/outing.js';
import { Button, Failure, html, Loaded, say, Segments, Sheet, TextField, useEffect, useLoad, useState } from '../../shared/ui.js';

const DAYS = [0, 1, 2];
const WITH_DOCUMENT = ['WORK', 'ESSENTIAL_WORKER', 'VEHICLE'];

const isOver = slot => Date.parse(slot.endsAt) <= nowMillis();

/** The slot of last time at the same gate and hour, else the next with a place. */
function asLastTime(slots, last) {
  const free = slots.filter(slot => !isOver(slot) && freeIn(slot) > 0);
  return (last && free.find(slot => slot.gate.id === last.gate.id && clockOf(slot.startsAt) === clockOf(last.validFrom)))
    || (last && free.find(slot => slot.gate.id === last.gate.id)) || free[0] || null;
}

/**
 * Asks for a pass: opened as last time, so that the second tap sends.
 * @param {{me: object, members: object[], last: object|null, onClose: function(boolean)}} props
 */
export function AskSheet({ me, members, last, onClose }) {
  const [kind, setKind] = useState('SUPPLIES');
  const [who, setWho] = useState(last && members.some(member => member.id === last.residentId) ? last.residentId : me.resident.id);
  const [date, setDate] = useState(today());
  const [slotId, setSlotId] = useState(null);
  const [words, setWords] = useState({ purpose: '', document: '', vehiclePlate: '' });
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const [done, setDone] = useState(null);
  const sendOnce = useOnce();
  const slots = useLoad(() => get('/outing-slots', { date }).then(answer => answer.data.items), [date]);
  const needsSlot = kind === 'SUPPLIES';
  useEffect(() => {
    if (!slots.data) return;
    const chosen = needsSlot ? asLastTime(slots.data, last) : null;
    setSlotId(chosen ? chosen.id : null);
  }, [slots.data, needsSlot]);
  const change = action => value => {
    setError(null);
    action(value);
  };
  const write = name => change(value => setWords(before => Object.assign({}, before, { [name]: value })));
  const send = async () => {
    setSending(true);
    setError(null);
    try {
      const written = Object.fromEntries(Object.entries(words).map(([name, text]) => [name, text.trim()]).filter(([name, text]) => text
        && (name === 'purpose' || WITH_DOCUMENT.includes(kind) && (name !== 'vehiclePlate' || kind === 'VEHICLE'))));
      const body = Object.assign({ residentId: who, kind }, slotId ? { slotId } : {}, written);
      setDone((await sendOnce('/outing-passes', body)).data);
    } catch (refused) {
      setError(refused);
      if (['slot-full', 'slot-past'].includes(refused.slug)) slots.reload();
    } finally {
      setSending(false);
    }
  };
  if (done) return html`<${Outcome} pass=${done} onClose=${() => onClose(true)} />`;
  const slot = slots.data && slots.data.find(one => one.id === slotId);
  const full = needsSlot && slot && freeIn(slot) === 0;
  const wait = async () => {
    setSending(true);
    setError(null);
    try {
      await sendOnce('/outing-slots/' + encodeURIComponent(slotId) + '/waiting', { residentId: who });
      say(t('place.joined'));
      onClose(true);
    } catch (refused) {
      setError(refused);
      setSending(false);
    }
  };
  const plateMissing = kind === 'VEHICLE' && !words.vehiclePlate.trim();
  const foot = full ? html`<${Button} onClick=${wait} busy=${sending} testid="ask-wait">${t('place.join')}<//>`
    : html`<${Button} onClick=${send} busy=${sending} disabled=${(needsSlot && !slotId) || plateMissing} testid="ask-send">
      ${t(sending ? 'common.sending' : 'ask.send')}<//>`;
  return html`<${Sheet} title=${t('outing.ask')} onClose=${() => onClose(false)} foot=${foot} testid="ask-sheet">
    ${error && html`<${Refusal} error=${error} />`}
    <section class="card"><label class="label" for="ask-who">${t('ask.who')}</label>
      <select class="input" id="ask-who" value=${who} onChange=${event => change(setWho)(event.target.value)} data-testid="ask-who">
        ${members.map(member => html`<option key=${member.id} value=${member.id} selected=${member.id === who}>${member.name}</option>`)}</select>
      <p class="label after">${t('ask.kind')}</p>
      <${Segments} label=${t('ask.kind')} testid="ask-kind" chosen=${kind} onChoose=${change(setKind)}
        items=${KINDS.map(id => ({ id, text: t('pass.kind.' + id) }))} />
      <p class="hint">${t('ask.hint.' + kind)}</p></section>
    ${needsSlot && html`<section class="card"><p class="label">${t('ask.when')}</p>
      <${Segments} label=${t('ask.day')} testid="ask-day" chosen=${date} onChoose=${change(setDate)}
        items=${DAYS.map(days => plusDays(today(), days)).map(day => ({ id: day, text: day === today() ? t('pass.today') : dateWords(day) }))} />
      <${Loaded} of=${slots}>${items => html`<${SlotPicker} slots=${items} chosen=${slotId} onChoose=${change(setSlotId)} />`}<//></section>`}
    <section class="card">
      ${kind === 'VEHICLE' && html`<${TextField} id="ask-plate" label=${t('ask.plate')} value=${words.vehiclePlate} maxLength=${20} onValue=${write('vehiclePlate')} />`}
      ${WITH_DOCUMENT.includes(kind) && html`<${TextField} id="ask-document" label=${t('ask.document')} hint=${t('ask.document.hint')}
        value=${words.document} maxLength=${100} onValue=${write('document')} />`}
      <${TextField} id="ask-purpose" label=${t('ask.purpose')} value=${words.purpose} maxLength=${200} onValue=${write('purpose')} /></section>
  <//>`;
}

/** What the rule says, when it will be possible, and the way there. */
function Refusal({ error }) {
  const from = error.body && error.body.possibleFrom;
  const soon = from && Date.parse(from) - nowMillis() < 400 * 24 * 3600 * 1000;
  return html`<${Failure} error=${error} testid="ask-refused" />
    ${soon && html`<p class="notice warn" data-testid="possible-from">${t('ask.possibleFrom', { date: dateWords(dateOf(from)), clock: clockOf(from) === '00:00' ? '' : clockOf(from) })}</p>`}
    ${error.slug === 'report-missing' && html`<div class="after"><a class="weui-btn btn weui-btn_default" href="#/today"
      data-testid="to-report">${t('ask.toReport')}</a></div>`}`;
}

function SlotPicker({ slots, chosen, onChoose }) {
  const gates = byGate(slots.filter(slot => !isOver(slot)));
  const found = slots.find(slot => slot.id === chosen);
  const [gateId, setGateId] = useState(null);
  if (gates.length === 0) return html`<p class="notice warn">${t('ask.noSlots')}</p>`;
  const gate = gates.find(one => one.gate.id === (gateId || (found && found.gate.id))) || gates[0];
  return html`${gates.length > 1 && html`<div class="after"><${Segments} label=${t('ask.gate')} testid="ask-gate" chosen=${gate.gate.id}
      onChoose=${setGateId} items=${gates.map(one => ({ id: one.gate.id, text: one.gate.name }))} /></div>`}
    ${gate.slots.every(slot => slot.capacity === 0) ? html`<p class="notice warn">${t('ask.closed')}</p>`
      : html`<div class="slots" role="group" aria-label=${t('ask.slots', { gate: gate.gate.name })} data-testid="slots">${gate.slots.map(slot => html`
        <button type="button" key=${slot.id} class=${'slot' + (freeIn(slot) === 0 ? ' full' : '')} aria-pressed=${slot.id === chosen ? 'true' : 'false'} disabled=${slot.capacity === 0}
          onClick=${() => onChoose(slot.id)} data-testid=${'slot-' + clockOf(slot.startsAt)}>
          <span class="num strong">${clockOf(slot.startsAt)}</span>
          <span class="small">${freeIn(slot) === 0 ? t('ask.full') : t('ask.free', { count: freeIn(slot) })}</span></button>`)}</div>`}`;
}

function Outcome({ pass, onClose }) {
  const approved = pass.state === 'APPROVED';
  return html`<${Sheet} title=${t(approved ? 'ask.approved' : 'ask.pending')} onClose=${onClose} testid="ask-done"
    foot=${approved ? html`<a class="weui-btn btn weui-btn_primary" href=${'#/pass/' + encodeURIComponent(pass.id)} data-testid="ask-show">
      ${t('outing.show')}</a>` : html`<${Button} onClick=${onClose} testid="ask-close">${t('common.done')}<//>`}>
    <div class=${'notice ' + (approved ? 'good' : '')} role="status"><h2>${pass.residentName}${t('common.dot')}${t('pass.kind.' + pass.kind)}</h2>
      <p class="strong">${leaveWords(pass)}</p><p>${backWords(pass)}${pass.gate && t('common.dot') + pass.gate.name}</p>
      ${!approved && html`<p>${t('ask.pending.what')}</p>`}</div><//>`;
}
