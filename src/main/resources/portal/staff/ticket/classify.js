import { put } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { loadCategories, URGENCIES, Words } from '../../shared/ticket.js';
import { Button, Failure, html, Loaded, Segments, Sheet, useLoad, useState } from '../../shared/ui.js';

const SUGGESTIONS = 3;

/** It is something else than was reported, or more urgent, or less: the deadlines follow, and its reporter reads why. onDone(ticket) */
export function ClassifySheet({ ticket, onClose, onDone }) {
  const loading = useLoad(loadCategories, []);
  const [form, setForm] = useState({ category: ticket.category, urgency: ticket.urgency, reason: '' });
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const set = name => value => setForm(before => Object.assign({}, before, { [name]: value }));
  const same = form.category === ticket.category && form.urgency === ticket.urgency;
  const send = async () => {
    setSending(true);
    setError(null);
    try {
      onDone((await put('/tickets/' + encodeURIComponent(ticket.id) + '/classification', Object.assign({}, form, { reason: form.reason.trim() }))).data);
    } catch (refused) {
      setError(refused);
      setSending(false);
    }
  };
  return html`<${Sheet} title=${t('ticket.classify') + t('common.space') + ticket.number} onClose=${onClose} testid="classify-sheet"
    foot=${html`<${Button} busy=${sending} disabled=${same || !form.reason.trim()} onClick=${send} testid="classify-send">${t('ticket.classify.send')}<//>`}>
    ${error && html`<${Failure} error=${error} atFields=${['/reason']} />`}<p class="soft">${t('ticket.classify.what')}</p>
    <${Loaded} of=${loading}>${items => html`<div class="field"><label for="classify-category">${t('ticket.classify.category')}</label>
      <select class="input" id="classify-category" value=${form.category} onChange=${event => set('category')(event.target.value)} data-testid="classify-category">
        ${items.filter(item => item.kind === ticket.kind).map(item => html`<option key=${item.code} value=${item.code} selected=${item.code === form.category}>
          ${item.name}</option>`)}</select></div>`}<//>
    <p class="label">${t('ticket.classify.urgency')}</p>
    <${Segments} label=${t('ticket.classify.urgency')} testid="classify-urgency" chosen=${form.urgency} onChoose=${set('urgency')}
      items=${URGENCIES.map(id => ({ id, text: t('ticket.urgency.' + id) }))} />
    <div class="chips gap-below after">${Array.from({ length: SUGGESTIONS }, (none, number) => t('ticket.classify.suggest.' + number)).map(words => html`
      <button type="button" class="chip" key=${words} onClick=${() => set('reason')(words)}>${words}</button>`)}</div>
    <${Words} id="classify-reason" label=${t('ticket.classify.reason')} hint=${t('ticket.classify.reason.hint')} rows=${2} value=${form.reason} maxLength=${500}
      fault=${error && error.at ? error.at('/reason') : ''} onValue=${set('reason')} /><//>`;
}
