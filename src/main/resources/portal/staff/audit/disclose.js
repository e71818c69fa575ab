import { post, Problem } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Failure, html, Icon, Segments, Sheet, TextField, useState } from '../../shared/ui.js';

const SHORTEST_REASON = 4;
const LONGEST_REASON = 200;
const USUAL_REASONS = ['CALL', 'ALERT', 'VISIT'];
const REASONS_OF_VISITORS = ['STAY', 'TRACE', 'CONFLICT'];
const REASONS_OF_TICKETS = ['APPOINT', 'FIND', 'NOBODY'];

/** Only the roles that the server shows the field to are offered it. */
const ROLES = {
  NAME: ['OFFICE', 'SUBDISTRICT'],
  PHONE: ['OFFICE', 'GRID_WORKER', 'HEALTH_CENTRE', 'SUBDISTRICT'],
  ID_NUMBER: ['OFFICE']
};

const ROLES_FOR_VISITORS = { PHONE: ['OFFICE', 'GUARD'], ID_NUMBER: ['OFFICE'] };

/**
 * A button that shows a hidden value after a reason was given and noted.
 *
 * @param {{me: object, residentId?: string, visitId?: string, name: string, field: 'NAME'|'PHONE'|'ID_NUMBER'}} props of a resident or of a visitor
 */
export function Disclose({ me, residentId, visitId, name, field }) {
  const [open, setOpen] = useState(false);
  const roles = visitId ? ROLES_FOR_VISITORS : ROLES;
  if (!me || !may(visitId ? 'discloseVisitor' : 'discloseValue') || !me.roles.some(role => roles[field].includes(role))) return null;
  return html`<button type="button" class="link-btn" onClick=${() => setOpen(true)} data-testid=${'show-' + field + '-' + (visitId || residentId)}>
      ${t('disclosure.show.' + field)}<span class="unseen"> ${name}</span></button>
    ${open && html`<${DisclosureSheet} residentId=${residentId} visitId=${visitId} name=${name} field=${field} onClose=${() => setOpen(false)} />`}`;
}

/** The call to whoever reported a ticket, for those who work on it: one reason, one tap, and the phone dials. */
export function CallReporter({ ticket }) {
  const [open, setOpen] = useState(false);
  if (!may('discloseReporterPhone') || ticket.anonymous || !ticket.contact) return null;
  return html`<${Button} kind="default" onClick=${() => setOpen(true)} testid=${'call-' + ticket.id}><${Icon} name="phone" /> ${t('disclosure.callReporter')}<//>
    ${open && html`<${DisclosureSheet} ticketId=${ticket.id} name=${ticket.contact.name || ''} field="PHONE" onClose=${() => setOpen(false)} />`}`;
}

/** The value lives in this sheet only and is gone when it closes. */
function DisclosureSheet({ residentId, visitId, ticketId, name, field, onClose }) {
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState('');
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const [value, setValue] = useState(null);
  const usual = ticketId ? REASONS_OF_TICKETS : visitId ? REASONS_OF_VISITORS : USUAL_REASONS;
  const enter = text => { setReason(text); setFault(''); };
  const submit = async event => {
    event.preventDefault();
    setError(null);
    const short = reason.replace(/\s/g, '').length < SHORTEST_REASON;
    setFault(short ? t('disclosure.reason.short', { count: SHORTEST_REASON }) : '');
    if (short) {
      document.getElementById('reason').focus();
      return;
    }
    setBusy(true);
    try {
      setValue((await (ticketId ? post('/tickets/' + encodeURIComponent(ticketId) + '/phone', { reason })
        : visitId ? post('/visits/' + visitId + '/disclosures', { field, reason }) : post('/disclosures', { residentId, field, reason }))).data.value);
    } catch (refused) {
      setError(refused);
      setFault(refused instanceof Problem ? refused.at('/reason') : '');
    }
    setBusy(false);
  };
  return html`<${Sheet} title=${t('disclosure.of', { name, field: t('disclosure.field.' + field) })} onClose=${onClose}
    testid="disclosure-sheet">
    ${value !== null ? html`<div aria-live="assertive"><p class="big-number num" data-testid="disclosed">${value}</p>
      ${field === 'PHONE' && html`<p class="after"><a class="weui-btn btn big weui-btn_primary" href=${'tel:' + value} data-testid="call-now">${t('disclosure.call')}</a></p>`}
      <p class="hint after">${t('disclosure.logged')}</p><div class="after"><${Button} kind="default" onClick=${onClose}
        testid="disclosure-done">${t('common.close')}<//></div></div>`
    : html`<form onSubmit=${submit} novalidate>
      <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${['/reason']} />`}</div>
      <${Segments} label=${t('disclosure.quick')} testid="reason" chosen=${usual.find(id => t('disclosure.reason.' + id) === reason)}
        items=${usual.map(id => ({ id, text: t('disclosure.reason.' + id) }))}
        onChoose=${id => enter(t('disclosure.reason.' + id))} />
      <div class="after"><${TextField} id="reason" label=${t('disclosure.reason')} hint=${t(visitId ? 'disclosure.reason.hint.visitor' : 'disclosure.reason.hint')} value=${reason} onValue=${enter}
        fault=${fault} maxLength=${LONGEST_REASON} /></div>
      <${Button} type="submit" busy=${busy} testid="disclosure-confirm">${t(busy ? 'disclosure.opening' : 'disclosure.confirm')}<//></form>`}
    <//>`;
}
