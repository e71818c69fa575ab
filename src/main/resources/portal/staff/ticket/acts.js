/* What staff do with a ticket. Every act is kept on the device until the server has answered, so that none is lost in a cellar. */
import { getItems } from '../../shared/api.js';
import { nowMillis } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { PhotoPicker } from '../../shared/photos.js';
import { hand } from '../../shared/sending.js';
import { may } from '../../shared/session.js';
import { instantOf, localOf, Words } from '../../shared/ticket.js';
import { Button, Failure, html, Loaded, say, SentLater, Sheet, TextField, useEffect, useLoad, useRef, useState } from '../../shared/ui.js';

/* As one works down a ticket; the first that is possible is the big one. */
export const ACTS = ['CONSENT', 'ACCEPT', 'ASSIGN', 'ARRIVE', 'RESUME', 'FINISH', 'PAUSE', 'MERGE', 'REOPEN', 'FOLLOW_UP', 'CANCEL'];
export const KEYS = { c: 'ACCEPT', a: 'ASSIGN', v: 'ARRIVE', f: 'FINISH', p: 'PAUSE', r: 'RESUME', m: 'MERGE', o: 'CONSENT', u: 'FOLLOW_UP', x: 'CANCEL' };
const AT_ONCE = ['ARRIVE', 'RESUME'];
const NOTE_WANTED = ['PAUSE', 'FINISH', 'REOPEN', 'FOLLOW_UP', 'CANCEL'];
const SUGGESTIONS = { PAUSE: 4, FINISH: 3, FOLLOW_UP: 3, CANCEL: 2 };

export const needsSheet = (ticket, event) => !(AT_ONCE.includes(event) || (event === 'ACCEPT' && ticket.level !== 'OTHER_REPAIR'));

/** Where there is no line the trail would show when it was sent, not when it was done: the note says that. */
function withTime(body) {
  if (navigator.onLine !== false) return body;
  const done = t('jobs.doneAt', { clock: localOf(nowMillis()).slice(11) });
  return Object.assign({}, body, { note: [body.note, done].filter(Boolean).join(t('common.semicolon')) });
}

/**
 * Does it, or keeps it until there is a line.
 * @returns {Promise<object|null>} the ticket after it, or null while it waits
 */
export async function act(ticket, body, photos) {
  const path = '/tickets/' + encodeURIComponent(ticket.id);
  const outcome = await hand('ticket/' + ticket.id, [{ path: path + '/events', body: withTime(body) }]
    .concat((photos || []).map(photo => ({ path: path + '/photos', photo }))), { kind: 'act', ticketId: ticket.id, event: body.event, number: ticket.number, at: nowMillis() });
  say(t(outcome.sent ? 'ticket.acted.' + body.event : 'jobs.kept', { number: ticket.number }));
  return outcome.sent || null;
}

/** Asks for what an act wants. onDone(ticket or null while it waits) */
export function ActSheet({ ticket, event, onClose, onDone }) {
  const [form, setForm] = useState({ note: '', until: '', mergeInto: '', assigneeId: '' });
  const [photos, setPhotos] = useState([]);
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const set = name => value => setForm(before => Object.assign({}, before, { [name]: value }));
  const send = async more => {
    setSending(true);
    setError(null);
    const body = Object.assign({ event }, form.note.trim() ? { note: form.note.trim() } : {}, form.until ? { until: instantOf(form.until) } : {},
      form.mergeInto.trim() ? { mergeInto: form.mergeInto.trim() } : {}, form.assigneeId ? { assigneeId: form.assigneeId } : {}, more || {});
    try {
      onDone(await act(ticket, body, photos));
    } catch (refused) {
      setError(refused);
      setSending(false);
    }
  };
  const missing = (NOTE_WANTED.includes(event) && !form.note.trim()) || (event === 'MERGE' && !form.mergeInto.trim()) || (event === 'ASSIGN' && !form.assigneeId);
  const at = pointer => (error && error.at ? error.at(pointer) : '');
  const named = event === 'ASSIGN' && ticket.assignee ? 'HAND_OVER' : event;
  return html`<${Sheet} title=${t('ticket.do.' + named) + t('common.space') + ticket.number} onClose=${onClose} testid="act-sheet"
    foot=${html`<${Button} kind=${event === 'CANCEL' ? 'danger' : 'primary'} busy=${sending} disabled=${missing} onClick=${() => send()} testid="act-send">${t('ticket.do.' + named)}<//>`}>
    <${SentLater} />${error && html`<${Failure} error=${error} testid="act-refused" />`}
    ${event === 'ASSIGN' && html`<${Repairmen} ticket=${ticket} chosen=${form.assigneeId} onChoose=${set('assigneeId')} onSend=${assigneeId => send({ assigneeId })} />`}
    ${event === 'MERGE' && html`<${TextField} id="act-merge" label=${t('ticket.merge.into')} hint=${t('ticket.merge.hint')} value=${form.mergeInto} maxLength=${40}
      fault=${at('/mergeInto')} onValue=${set('mergeInto')} />`}
    ${SUGGESTIONS[event] && html`<div class="chips gap-below">${Array.from({ length: SUGGESTIONS[event] }, (none, number) => t('ticket.suggest.' + event + '.' + number)).map(words => html`
      <button type="button" class="chip" key=${words} onClick=${() => set('note')(words)} data-testid=${'suggest-' + words}>${words}</button>`)}</div>`}
    <${Words} id="act-note" label=${t(NOTE_WANTED.includes(event) ? 'ticket.note.' + event : 'ticket.note.any')} rows=${2} value=${form.note} maxLength=${500}
      fault=${at('/note')} onValue=${set('note')} />
    ${event === 'FINISH' && may('addTicketPhoto') && html`<p class="label">${t('photo.label')}</p><${PhotoPicker} id="act-photo" photos=${photos} onPhotos=${setPhotos} />`}
    ${(event === 'PAUSE' || event === 'ACCEPT') && html`<${TextField} id="act-until" type="datetime-local" label=${t('ticket.until.' + event)} value=${form.until}
      fault=${at('/until')} onValue=${set('until')} />`}<//>`;
}

/** Who repairs here, the least busy first; a digit chooses and enter sends. */
function Repairmen({ ticket, chosen, onChoose, onSend }) {
  const loading = useLoad(() => getItems('/ticket-repairmen'), []);
  const list = (loading.data || []).slice().sort((one, other) => load(one) - load(other));
  const now = useRef({});
  now.current = { list, chosen, onSend };
  useEffect(() => {
    const onKey = event => {
      if (event.target.closest('textarea, input, select') || event.ctrlKey || event.metaKey || event.altKey) return;
      const one = now.current.list[Number(event.key) - 1];
      if (one) {
        event.preventDefault();
        onChoose(one.id);
      } else if (event.key === 'Enter' && now.current.chosen && !event.target.closest('button')) {
        event.preventDefault();
        now.current.onSend(now.current.chosen);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return html`<section class="card"><p class="label">${t('ticket.assign.who')}</p>
    <${Loaded} of=${loading}>${() => (list.length ? html`<ul class="lines" data-testid="repairmen">${list.map((one, index) => html`<li key=${one.id}>
      <button type="button" class="line choice" aria-pressed=${one.id === chosen ? 'true' : 'false'} onClick=${() => onChoose(one.id)} data-testid=${'repairman-' + one.id}>
        <span class="stage-number wide-only">${index + 1}</span>
        <span class="line-name"><span class="strong">${one.name}</span>${ticket.assignee && ticket.assignee.id === one.id ? html` <span class="tag">${t('ticket.assign.now')}</span>` : ''}
          <span class="block soft small">${t('ticket.assign.load', { assigned: one.assigned, onSite: one.onSite, waiting: one.waiting })}</span></span>
        ${one.late > 0 && html`<span class="tag bad">${t('ticket.assign.late', { count: one.late })}</span>`}</button></li>`)}</ul>
      <p class="hint wide-only">${t('ticket.assign.keys')}</p>` : html`<p class="notice warn">${t('ticket.assign.nobody')}</p>`)}<//></section>`;
}

const load = one => one.assigned + one.onSite;

/** What was done and is not at the server yet, or was refused there. */
export function waitingFor(items, ticketId) {
  return items.filter(batch => batch.about.kind === 'act' && (!ticketId || batch.about.ticketId === ticketId));
}

export const actedAt = batch => localOf(batch.about.at).slice(11);
