/* What staff enter in an observation: follow-up, test, a test taken back, release, transfer. */
import { post, Problem, worthRetrying } from '../../shared/api.js';
import { today } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { TestFields } from '../../shared/travel.js';
import { Button, Failure, html, Sheet, TextField, useRef, useState } from '../../shared/ui.js';

const PATHS = { FOLLOW_UP: 'follow-ups', TEST: 'tests', RELEASE: 'release', TRANSFER: 'transfer' };
const URGENT = ['TEST', 'REPORT', 'PROOF', 'FOLLOW_UP'];

export function DueTags({ item }) {
  return item.due.map(duty => html`<span class=${'tag ' + (duty === 'RELEASE' ? 'good' : URGENT.includes(duty) ? 'late' : '')} key=${duty}
    data-state=${duty}>${t('observation.due.' + duty)}${duty === 'REPORT' && t('common.space')
      + item.roundsDue.map(round => t('round.' + round)).join(t('common.comma'))}</span>`);
}

/**
 * The same entry for one person or for several of a home; `number` is that of the test which is taken back.
 */
export function EntrySheet({ items, event, number, onClose }) {
  const [note, setNote] = useState('');
  const [test, setTest] = useState({ result: '', takenOn: today() });
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const keys = useRef({});
  const left = useRef(items);
  const isTest = event === 'TEST';
  const needsNote = event === 'WITHDRAW_TEST';
  const names = items.map(item => item.residentName).join(t('common.comma'));
  const changing = set => next => { keys.current = {}; set(next); };
  const path = item => '/observations/' + encodeURIComponent(item.id) + (needsNote ? '/tests/' + number + '/withdraw' : '/' + PATHS[event]);
  const enter = async () => {
    setSending(true);
    setError(null);
    const body = Object.assign(note.trim() ? { note: note.trim() } : {}, isTest ? test : {});
    try {
      while (left.current.length) {
        const item = left.current[0];
        keys.current[item.id] = keys.current[item.id] || newUuid();
        await post(path(item), body, { idempotencyKey: keys.current[item.id] });
        left.current = left.current.slice(1);
      }
      onClose(true);
    } catch (refused) {
      if (!worthRetrying(refused)) keys.current = {};
      setError(refused);
      setSending(false);
    }
  };
  const at = pointer => (error instanceof Problem ? error.at(pointer) : '');
  return html`<${Sheet} title=${t('observation.do.' + event) + t('common.dot') + names} onClose=${() => onClose(left.current.length < items.length)}
    testid="observation-sheet" foot=${html`<${Button} busy=${sending} disabled=${(isTest && !test.result) || (needsNote && !note.trim())} onClick=${enter}
      testid="observation-enter">${t(sending ? 'common.saving' : event === 'RELEASE' || event === 'TRANSFER' ? 'observation.do.' + event
        : 'observation.enter')}<//>`}>
    <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${['/takenOn', '/note']} testid="observation-error" />`}</div>
    <p class="soft">${t('observation.means.' + event)}</p>
    ${isTest && html`<${TestFields} test=${test} id="test" fault=${at('/takenOn')}
      onChange=${more => changing(setTest)(Object.assign({}, test, more))} />`}
    <${TextField} id="note" label=${t(needsNote ? 'observation.reason' : 'observation.note')} value=${note} maxLength=${500} fault=${at('/note')}
      onValue=${changing(setNote)} />
  <//>`;
}
