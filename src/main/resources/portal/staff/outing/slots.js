import { get, put } from '../../shared/api.js';
import { clockOf, plusDays, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { byGate, freeIn } from '../../shared/outing.js';
import { Button, Empty, Failure, html, Icon, Loaded, PageTitle, say, Segments, Sheet, TextField, useLoad, useState } from '../../shared/ui.js';

const DAYS = [0, 1, 2];

/** The slots of a day at every gate: how full they are, and how many places a gate has on that day. */
export default function SlotsPage() {
  const [date, setDate] = useState(today());
  const [changing, setChanging] = useState(null);
  const loading = useLoad(() => get('/outing-slots', { date }).then(answer => answer.data.items), [date]);
  const close = changed => {
    setChanging(null);
    if (changed) {
      say(t('slots.changed'));
      loading.reload();
    }
  };
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/passes" data-testid="back"><${Icon} name="back" />${t('passes.title')}</a>
    <div class="page-head"><${PageTitle}>${t('slots.title')}<//></div>
    <div class="choices"><${Segments} label=${t('ask.day')} testid="slots-day" chosen=${date} onChoose=${setDate}
      items=${DAYS.map(days => plusDays(today(), days)).map(day => ({ id: day, text: day === today() ? t('pass.today') : dateWords(day) }))} /></div>
    <${Loaded} of=${loading}>${slots => (slots.length ? html`<div data-testid="main-gates">${byGate(slots).map(place => html`<${GateDay} key=${place.gate.id} place=${place}
      onChange=${() => setChanging(place)} />`)}</div>` : html`<${Empty} title=${t('slots.none')} />`)}<//>
    ${changing && html`<${DaySheet} place=${changing} date=${date} onClose=${close} />`}
  </main>`;
}

function GateDay({ place, onChange }) {
  const taken = place.slots.reduce((sum, slot) => sum + slot.taken, 0);
  const capacity = place.slots.reduce((sum, slot) => sum + slot.capacity, 0);
  return html`<section class="card" data-testid=${'gate-' + place.gate.id}>
    <div class="row spread"><h2>${place.gate.name} <span class="soft num">${capacity === 0 ? t('slots.closed') : t('slots.count', { taken, capacity })}</span></h2>
      <${Button} kind="default" extra="inline" onClick=${onChange} testid=${'change-' + place.gate.id}>${t('slots.change')}<//></div>
    <ul class="slots after">${place.slots.map(slot => html`<li key=${slot.id} class=${'slot' + (freeIn(slot) === 0 ? ' full' : '')}>
      <span class="num strong">${clockOf(slot.startsAt)}</span><span class="small num">${slot.taken} / ${slot.capacity}</span></li>`)}</ul>
  </section>`;
}

function DaySheet({ place, date, onClose }) {
  const [capacity, setCapacity] = useState(String(place.slots[0].capacity));
  const [reason, setReason] = useState('');
  const [error, setError] = useState(null);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState('');
  const save = async body => {
    if (body.capacity === 0 && !reason.trim()) {
      setFault(t('slots.reason.needed'));
      document.getElementById('day-reason').focus();
      return;
    }
    setSaving(true);
    setError(null);
    try {
      await put('/gates/' + encodeURIComponent(place.gate.id) + '/outing-days/' + date, Object.assign(body, reason.trim() ? { reason: reason.trim() } : {}));
      onClose(true);
    } catch (refused) {
      setError(refused);
      setSaving(false);
    }
  };
  const number = /^\d{1,5}$/.test(capacity.trim()) ? Number(capacity.trim()) : null;
  return html`<${Sheet} title=${place.gate.name + t('common.space') + dateWords(date)} onClose=${() => onClose(false)} testid="day-sheet"
    foot=${html`<${Button} busy=${saving} disabled=${number === null} onClick=${() => save({ capacity: number })} testid="day-save">${t('slots.save')}<//>`}>
    ${error && html`<${Failure} error=${error} />`}
    <${TextField} id="day-capacity" label=${t('slots.capacity')} hint=${t('slots.capacity.hint')} inputMode="numeric" value=${capacity} maxLength=${5}
      onValue=${setCapacity} />
    <${TextField} id="day-reason" label=${t('slots.reason')} value=${reason} maxLength=${200} fault=${fault}
      onValue=${text => { setReason(text); setFault(''); }} />
    <div class="btns"><${Button} kind="danger" disabled=${saving} onClick=${() => save({ capacity: 0 })} testid="day-close">${t('slots.close')}<//>
      <${Button} kind="default" disabled=${saving} onClick=${() => save({})} testid="day-policy">${t('slots.asPolicy')}<//></div><//>`;
}
