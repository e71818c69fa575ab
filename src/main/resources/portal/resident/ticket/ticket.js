import { get } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { PhotoPicker, PhotoStrip } from '../../shared/photos.js';
import { hand, useSending } from '../../shared/sending.js';
import { may } from '../../shared/session.js';
import { Mailbox, photoPath } from '../../shared/ticket-parts.js';
import { dueWords, isOpen, momentWords, nextDue, placeWords, RatingChoice, Stars, TicketTag, Trail, useCategoryNames, Words } from '../../shared/ticket.js';
import { Button, Failure, html, Icon, Loaded, PageTitle, say, Sheet, useEffect, useLoad, useMinute, useRef, useState } from '../../shared/ui.js';
import { JoinedProgress } from './followed.js';

/** One ticket as its reporter sees it: how it stands, what they can do now, the mailbox, the trail. */
export default function TicketPage({ route }) {
  const id = route.path[1];
  const loading = useLoad(() => get('/tickets/' + encodeURIComponent(id)).then(answer => answer.data), [id]);
  const [acting, setActing] = useState(null);
  useMinute();
  useEffect(() => {
    const seen = () => { if (!document.hidden) loading.reload(); };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [id]);
  return html`<main class="page" id="main" tabindex="-1"><a class="back" href="#/tickets"><${Icon} name="back" />${t('ticket.title')}</a>
    <${Loaded} of=${loading}>${ticket => html`<${Facts} ticket=${ticket} reload=${loading.reload} />
      <${Acts} ticket=${ticket} onAct=${setActing} />
      ${ticket.own && ticket.state === 'MERGED' && ticket.mergedInto && may('listFollowedTickets') && html`<${JoinedProgress} ticket=${ticket} />`}
      ${ticket.own && html`<${Mailbox} ticket=${ticket} side="REPORTER" />`}
      <section class="card"><h2>${t('ticket.trail')}</h2><${Trail} ticket=${ticket} /></section>
      ${acting && html`<${ActSheet} ticket=${ticket} act=${acting} onClose=${() => setActing(null)}
        onDone=${next => { setActing(null); loading.replace(next); }} />`}`}<//></main>`;
}

function Facts({ ticket, reload }) {
  const nameOf = useCategoryNames();
  const due = nextDue(ticket);
  const sending = useSending().items.filter(batch => batch.made === ticket.id || batch.about.ticketId === ticket.id);
  const before = useRef(0);
  useEffect(() => {
    if (sending.length < before.current) reload();
    before.current = sending.length;
  }, [sending.length]);
  return html`<${PageTitle}>${nameOf(ticket.category) || t('ticket.kind.' + ticket.kind)}<//>
    <section class=${'card after ticket-card' + (due && due.late ? ' late' : ticket.state === 'DONE' ? ' asked' : '')}>
      <p class="row spread"><span class="soft num">${ticket.number}</span><${TicketTag} state=${ticket.state} /></p>
      <p class="pass-time" data-testid="due">${dueWords(ticket)}</p>
      ${due && due.late && ticket.escalatedTo && html`<p>${t('ticket.escalated', { rung: t('ticket.by.' + ticket.escalatedTo) })}</p>`}
      ${ticket.consent === 'NEEDED' && html`<p class="notice after">${t('ticket.consent.needed')}</p>`}
      <p class="after">${ticket.description}</p>
      <p class="soft">${placeWords(ticket.place)}</p>
      ${ticket.own && ticket.placeStanding && html`<p class="notice warn after" data-testid="place-standing">${ticket.placeStanding.state === 'REFUSED'
        ? t('ticket.place.refused', { reason: ticket.placeStanding.answer }) : t('ticket.place.waits')}</p>`}
      <${PhotoStrip} photos=${ticket.photos} pathOf=${photoPath(ticket)} />
      ${sending.length > 0 && html`<p class="notice warn" data-testid="photos-waiting">${t('ticket.sending.photos')}</p>`}
      ${ticket.own && isOpen(ticket) && may('addTicketPhoto') && html`<${MorePhotos} ticket=${ticket} reload=${reload} />`}
      <dl class="facts"><dt>${t('ticket.submittedAt')}</dt><dd class="num">${momentWords(ticket.submittedAt)}</dd>
        ${ticket.assignee && html`<dt>${t('ticket.assignee')}</dt><dd data-testid="assignee">${ticket.assignee.name}</dd>`}
        ${ticket.contactAt && html`<dt>${t('ticket.contactAt.short')}</dt><dd class="num">${momentWords(ticket.contactAt)}</dd>`}
        ${ticket.anonymous && html`<dt>${t('ticket.anonymous.short')}</dt><dd>${t('ticket.anonymous.yes')}</dd>`}
        ${ticket.rating && html`<dt>${t('ticket.rated')}</dt><dd><${Stars} rating=${ticket.rating} /> ${ticket.ratingWords || ''}</dd>`}</dl></section>`;
}

/** One more picture, for instance after it got worse. */
function MorePhotos({ ticket, reload }) {
  const [error, setError] = useState(null);
  const add = async photos => {
    setError(null);
    try {
      for (const photo of photos) {
        await hand('ticket/' + ticket.id, [{ path: '/tickets/' + encodeURIComponent(ticket.id) + '/photos', photo }], { kind: 'photo', ticketId: ticket.id });
      }
      reload();
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<${PhotoPicker} id="more-photos" photos=${[]} onPhotos=${add} />${error && html`<${Failure} error=${error} />`}`;
}

function Acts({ ticket, onAct }) {
  const can = event => ticket.possible.includes(event);
  const rates = can('RATE') && !can('CONFIRM') && !ticket.rating;
  if (!can('CONFIRM') && !can('REOPEN') && !rates && !can('CANCEL')) return null;
  return html`<section class="card">${can('CONFIRM') && html`<h2>${t('ticket.confirm.ask')}</h2>`}<div class="btns">
    ${can('CONFIRM') && html`<${Button} onClick=${() => onAct('CONFIRM')} testid="act-CONFIRM">${t('ticket.confirm')}<//>`}
    ${rates && html`<${Button} onClick=${() => onAct('RATE')} testid="act-RATE">${t('ticket.rate')}<//>`}
    ${can('REOPEN') && html`<${Button} kind="default" onClick=${() => onAct('REOPEN')} testid="act-REOPEN">${t('ticket.reopen')}<//>`}
    ${can('CANCEL') && html`<button type="button" class="link-btn" onClick=${() => onAct('CANCEL')} data-testid="act-CANCEL">${t('ticket.cancel')}</button>`}</div></section>`;
}

function ActSheet({ ticket, act, onClose, onDone }) {
  const [rating, setRating] = useState(0);
  const [note, setNote] = useState('');
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const sendOnce = useOnce();
  const send = async () => {
    setSending(true);
    setError(null);
    const body = Object.assign({ event: act }, note.trim() ? { note: note.trim() } : {}, rating ? { rating } : {});
    try {
      const next = (await sendOnce('/tickets/' + encodeURIComponent(ticket.id) + '/events', body)).data;
      say(t('ticket.did.' + act));
      onDone(next);
    } catch (refused) {
      setError(refused);
      setSending(false);
    }
  };
  const rates = act === 'CONFIRM' || act === 'RATE';
  const missing = (act === 'RATE' && !rating) || (act === 'REOPEN' && !note.trim());
  return html`<${Sheet} title=${t('ticket.act.' + act)} onClose=${onClose} testid="act-sheet"
    foot=${html`<${Button} kind=${act === 'CANCEL' ? 'danger' : 'primary'} busy=${sending} disabled=${missing} onClick=${send} testid="act-send">${t('ticket.act.send.' + act)}<//>`}>
    ${error && html`<${Failure} error=${error} />`}
    ${rates && html`<p class="label">${t('ticket.rate.ask')}</p><${RatingChoice} rating=${rating} onRating=${setRating} />`}
    <div class="after"><${Words} id="act-note" label=${t(rates ? 'ticket.rate.words' : act === 'REOPEN' ? 'ticket.reopen.why' : 'ticket.cancel.why')} value=${note} maxLength=${500}
      onValue=${setNote} /></div><//>`;
}
