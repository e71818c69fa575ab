/* How a travel declaration reads, for residents and staff alike. */
import { Problem } from './api.js';
import { today } from './clock.js';
import { dateWords } from './health.js';
import { t } from './i18n.js';
import { useOnce } from './once.js';
import { Button, Failure, html, Segments, Sheet, TextField, useState } from './ui.js';

const PROOFS = { SHOWN: 'good', MISSING: 'late' };

/** The places with their days, contact and tests. */
export function Journey({ item }) {
  return html`<ul class="way">${item.stays.map(stay => html`<li key=${stay.arrivedOn + stay.regionCode}><strong>${stay.regionName}</strong>
      <span class="block soft small">${t('travel.days', { from: dateWords(stay.arrivedOn), to: dateWords(stay.leftOn) })}${t('common.dot')}
        ${stay.transport}${stay.outsideListed && t('common.dot') + t('travel.outsideListed')}</span></li>`)}
      ${item.stays.length === 0 && html`<li>${t('travel.nowhere')}</li>`}</ul>
    <p class="row after">${item.contactWithCase && html`<span class="tag bad">${t('travel.contacted')}</span>`}
      ${item.proof !== 'NOT_ASKED' && html`<span class=${'tag ' + PROOFS[item.proof]} data-testid=${'proof-' + item.id} data-state=${item.proof}>
        ${t('travel.proof.' + item.proof)}</span>`}
      ${item.tests.map((test, index) => html`<span class="soft small" key=${index}>${dateWords(test.takenOn) + t('common.space') + t('observation.result.' + test.result)}</span>`)}</p>`;
}

/** A test's result and day; where it is `optional`, "none" is a choice. */
export function TestFields({ test, onChange, fault, id, optional }) {
  const results = ['NEGATIVE', 'POSITIVE'].map(result => ({ id: result, text: t('observation.result.' + result) }));
  return html`<${Segments} label=${t('observation.result')} testid=${id + '-result'} chosen=${test.result}
      onChoose=${result => onChange({ result })} items=${optional ? [{ id: '', text: t('travel.test.none') }].concat(results) : results} />
    ${(test.result || !optional) && html`<div class="gap"><${TextField} id=${id + '-taken'} label=${t('observation.takenOn')} type="date"
      value=${test.takenOn} fault=${fault} onValue=${takenOn => onChange({ takenOn })} /></div>`}`;
}

/** Adds a test to a declaration. */
export function TestSheet({ declared, onClose }) {
  const [test, setTest] = useState({ result: '', takenOn: today() });
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const sendOnce = useOnce();
  const change = more => setTest(Object.assign({}, test, more));
  const send = async () => {
    setSending(true);
    setError(null);
    try {
      await sendOnce('/travel-declarations/' + encodeURIComponent(declared.id) + '/tests', test);
      onClose(true);
    } catch (refused) {
      setError(refused);
      setSending(false);
    }
  };
  return html`<${Sheet} title=${t('travel.test.of', { name: declared.residentName })} onClose=${() => onClose(false)} testid="test-sheet"
    foot=${html`<${Button} busy=${sending} disabled=${!test.result || !test.takenOn} onClick=${send} testid="test-save">
      ${t(sending ? 'common.saving' : 'observation.enter')}<//>`}>
    ${error && html`<${Failure} error=${error} atFields=${['/takenOn']} testid="test-error" />`}
    <${TestFields} test=${test} onChange=${change} fault=${error instanceof Problem ? error.at('/takenOn') : ''} id="test" />
  <//>`;
}
