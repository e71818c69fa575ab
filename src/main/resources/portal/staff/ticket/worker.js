import { nowMillis } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { instantOf, localOf, momentWords } from '../../shared/ticket.js';
import { Button, Failure, html, Sheet, showFirstFault, TextField, useState } from '../../shared/ui.js';

const FIELDS = ['name', 'phone', 'idNumber', 'plate', 'regionCode'];

/** Somebody from outside comes to do it: the gate expects them, and lets them in by their code. */
export function WorkerSheet({ ticket, onClose }) {
  const [form, setForm] = useState({ name: '', phone: '', idNumber: '', plate: '', regionCode: '', expectedAt: localOf(nowMillis() + 3600000).slice(0, 13) + ':00' });
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const [done, setDone] = useState(null);
  const sendOnce = useOnce();
  const fault = name => (error && error.at ? error.at('/' + name) : '');
  const send = async () => {
    setSending(true);
    setError(null);
    const body = { expectedAt: instantOf(form.expectedAt) };
    FIELDS.forEach(name => { if (form[name].trim()) body[name] = form[name].trim(); });
    try {
      setDone((await sendOnce('/tickets/' + encodeURIComponent(ticket.id) + '/workers', body)).data);
    } catch (refused) {
      setError(refused);
      showFirstFault();
    } finally {
      setSending(false);
    }
  };
  const field = (name, more) => html`<${TextField} id=${'worker-' + name} label=${t('ticket.worker.' + name)} value=${form[name]} fault=${fault(name)}
    onValue=${value => setForm(Object.assign({}, form, { [name]: value }))} ...${more || {}} />`;
  return html`<${Sheet} title=${t('ticket.worker')} onClose=${onClose} testid="worker-sheet"
    foot=${done ? html`<${Button} onClick=${onClose} testid="worker-close">${t('common.done')}<//>` : html`<${Button} busy=${sending} testid="worker-send"
      disabled=${!form.name.trim() || !form.phone.trim() || !form.expectedAt} onClick=${send}>${t('ticket.worker.send')}<//>`}>
    ${done ? html`<div class="notice good" role="status"><p>${form.name}</p><p class="code-typed" data-testid="worker-code">${done.code}</p>
        <p>${t('ticket.worker.code', { from: momentWords(done.validFrom), to: momentWords(done.validUntil) })}</p></div>`
      : html`${error && html`<${Failure} error=${error} atFields=${FIELDS.concat('expectedAt').map(name => '/' + name)} />`}<p class="soft">${t('ticket.worker.what')}</p>
        ${field('name', { maxLength: 40 })}${field('phone', { type: 'tel', maxLength: 30 })}${field('expectedAt', { type: 'datetime-local' })}
        ${field('idNumber', { maxLength: 30 })}${field('plate', { maxLength: 12 })}${field('regionCode', { inputMode: 'numeric', maxLength: 6 })}`}<//>`;
}
