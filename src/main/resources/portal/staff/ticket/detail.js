import { get, post } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { PhotoStrip } from '../../shared/photos.js';
import { useSending } from '../../shared/sending.js';
import { may } from '../../shared/session.js';
import { dueWords, DueTag, isOpen, momentWords, placeWords, Stars, TicketTag, Trail, useCategoryNames, Words } from '../../shared/ticket.js';
import { Mailbox, photoPath } from '../../shared/ticket-parts.js';
import { Button, Failure, html, Loaded, say, Sheet, TextField, useEffect, useLoad, useState } from '../../shared/ui.js';
import { CallReporter } from '../audit/disclose.js';
import { ACTS, act, ActSheet, KEYS, needsSheet } from './acts.js';
import { ClassifySheet } from './classify.js';
import { WaitingActs } from './waiting.js';
import { WorkerSheet } from './worker.js';

const keyOf = event => Object.keys(KEYS).find(key => KEYS[key] === event);

/**
 * One ticket with all that can be done with it.
 * @param {{id: string, stamp?: any, onChanged?: function(), showKeys?: boolean}} props stamp: another one, and it is looked at again
 */
export function TicketDetail({ id, stamp, onChanged, showKeys }) {
  const loading = useLoad(() => get('/tickets/' + encodeURIComponent(id)).then(answer => answer.data), [id]);
  useEffect(() => { if (loading.data) loading.reload(); }, [stamp]);
  const nameOf = useCategoryNames();
  const [acting, setActing] = useState(null);
  const [error, setError] = useState(null);
  const sending = useSending();
  const done = ticket => {
    setActing(null);
    if (ticket) loading.replace(ticket);
    else loading.reload();
    if (onChanged) onChanged();
  };
  const begin = async (ticket, event) => {
    setError(null);
    if (needsSheet(ticket, event)) {
      setActing(event);
      return;
    }
    try {
      done(await act(ticket, { event }));
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<${Loaded} of=${loading}>${ticket => html`<div data-testid="detail">
    <${WaitingActs} items=${sending.items} ticketId=${ticket.id} />
    <${Facts} ticket=${ticket} name=${nameOf(ticket.category)} />
    ${error && html`<${Failure} error=${error} testid="act-refused" />`}
    <${Acts} ticket=${ticket} showKeys=${showKeys} onAct=${event => begin(ticket, event)} />
    <${MoreActs} ticket=${ticket} onDone=${done} />
    ${may('listTicketMessages') && html`<${Mailbox} ticket=${ticket} side="STAFF" key=${'mail' + ticket.id} />`}
    <section class="card"><h2>${t('ticket.trail')}</h2><${Trail} ticket=${ticket} />
      ${may('addTicketNote') && html`<${NoteForm} ticket=${ticket} onDone=${done} key=${'note' + ticket.id} />`}</section>
    ${acting && html`<${ActSheet} ticket=${ticket} event=${acting} onClose=${() => setActing(null)} onDone=${done} />`}</div>`}<//>`;
}

function Facts({ ticket, name }) {
  const contact = ticket.contact;
  return html`<section class="card"><div class="row spread"><h2 tabindex="-1" data-testid="detail-title">${name}</h2><${TicketTag} state=${ticket.state} /></div>
    <p class="row after"><span class="strong">${dueWords(ticket)}</span> <${DueTag} ticket=${ticket} /></p>
    <p class="row marks">${ticket.urgency !== 'NORMAL' && html`<span class=${'tag ' + (ticket.urgency === 'EMERGENCY' ? 'bad' : 'late')}>${t('ticket.urgency.' + ticket.urgency)}</span>`}
      ${ticket.consent !== 'NOT_NEEDED' && html`<span class=${'tag ' + (ticket.consent === 'NEEDED' ? 'waiting' : 'good')}>${t('ticket.consent.' + ticket.consent)}</span>`}
      ${ticket.breachedAt && html`<span class="tag bad">${t('ticket.breach.' + ticket.breach, { moment: momentWords(ticket.breachedAt) })}</span>`}
      ${ticket.escalatedTo && html`<span class="tag late">${t('ticket.escalated', { rung: t('ticket.by.' + ticket.escalatedTo) })}</span>`}
      ${ticket.anonymous && html`<span class="tag">${t('ticket.anonymous.short')}</span>`}</p>
    <p class="after">${ticket.description}</p>
    <${PhotoStrip} photos=${ticket.photos} pathOf=${photoPath(ticket)} />
    <dl class="facts"><dt>${t('ticket.number')}</dt><dd class="num">${ticket.number}</dd>
      <dt>${t('ticket.place')}</dt><dd>${placeWords(ticket.place)}</dd>
      ${contact && html`<dt>${t('ticket.contact')}</dt><dd><span class="num">${contact.household || ''}</span> ${contact.name || ''} <span class="num">${contact.phone || ''}</span></dd>`}
      ${ticket.contactAt && html`<dt>${t('ticket.contactAt.short')}</dt><dd class="num">${momentWords(ticket.contactAt)}</dd>`}
      <dt>${t('ticket.submittedAt')}</dt><dd class="num">${momentWords(ticket.submittedAt)}</dd>
      ${ticket.agreedUntil && html`<dt>${t('ticket.agreed')}</dt><dd class="num">${momentWords(ticket.agreedUntil)}</dd>`}
      <dt>${t('ticket.assignee')}</dt><dd data-testid="assignee">${ticket.assignee ? ticket.assignee.name : t('ticket.assignee.none')}</dd>
      ${ticket.followers > 0 && html`<dt>${t('ticket.followers')}</dt><dd class="num">${ticket.followers}</dd>`}
      ${ticket.rating && html`<dt>${t('ticket.rated')}</dt><dd><${Stars} rating=${ticket.rating} /> ${ticket.ratingWords || ''}</dd>`}</dl>
    ${!ticket.own && (isOpen(ticket) || ticket.state === 'DONE') && html`<${CallReporter} ticket=${ticket} />`}</section>`;
}

function Acts({ ticket, onAct, showKeys }) {
  // Handing over what somebody has is no next step.
  const last = event => (event === 'ASSIGN' && ticket.assignee ? ACTS.indexOf('FINISH') + 0.5 : ACTS.indexOf(event));
  const possible = ACTS.filter(event => ticket.possible.includes(event)).sort((one, other) => last(one) - last(other));
  if (!possible.length) return null;
  return html`<div class="ticket-acts" data-testid="acts">${possible.map((event, index) => html`<${Button} key=${event} extra="inline"
    kind=${index === 0 ? 'primary' : event === 'CANCEL' ? 'danger' : 'default'} onClick=${() => onAct(event)} testid=${'act-' + event}>
    ${t('ticket.do.' + (event === 'ASSIGN' && ticket.assignee ? 'HAND_OVER' : event))}${showKeys && html` <kbd class="wide-only">${keyOf(event)}</kbd>`}<//>`)}</div>`;
}

function NoteForm({ ticket, onDone }) {
  const [note, setNote] = useState('');
  const [internal, setInternal] = useState(true);
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const sendOnce = useOnce();
  const send = async event => {
    event.preventDefault();
    setSending(true);
    setError(null);
    try {
      const next = (await sendOnce('/tickets/' + encodeURIComponent(ticket.id) + '/notes', { note: note.trim(), internal })).data;
      setNote('');
      onDone(next);
    } catch (refused) {
      setError(refused);
    } finally {
      setSending(false);
    }
  };
  return html`<form class="after" onSubmit=${send}>${error && html`<${Failure} error=${error} />`}
    <${Words} id="note-text" rows=${2} label=${t('ticket.note.add')} value=${note} maxLength=${500} onValue=${setNote} />
    <label class="check"><input type="checkbox" checked=${internal} onChange=${event => setInternal(event.target.checked)} data-testid="note-internal" />
      <span>${t('ticket.note.internal')}</span></label>
    <${Button} kind="default" type="submit" busy=${sending} disabled=${!note.trim()} testid="note-send">${t('ticket.note.send')}<//></form>`;
}

/** What is done beside the states: sorting it anew, a worker from outside, the police, and reading who hides behind a complaint; all of it is written down. */
function MoreActs({ ticket, onDone }) {
  const [open, setOpen] = useState(null);
  const hands = may('handTicketToPolice') && ticket.kind === 'COMPLAINT';
  const reads = may('discloseReporter') && ticket.anonymous && !ticket.own;
  const invites = may('expectWorker') && isOpen(ticket) && ticket.kind === 'REPAIR';
  const sorts = may('classifyTicket') && isOpen(ticket);
  if (!hands && !reads && !invites && !sorts) return null;
  return html`<div class="ticket-acts">${sorts && html`<${Button} kind="default" extra="inline" onClick=${() => setOpen('classify')} testid="to-classify">${t('ticket.classify')}<//>`}
    ${invites && html`<${Button} kind="default" extra="inline" onClick=${() => setOpen('worker')} testid="to-worker">${t('ticket.worker')}<//>`}
    ${hands && html`<${Button} kind="default" extra="inline" onClick=${() => setOpen('police')} testid="to-police">${t('ticket.police')}<//>`}
    ${reads && html`<${Button} kind="default" extra="inline" onClick=${() => setOpen('reporter')} testid="to-reporter">${t('ticket.reporter')}<//>`}</div>
    ${open === 'police' && html`<${PoliceSheet} ticket=${ticket} onClose=${() => setOpen(null)} onDone=${next => { setOpen(null); say(t('ticket.police.done')); onDone(next); }} />`}
    ${open === 'classify' && html`<${ClassifySheet} ticket=${ticket} onClose=${() => setOpen(null)}
      onDone=${next => { setOpen(null); say(t('ticket.classify.done')); onDone(next); }} />`}
    ${open === 'worker' && html`<${WorkerSheet} ticket=${ticket} onClose=${() => { setOpen(null); onDone(null); }} />`}
    ${open === 'reporter' && html`<${ReporterSheet} ticket=${ticket} onClose=${() => { setOpen(null); onDone(null); }} />`}`;
}

function PoliceSheet({ ticket, onClose, onDone }) {
  const [form, setForm] = useState({ station: '', receipt: '' });
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const sendOnce = useOnce();
  const send = async () => {
    setSending(true);
    setError(null);
    try {
      onDone((await sendOnce('/tickets/' + encodeURIComponent(ticket.id) + '/police-record', Object.assign({ station: form.station.trim() },
        form.receipt.trim() ? { receipt: form.receipt.trim() } : {}))).data);
    } catch (refused) {
      setError(refused);
      setSending(false);
    }
  };
  const set = name => value => setForm(before => Object.assign({}, before, { [name]: value }));
  return html`<${Sheet} title=${t('ticket.police')} onClose=${onClose} testid="police-sheet"
    foot=${html`<${Button} busy=${sending} disabled=${!form.station.trim()} onClick=${send} testid="police-send">${t('ticket.police.send')}<//>`}>
    ${error && html`<${Failure} error=${error} />`}<p class="soft">${t('ticket.police.what')}</p>
    <${TextField} id="police-station" label=${t('ticket.police.station')} value=${form.station} maxLength=${100} onValue=${set('station')} />
    <${TextField} id="police-receipt" label=${t('ticket.police.receipt')} value=${form.receipt} maxLength=${100} onValue=${set('receipt')} /><//>`;
}

function ReporterSheet({ ticket, onClose }) {
  const [reason, setReason] = useState('');
  const [found, setFound] = useState(null);
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    setError(null);
    try {
      setFound((await post('/tickets/' + encodeURIComponent(ticket.id) + '/reporter', { reason: reason.trim() })).data);
    } catch (refused) {
      setError(refused);
    } finally {
      setSending(false);
    }
  };
  return html`<${Sheet} title=${t('ticket.reporter')} onClose=${onClose} testid="reporter-sheet"
    foot=${found ? html`<${Button} onClick=${onClose}>${t('common.done')}<//>` : html`<${Button} busy=${sending} disabled=${reason.trim().length < 4} onClick=${send}
      testid="reporter-send">${t('ticket.reporter.send')}<//>`}>
    ${error && html`<${Failure} error=${error} />`}
    ${found ? html`<p class="notice" data-testid="reporter-found"><strong>${[found.household, found.name, found.phone].filter(Boolean).join(t('common.space'))}</strong></p>`
      : html`<p class="notice warn">${t('ticket.reporter.what')}</p><${TextField} id="reporter-reason" label=${t('ticket.reporter.reason')} value=${reason} maxLength=${200}
        onValue=${setReason} />`}<//>`;
}
