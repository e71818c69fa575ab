/*
 * The grid worker's phone list: one person after the other, by keyboard. What was written down goes out as a list: five at a time,
 * at the end, or at once when it is a fever or a symptom, because an alert cannot wait. Until then it can be taken back.
 * The basket is kept on the device, so that a closed page loses no call.
 */
import { Problem } from '../../shared/api.js';
import { myDrafts, onDrafts, send } from '../../shared/drafts.js';
import { dateWords, ROUNDS } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { readPreference, writePreference } from '../../shared/preferences.js';
import { SymptomChips, SYMPTOMS, symptomWords } from '../../shared/symptoms.js';
import { celsiusOf, implausibleWords, isFever, isPlausible, readTenths, shown, TemperatureStepper } from '../../shared/temperature.js';
import { Button, explain, Failure, html, Icon, Loaded, PageTitle, say, SentLater, useEffect, useLoad, useRef, useState } from '../../shared/ui.js';
import { loadCalls } from './calls.js';
import { byBuilding, dayOf } from './figures.js';
import { CALL_AFTER_MISSED, loadMissing } from './missing.js';

const SEND_AT = 5;

export default function PhonePage({ route, me }) {
  const date = dayOf(route);
  const round = ROUNDS.includes(route.query.round) ? route.query.round : 'MORNING';
  const building = route.query.building || '';
  const fromCalls = route.query.list === 'calls';
  const loading = useLoad(() => (fromCalls ? loadCalls() : loadMissing(date, round, building)), [date, round, building, fromCalls]);
  const back = fromCalls ? '#/calls' : '#/missing?date=' + date + '&round=' + round + (building ? '&building=' + encodeURIComponent(building) : '');
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href=${back} data-testid="back"><${Icon} name="back" />${t('phone.back')}</a>
    <div class="page-head"><${PageTitle}>${t('phone.title')}<//><span class="soft">
      ${dateWords(date)} ${t('round.' + round)}${building ? t('common.dot') + t('building.name', { building }) : ''}</span></div>
    <${Loaded} of=${loading}>${items => html`<${CallList} items=${items} date=${date} round=${round} first=${route.query.first}
      owner=${me.id} back=${back} />`}<//>
  </main>`;
}

function recall(key, fallback) {
  try {
    return JSON.parse(readPreference(key, 'null')) || fallback;
  } catch (damaged) {
    return fallback;
  }
}

const waitingIds = (date, round) => {
  const ids = [];
  myDrafts().forEach(draft => { if (!draft.refusal && draft.about.date === date
    && draft.about.round === round) ids.push(...draft.about.residentIds); });
  return ids;
};

const readyOf = basket => basket.filter(entry => !entry.fault);

const isUrgent = entry => isFever(entry.tenths) || entry.symptoms.length > 0;

function CallList({ items, date, round, first, owner, back }) {
  const basketKey = ['phoneList', owner, date, round].join('.');
  const callsKey = ['unanswered', date, round].join('.');
  const [people] = useState(() => items.slice().sort((a, b) => b.missedRounds - a.missedRounds || byBuilding(a.household, b.household)));
  const [basket, setBasketState] = useState(() => recall(basketKey, []));
  const [unanswered, setUnanswered] = useState(() => recall(callsKey, {}));
  const [done, setDone] = useState([]);
  const [current, setCurrent] = useState(() => (people.some(person => person.residentId === first) ? first : null));
  const [sending, setSending] = useState(false);
  const [error, setError] = useState(null);
  const [, redraw] = useState(0);
  useEffect(() => onDrafts(() => redraw(count => count + 1)), []);
  const held = useRef(basket);
  const setBasket = next => {
    held.current = next;
    setBasketState(next);
    writePreference(basketKey, next.length ? JSON.stringify(next) : null);
  };

  const waiting = waitingIds(date, round);
  const handled = basket.filter(entry => !entry.fault).map(entry => entry.residentId).concat(done.map(entry => entry.residentId), waiting);
  const left = people.filter(person => !handled.includes(person.residentId));
  const person = left.find(one => one.residentId === current) || left.find(one => !unanswered[one.residentId]) || left[0] || null;

  const after = id => {
    const place = left.findIndex(one => one.residentId === id);
    const next = left.slice(place + 1).find(one => !unanswered[one.residentId])
      || left.find(one => one.residentId !== id && !unanswered[one.residentId]);
    setCurrent(next ? next.residentId : null);
  };
  /** What is noted while a list is under way stays in the basket for the next. */
  const flush = async () => {
    const ready = readyOf(held.current);
    setSending(true);
    setError(null);
    try {
      const reports = ready.map(({ residentId, tenths, symptoms, note }) => Object.assign({ residentId, date, round, temperature: celsiusOf(tenths),
        symptoms }, note ? { note } : {}));
      const outcome = await send('/health-reports/batch', { reports },
        { date, round, residentIds: ready.map(entry => entry.residentId), names: ready.map(entry => entry.name) });
      const results = outcome.sent ? outcome.sent.data.results : [];
      setBasket(held.current.filter(entry => !ready.includes(entry)).concat(outcome.sent ? refusedOf(ready, results) : []));
      const taken = ready.map((entry, index) => Object.assign({ report: results[index] && results[index].report }, entry))
        .filter(entry => entry.report);
      setDone(before => before.concat(taken));
      say(outcome.sent ? t('phone.sent', { count: taken.length }) : t('waiting.title'));
    } catch (refused) {
      setError(refused);
    } finally {
      setSending(false);
    }
  };
  const due = readyOf(basket).length >= SEND_AT || readyOf(basket).some(isUrgent) || (left.length === 0 && readyOf(basket).length > 0);
  useEffect(() => { if (due && !sending && !error) flush(); }, [due, sending, error]);
  const take = (tenths, symptoms, note) => {
    const { residentId, name, household } = person;
    setBasket(held.current.filter(entry => entry.residentId !== residentId).concat({ residentId, name, household, tenths, symptoms, note }));
    after(residentId);
  };
  const noAnswer = () => {
    const next = Object.assign({}, unanswered, { [person.residentId]: (unanswered[person.residentId] || 0) + 1 });
    setUnanswered(next);
    writePreference(callsKey, JSON.stringify(next));
    after(person.residentId);
  };
  const takeBack = entry => { setBasket(basket.filter(other => other !== entry)); setCurrent(entry.residentId); };

  const alerting = done.filter(entry => entry.report.alertId);
  return html`
    <div class="card"><div class="row spread"><p data-testid="call-counter"><strong>
      ${t('phone.counter', { done: people.length - left.length, all: people.length })}</strong></p>
      <p class="soft">${t('phone.counter.more', { unanswered: left.filter(one => unanswered[one.residentId]).length, left: left.length })}
        </p></div>
      <div class="progress"><div style=${{ width: (people.length ? (people.length - left.length) / people.length * 100 : 100) + '%' }}>
        </div></div></div>
    <div aria-live="polite">
      ${alerting.length > 0 && html`<div class="notice bad" role="alert" data-testid="alert-opened"><h2>
        ${t('phone.alert', { names: alerting.map(entry => entry.name + ' ' + entry.household).join(t('common.comma')) })}</h2><p>
        ${t('phone.alert.next')}</p></div>`}
      ${waiting.length > 0 && html`<div class="notice warn" data-testid="drafts-waiting"><p><strong>
        ${t('drafts.waiting', { count: waiting.length })}</strong> ${t('waiting.text')}</p></div>`}
      ${error && html`<${Failure} error=${error} retry=${flush} />`}<${SentLater} />
    </div>
    <div class="columns">
      <div>${person ? html`<${Person} key=${person.residentId} person=${person} calls=${unanswered[person.residentId] || 0} onTake=${take}
        onNoAnswer=${noAnswer} faulty=${basket.find(entry => entry.residentId === person.residentId && entry.fault)} />`
        : html`<div class="card empty" data-testid="phone-done"><span class="done-mark"><${Icon} name="tick" /></span><h2>${t('phone.done')}
          </h2><p><a class="weui-btn btn weui-btn_default" href=${back}>${t('phone.back')}</a></p></div>`}
        ${basket.length > 0 && html`<${Basket} basket=${basket} sending=${sending} onBack=${takeBack} onSend=${flush} />`}
      </div>
      <${Queue} left=${left} person=${person} unanswered=${unanswered} onChoose=${setCurrent} />
    </div>`;
}

function refusedOf(ready, results) {
  const refused = [];
  ready.forEach((entry, index) => {
    const answer = results[index];
    if (!answer.report) {
      const words = explain(new Problem(answer.status, answer.problem || {}));
      refused.push(Object.assign({}, entry, { fault: words.faults[0] || words.detail || words.title }));
    }
  });
  return refused;
}

function Person({ person, calls, onTake, onNoAnswer, faulty }) {
  const [text, setText] = useState(faulty ? shown(faulty.tenths) : '');
  const [symptoms, setSymptoms] = useState(faulty ? faulty.symptoms : []);
  const [note, setNote] = useState(faulty ? faulty.note || '' : '');
  const [fault, setFault] = useState(faulty ? faulty.fault : '');
  const [noteFault, setNoteFault] = useState('');
  const input = useRef(null);
  const noteInput = useRef(null);
  useEffect(() => { if (input.current) input.current.focus({ preventScroll: true }); }, []);
  const save = () => {
    const tenths = readTenths(text);
    if (!isPlausible(tenths)) {
      setFault(text === '' ? t('temperature.needed') : implausibleWords());
      input.current.focus();
      return;
    }
    if (symptoms.includes('OTHER') && !note.trim()) {
      setNoteFault(t('phone.note.needed'));
      noteInput.current.focus();
      return;
    }
    onTake(tenths, symptoms, symptoms.length ? note.trim() : '');
  };
  const onKeyDown = event => {
    const number = event.altKey && /^Digit[0-8]$/.test(event.code) ? Number(event.code.slice(5)) : -1;
    if (number >= 0) {
      event.preventDefault();
      const symptom = SYMPTOMS[number - 1];
      setSymptoms(number === 0 ? [] : symptoms.includes(symptom) ? symptoms.filter(other => other !== symptom) : symptoms.concat(symptom));
    } else if (event.altKey && event.code === 'KeyN') {
      event.preventDefault();
      onNoAnswer();
    }
  };
  return html`<form class="card" onSubmit=${event => { event.preventDefault(); save(); }} onKeyDown=${onKeyDown} novalidate
    data-testid="phone-form">
    <div class="row spread"><h2 data-testid="phone-person">${person.name} <span class="nowrap">${person.household}</span></h2>
      ${person.missedRounds >= CALL_AFTER_MISSED && html`<span class="tag bad">${t('missing.times', { count: person.missedRounds })}
        </span>`}</div>
    <p class="row"><span class="num">${person.phone || t('missing.noPhone')}</span>${calls > 0 && html`<span class="tag late">
      ${t('phone.unanswered', { count: calls })}</span>`}</p>
    <div class="after"><${TemperatureStepper} id=${person.residentId} name=${person.name} text=${text} fault=${fault} inputRef=${input}
      onEnter=${save} onText=${next => { setText(next); setFault(''); }} /></div>
    <p class="label after">${t('symptom.label')}</p>
    <${SymptomChips} name=${person.name} chosen=${symptoms} onChosen=${setSymptoms} testid="phone-symptoms" />
    ${symptoms.length > 0 && html`<label class="label after" for="phone-note">${t('phone.note')}</label>
      <input class="input" id="phone-note" ref=${noteInput} maxlength="200" value=${note} aria-invalid=${noteFault ? 'true' : null}
        aria-describedby=${noteFault ? 'phone-note-fault' : null}
        onInput=${event => { setNote(event.target.value); setNoteFault(''); }} data-testid="phone-note" />
      <div aria-live="polite" id="phone-note-fault">${noteFault && html`<p class="fault" data-testid="phone-note-fault">${noteFault}</p>`}</div>`}
    <div class="btns after"><${Button} type="submit" testid="phone-next">${t('phone.next')}<//>
      <${Button} kind="default" onClick=${onNoAnswer} testid="phone-no-answer">${t('phone.noAnswer')}<//></div>
    <p class="hint wide-only">${t('phone.keys')}</p>
  </form>`;
}

function Basket({ basket, sending, onBack, onSend }) {
  const ready = basket.filter(entry => !entry.fault).length;
  return html`<div class="card"><h2>${t('phone.basket')}</h2><ul class="lines" data-testid="basket">
    ${basket.map(entry => html`<li key=${entry.residentId}><div class="line">
      <span class="line-name"><span class="strong">${entry.name}</span> ${entry.household}<span class="soft small block">
        ${symptomWords(entry.symptoms)}${entry.note && t('common.dot') + entry.note}</span>${entry.fault && html`<span class="fault block">${entry.fault}</span>`}</span>
      <span class="line-end"><span class=${'temp' + (isFever(entry.tenths) ? ' high' : '')}>${shown(entry.tenths)}</span>
        <button type="button" class="link-btn" onClick=${() => onBack(entry)}>${t('phone.takeBack')}<span class="unseen"> ${entry.name}
        </span></button></span></div></li>`)}</ul>
    ${ready > 0 && html`<${Button} onClick=${onSend} busy=${sending} testid="phone-send">
      ${t(sending ? 'common.sending' : 'phone.send', { count: ready })}<//>`}
    <p class="hint">${t('phone.basket.hint', { count: SEND_AT })}</p></div>`;
}

function Queue({ left, person, unanswered, onChoose }) {
  if (!left.length) return null;
  return html`<div class="card"><h2>${t('phone.queue', { count: left.length })}</h2><ul class="lines queue" data-testid="queue">
    ${left.map(one => html`<li key=${one.residentId}>
    <button type="button" class="line" aria-current=${person && one.residentId === person.residentId ? 'true' : null}
      onClick=${() => onChoose(one.residentId)} data-testid=${'queue-' + one.residentId}>
      <span class="line-name"><span class="strong">${one.name}</span> <span class="nowrap">${one.household}</span></span>
      <span class="line-end">${unanswered[one.residentId] && html`<span class="tag late">
        ${t('phone.unanswered', { count: unanswered[one.residentId] })}</span>`}
        ${one.missedRounds >= CALL_AFTER_MISSED && html`<span class="tag bad">${one.missedRounds}</span>`}</span></button></li>`)}</ul>
          </div>`;
}
