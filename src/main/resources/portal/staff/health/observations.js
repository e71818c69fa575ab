import { getAll, post } from '../../shared/api.js';
import { clockOf, dateOf, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, say, Segments, Sheet, TextField, useLoad, useRef, useState } from '../../shared/ui.js';

const STATES = ['OPEN', 'RELEASED', 'TRANSFERRED'];
const PATHS = { FOLLOW_UP: 'follow-ups', TEST: 'tests', RELEASE: 'release', TRANSFER: 'transfer' };

/** Who is under home observation, what is due today on top. */
export default function ObservationsPage() {
  const [state, setState] = useState('OPEN');
  const [entering, setEntering] = useState(null);
  const loading = useLoad(() => getAll('/observations', { state }), [state]);
  const close = entered => {
    setEntering(null);
    if (entered) {
      say(t('observation.entered'));
      loading.reload();
    }
  };
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('observations.title')}<//></div>
    <div class="choices"><${Segments} label=${t('observations.state')} testid="observation-state" chosen=${state} onChoose=${setState}
      items=${STATES.map(id => ({ id, text: t('observation.state.' + id) }))} /></div>
    <${Loaded} of=${loading}>${items => (items.length ? dueFirst(items).map(item => html`<${Line} key=${item.id} item=${item}
      onEnter=${event => setEntering({ item, event })} />`) : html`<${Empty} title=${t('observations.none')} />`)}<//>
    ${entering && html`<${EntrySheet} ...${entering} onClose=${close} />`}
  </main>`;
}

const dueFirst = items => items.slice().sort((a, b) => b.due.length - a.due.length || a.daysLeft - b.daysLeft);

function Line({ item, onEnter }) {
  const noted = item.events.filter(event => event.event !== 'START').slice(-3).reverse();
  return html`<section class="card" data-testid=${'observation-' + item.id}>
    <div class="row spread"><h2>${item.household} ${item.residentName}</h2>
      <strong class="num">${t('observation.day', { day: item.day, days: item.days })}</strong></div>
    <p class="soft">${t('observation.cause.' + item.cause)}${item.reason && t('common.dot') + item.reason}${t('common.dot')}
      ${t('observation.until', { date: dateWords(item.endsOn) })}${item.phone && t('common.dot') + item.phone}</p>
    ${item.due.length > 0 && html`<p class="row">${item.due.map(duty => html`<span class="tag bad" key=${duty}>
      ${t('observation.due.' + duty)}</span>`)}</p>`}
    ${item.testDueOn && item.testDueOn > today() && html`<p class="soft small">${t('observation.testOn', { date: dateWords(item.testDueOn) })}</p>`}
    ${noted.length > 0 && html`<ul class="lines">${noted.map(event => html`<li key=${event.at}><div class="line"><span class="line-name">
      ${t('observation.event.' + event.event)}${event.result && t('common.space') + t('observation.result.' + event.result)}
      ${event.note && html`<span class="soft small block">${event.note}</span>`}</span>
      <span class="line-end soft small">${event.by} ${dateWords(dateOf(event.at))} ${clockOf(event.at)}</span></div></li>`)}</ul>`}
    ${item.possible.length > 0 && html`<div class="btns">${item.possible.map(event => html`<${Button} key=${event}
      kind=${event === 'RELEASE' ? 'primary' : 'default'} onClick=${() => onEnter(event)} testid=${'do-' + event + '-' + item.id}>
      ${t('observation.do.' + event)}<//>`)}</div>`}
  </section>`;
}

function EntrySheet({ item, event, onClose }) {
  const [note, setNote] = useState('');
  const [takenOn, setTakenOn] = useState(today());
  const [result, setResult] = useState('');
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const key = useRef(newUuid());
  const isTest = event === 'TEST';
  const enter = async () => {
    setSending(true);
    setError(null);
    try {
      const body = Object.assign(note.trim() ? { note: note.trim() } : {}, isTest ? { takenOn, result } : {});
      await post('/observations/' + encodeURIComponent(item.id) + '/' + PATHS[event], body, { idempotencyKey: key.current });
      onClose(true);
    } catch (refused) {
      key.current = newUuid();
      setError(refused);
    } finally {
      setSending(false);
    }
  };
  return html`<${Sheet} title=${t('observation.do.' + event) + t('common.space') + item.residentName} onClose=${() => onClose(false)}
    testid="observation-sheet" foot=${html`<${Button} busy=${sending} disabled=${isTest && !result} onClick=${enter} testid="observation-enter">
      ${t(sending ? 'common.saving' : 'observation.enter')}<//>`}>
    ${error && html`<${Failure} error=${error} testid="observation-error" />`}
    ${isTest && html`<${TextField} id="takenOn" label=${t('observation.takenOn')} type="date" value=${takenOn} onValue=${setTakenOn} />
      <p class="label">${t('observation.result')}</p><${Segments} label=${t('observation.result')} testid="observation-result" chosen=${result}
        onChoose=${setResult} items=${['NEGATIVE', 'POSITIVE'].map(id => ({ id, text: t('observation.result.' + id) }))} />`}
    <${TextField} id="note" label=${t('observation.note')} value=${note} maxLength=${500} onValue=${setNote} />
  <//>`;
}
