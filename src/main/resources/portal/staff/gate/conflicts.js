import { post } from '../../shared/api.js';
import { clockOf, dateOf } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { newUuid } from '../../shared/ids.js';
import { t } from '../../shared/i18n.js';
import { Button, Failure, html, Segments, Sheet, TextField, useState } from '../../shared/ui.js';
import { wordsOf } from './answer.js';

const FINDINGS = ['EXPLAINED', 'MISTAKEN', 'BREACH'];
const SUGGESTIONS = [0, 1, 2];

const reasonOf = item => (item.kind === 'VISIT' ? t('gate.visit.reason.' + item.reason) : wordsOf(item.reason));

const whenBefore = item => (dateOf(item.before.at) === dateOf(item.at) ? '' : dateWords(dateOf(item.before.at)) + ' ') + clockOf(item.before.at);

/** One who went through although the rules said no: what is known of it, and what became clear. */
export function ConflictCard({ item, onDone }) {
  const [open, setOpen] = useState(false);
  const who = [item.household, item.name].filter(Boolean).join(' ') || t('records.unknown');
  return html`<section class="card" data-testid=${'conflict-' + item.id}>
    <div class="row spread"><h2>${who}</h2><span class="tag late">${reasonOf(item)}</span></div>
    <p><span class="strong">${dateWords(dateOf(item.at))} <span class="num">${clockOf(item.at)}</span> ${item.gate} ${t('gate.direction.' + item.direction)}</span></p>
    <p class="soft">${[item.kind === 'VISIT' ? t('records.visitor') : item.passKind && t('pass.kind.' + item.passKind),
      item.temperature && item.temperature.toFixed(1) + '℃', item.mask === false && t('gate.mask.no'),
      item.guard && t('records.guard', { name: item.guard }),
      item.offline && t('records.offline', { clock: clockOf(item.receivedAt) })].filter(Boolean).join(t('common.dot'))}</p>
    ${item.before && html`<p>${t('records.before', { when: whenBefore(item), gate: item.before.gate,
      direction: t('gate.direction.' + item.before.direction) })}</p>`}
    ${item.review ? html`<p class="after"><span class=${'tag ' + (item.review.finding === 'BREACH' ? 'bad' : 'good')}>${t('records.finding.' + item.review.finding)}</span>
        ${' ' + item.review.note}<span class="soft small block">${t('records.by', { name: item.review.by || '', date: dateWords(dateOf(item.review.at)),
          clock: clockOf(item.review.at) })}</span></p>`
      : html`<div class="btns after"><${Button} kind="default" onClick=${() => setOpen(true)} testid=${'review-' + item.id}>${t('records.review')}<//></div>`}
    ${open && html`<${ReviewSheet} item=${item} who=${who} onClose=${() => setOpen(false)} onDone=${() => { setOpen(false); onDone(); }} />`}
  </section>`;
}

function ReviewSheet({ item, who, onClose, onDone }) {
  const [finding, setFinding] = useState('EXPLAINED');
  const [note, setNote] = useState('');
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const [key] = useState(newUuid);
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      await post('/gate-conflicts/' + item.id + '/review', { finding, note: note.trim() }, { idempotencyKey: key });
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return html`<${Sheet} title=${t('records.review.of', { who })} onClose=${onClose} testid="review-sheet"
    foot=${html`<${Button} busy=${busy} disabled=${!note.trim()} onClick=${send} testid="review-send">${t('records.review.send')}<//>`}>
    ${error && html`<${Failure} error=${error} />`}
    <p>${reasonOf(item)}</p>
    <div class="after"><${Segments} label=${t('records.finding')} testid="finding" chosen=${finding} onChoose=${setFinding}
      items=${FINDINGS.map(id => ({ id, text: t('records.finding.' + id) }))} /></div>
    <p class="hint after">${t('records.finding.hint.' + finding)}</p>
    <div class="chips after">${SUGGESTIONS.map(number => html`<button type="button" class="chip" key=${number} data-testid=${'note-' + number}
      onClick=${() => setNote(t('records.suggest.' + finding + '.' + number))}>${t('records.suggest.' + finding + '.' + number)}</button>`)}</div>
    <div class="after"><${TextField} id="review-note" label=${t('records.note')} value=${note} onValue=${setNote} maxLength=${300} /></div><//>`;
}
