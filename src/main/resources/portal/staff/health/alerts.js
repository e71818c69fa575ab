/*
 * Alerts from the report to their end: what nobody has taken on yet stands on top, one tap takes it on, every further step asks for a note.
 * By keyboard: up and down move between the alerts, Enter takes the next step.
 */
import { get, getAll, post, Problem, worthRetrying } from '../../shared/api.js';
import { clockOf, dateOf } from '../../shared/clock.js';
import { dateWords, Temperature } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { may } from '../../shared/session.js';
import { symptomWords } from '../../shared/symptoms.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, say, Segments, Sheet, useEffect, useLoad, useMinute, useRef,
  useState } from '../../shared/ui.js';
import { useAtChanges, useMonitor } from '../monitor/live.js';
import { LiveTag } from '../monitor/live-tag.js';
import { residentPage } from '../addresses.js';
import { Disclose } from '../audit/disclose.js';
import { durationWords } from './figures.js';

/* Changes are told by the stream; this is for those who have none. */
const LOOK_AGAIN_MILLIS = 30000;
const MINUTE = 60000;
const LONGEST_NOTE = 500;
const TAGS = { OPEN: 'bad', ACKNOWLEDGED: 'info', ESCALATED: 'late', TRANSFERRED: 'info', CLOSED: 'good' };
const LISTS = ['unclosed', 'CLOSED'];

/** Each alert with the moment it was read, by which its age goes on counting. */
async function loadAlerts(list) {
  const items = list === 'unclosed' ? await getAll('/alerts', { unclosed: true }) : (await get('/alerts', { state: list })).data.items;
  const readAt = Date.now();
  return items.map(item => Object.assign({ readAt }, item));
}

const ageMinutes = alert => alert.ageMinutes + (alert.closedAt ? 0 : Math.floor((Date.now() - alert.readAt) / MINUTE));

/** Until it must be acknowledged; below zero where that time has passed. */
const minutesLeft = alert => Math.round((Date.parse(alert.acknowledgeBy) - Date.parse(alert.openedAt)) / MINUTE) - ageMinutes(alert);

/** Nobody has taken it on yet: these come first, the longest waiting on top. */
const isWaiting = alert => !alert.acknowledgedAt && alert.state !== 'CLOSED';

const byUrgency = (a, b) => Number(isWaiting(b)) - Number(isWaiting(a)) || Date.parse(a.openedAt) - Date.parse(b.openedAt);

function useAlerts(list) {
  const loading = useLoad(() => loadAlerts(list), [list]);
  useMinute();
  useAtChanges(() => loading.reload(), may('getMonitor'));
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden && navigator.onLine !== false) loading.reload(); }, LOOK_AGAIN_MILLIS);
    return () => clearInterval(timer);
  }, [list]);
  const replace = alert => loading.replace(loading.data.map(one => (one.id === alert.id ? Object.assign({ readAt: Date.now() }, alert) : one)));
  return Object.assign({}, loading, { replaceOne: replace });
}

export default function AlertsPage({ route, me }) {
  const list = LISTS.includes(route.query.list) ? route.query.list : 'unclosed';
  const loading = useAlerts(list);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('alerts.title')}<//>${list === 'unclosed' && may('getMonitor')
      && html`<${Live} />`}</div>
    <div class="choices"><${Segments} label=${t('alerts.title')} testid="alerts" chosen=${list}
      onChoose=${next => { location.hash = '#/alerts?list=' + next; }}
      items=${LISTS.map(id => ({ id, text: t('alerts.list.' + id) }))} /></div>
    <${Loaded} of=${loading}>${items => (items.length ? html`<${Alerts} me=${me} loading=${loading} items=${items} newest=${list === 'CLOSED'} />
        ${list === 'unclosed' && html`<p class="hint wide-only">${t('alerts.keys')}</p>`}`
      : html`<${Empty} title=${t('alerts.none.' + list)} testid="no-alerts" />`)}<//>
  </main>`;
}

function Live() {
  const live = useMonitor();
  return live.data && html`<${LiveTag} live=${live} />`;
}

/** For the overview: what waits for somebody, with the tap that takes it on; nothing where nothing waits. */
export function AlertsNow({ me }) {
  const loading = useAlerts('unclosed');
  if (!loading.data || !loading.data.length) return null;
  const waiting = loading.data.filter(isWaiting);
  return html`<section class="alerts-now" aria-label=${t('alerts.now')} data-testid="alerts-now">
    <div class="row spread"><h2 class="section-title">${t(waiting.length ? 'alerts.now' : 'alerts.now.none',
      { count: waiting.length })}</h2><a class="link-btn" href="#/alerts">${t('alerts.all', { count: loading.data.length })}</a></div>
    ${waiting.length > 0 && html`<${Alerts} me=${me} loading=${loading} items=${waiting} />`}
  </section>`;
}

/** Those of some buildings, for their page. */
export function AlertsOf({ me, compoundId, buildings }) {
  const loading = useAlerts('unclosed');
  const own = (loading.data || []).filter(alert => alert.compound.id === compoundId && buildings.includes(alert.building));
  if (!own.length) return null;
  return html`<section aria-label=${t('alerts.title')}><h2 class="section-title">${t('alerts.title')}</h2>
    <${Alerts} me=${me} loading=${loading} items=${own} /></section>`;
}

function Alerts({ me, loading, items, newest }) {
  const [wish, setWish] = useState(null);
  const [busy, setBusy] = useState(null);
  const [refused, setRefused] = useState(null);
  const list = useRef(null);
  const keys = useRef({});
  const shown = newest ? items : items.slice().sort(byUrgency);

  /** The same wish keeps its key until it is answered, so that a lost reply makes no second step of it. */
  const take = async (alert, event, note) => {
    const key = alert.id + event + (note || '');
    keys.current[key] = keys.current[key] || newUuid();
    const body = Object.assign({ version: alert.version }, note ? { note } : {});
    try {
      const answer = await post('/alerts/' + encodeURIComponent(alert.id) + '/' + event.toLowerCase(), body,
        { idempotencyKey: keys.current[key] });
      loading.replaceOne(answer.data);
      say(t('alerts.done.' + event, { name: whom(alert) }));
    } catch (fault) {
      if (!worthRetrying(fault)) keys.current[key] = null;
      if (fault instanceof Problem && fault.status === 409) loading.reload();
      throw fault;
    }
  };
  const next = async (alert, event) => {
    if (event !== 'ACKNOWLEDGE') {
      setWish({ alert, event });
      return;
    }
    setBusy(alert.id);
    setRefused(null);
    try {
      await take(alert, event);
    } catch (fault) {
      setRefused({ id: alert.id, fault });
    } finally {
      setBusy(null);
    }
  };
  const onKeyDown = event => {
    if (!event.target.dataset || !event.target.dataset.alert) return;
    const cards = Array.from(list.current.querySelectorAll('[data-alert]'));
    const place = cards.indexOf(event.target);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const other = cards[place + (event.key === 'ArrowDown' ? 1 : -1)];
      if (other) other.focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const alert = shown.find(one => one.id === event.target.dataset.alert);
      if (alert && alert.possible.length) next(alert, alert.possible[0]);
    }
  };
  return html`<div class="alerts-list" ref=${list} onKeyDown=${onKeyDown} data-testid="alerts-list">
      ${shown.map(alert => html`<${AlertCard} key=${alert.id} me=${me} alert=${alert} busy=${busy === alert.id} onStep=${event => next(alert, event)}
        fault=${refused && refused.id === alert.id ? refused.fault : null} />`)}
    </div>
    ${wish && html`<${StepSheet} ...${wish} take=${take} onClose=${() => setWish(null)} />`}`;
}

/** What of the person can be asked for: who reads no names asks for the name, too. */
const hiddenOf = alert => (alert.residentName ? (alert.phone ? ['PHONE'] : []) : ['NAME', 'PHONE']);

const whom = alert => alert.residentName || t('building.name', { building: alert.building });

function AlertCard({ me, alert, busy, onStep, fault }) {
  const waiting = isWaiting(alert);
  return html`<article class=${'card alert-card' + (waiting ? ' waiting' : '')} tabindex="0" data-alert=${alert.id}
    aria-label=${whom(alert) + ' ' + t('alertState.' + alert.state)} data-testid=${'alert-' + alert.id}>
    <div class="row spread"><h2>${alert.residentName ? html`${alert.residentName} <span class="nowrap">${alert.household}</span>`
      : t('alerts.unnamed', { compound: alert.compound.name, building: alert.building })}</h2>
      <span class=${'tag ' + TAGS[alert.state]} data-state=${alert.state}>${t('alertState.' + alert.state)}</span></div>
    <p class="row"><${Age} alert=${alert} />${alert.phone && html`<span class="num">${alert.phone}</span>`}
      ${alert.residentName && may('listHealthReports') && html`<a class="link-btn"
        href=${residentPage(alert.residentId, alert.residentName, alert.household)}>${t('missing.history')}</a>`}
      ${hiddenOf(alert).map(field => html`<${Disclose} key=${field} me=${me} residentId=${alert.residentId} name=${whom(alert)}
        field=${field} />`)}</p>
    <ul class="lines">${alert.reports.map(report => html`<li key=${report.id + report.receivedAt}><div class="line">
      <span class="line-name">${symptomWords(report.symptoms)}${report.note && html`<span class="soft"> ${report.note}</span>`}
        <span class="soft small block">${t(report.opened ? 'alerts.opened' : 'alerts.joined')}${t('common.dot')}
          ${moment(report.receivedAt, alert)}</span></span>
      <span class="line-end"><${Temperature} celsius=${report.temperature} /></span></div></li>`)}</ul>
    ${alert.steps.length > 0 && html`<ol class="alert-steps" aria-label=${t('alerts.steps')}>${alert.steps.map(step => html`
      <li key=${step.at + step.event}><strong>${t('alertEvent.' + step.event)}</strong> <span class="soft small">${moment(step.at, alert)}
      ${t('common.dot')}${step.by ? (step.by.name || '') + ' ' + t('role.' + step.by.role) : t('alerts.byTheClock')}</span>
      ${step.note && html`<span class="block">${step.note}</span>`}</li>`)}</ol>`}
    ${fault && html`<${Failure} error=${fault} testid="step-error" />`}
    ${alert.possible.length > 0 && html`<div class="btns after no-print">${alert.possible.map((event, place) => html`
      <${Button} key=${event} kind=${place === 0 ? 'primary' : 'default'} busy=${busy && event === 'ACKNOWLEDGE'} onClick=${() => onStep(event)}
        label=${t('alertDo.' + event) + ' ' + whom(alert)} testid=${event.toLowerCase() + '-' + alert.id}>${t('alertDo.' + event)}<//>`)}</div>`}
  </article>`;
}

/** The clock alone on the day of the alert, else with the date. */
const moment = (at, alert) => (dateOf(at) === dateOf(alert.openedAt) ? '' : dateWords(dateOf(at)) + ' ') + clockOf(at);

function Age({ alert }) {
  const minutes = ageMinutes(alert);
  const words = durationWords(minutes);
  const left = minutesLeft(alert);
  return html`<span class="row" data-testid="age"><span class="soft">${t(alert.closedAt ? 'alerts.took' : 'alerts.age', { time: words })}</span>
    ${isWaiting(alert) && (left > 0 ? html`<strong class=${left <= 3 ? 'fault-text' : ''}>${t('alerts.left', { minutes: left })}</strong>`
      : html`<strong class="fault-text">${t('alerts.overdue', { time: durationWords(-left) })}</strong>`)}</span>`;
}

function StepSheet({ alert, event, take, onClose }) {
  const [note, setNote] = useState('');
  const [fault, setFault] = useState('');
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const area = useRef(null);
  useEffect(() => area.current.focus(), []);
  const submit = async () => {
    const words = note.trim();
    setError(null);
    setFault(event === 'CLOSE' && !words ? t('alerts.note.needed') : '');
    if (event === 'CLOSE' && !words) {
      area.current.focus();
      return;
    }
    setBusy(true);
    try {
      await take(alert, event, words);
      onClose();
    } catch (refused) {
      setError(refused);
      setFault(refused instanceof Problem ? refused.at('/note') : '');
      setBusy(false);
    }
  };
  const onKeyDown = press => {
    if (press.key === 'Enter' && (press.ctrlKey || press.metaKey)) {
      press.preventDefault();
      if (!busy) submit();
    }
  };
  const suggestions = ['1', '2', '3'].map(number => t('alerts.suggest.' + event + '.' + number));
  return html`<${Sheet} title=${t('alertDo.' + event) + t('common.dot') + whom(alert)} onClose=${onClose} testid="step-sheet"
    foot=${html`<${Button} onClick=${submit} busy=${busy} testid="step-save">${t(busy ? 'common.saving' : 'alertDo.' + event)}<//>`}>
    <p class="soft">${t('alerts.means.' + event)}</p>
    <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${['/note']} testid="step-error" />`}</div>
    <div class="field" onKeyDown=${onKeyDown}><label for="step-note">${t(event === 'CLOSE' ? 'alerts.result' : 'alerts.note')}</label>
      <textarea class="input" id="step-note" rows="3" maxlength=${LONGEST_NOTE} value=${note} ref=${area} aria-invalid=${fault ? 'true' : null}
        aria-describedby=${fault ? 'step-note-fault' : null} onInput=${input => { setNote(input.target.value); setFault(''); }}
        data-testid="step-note"></textarea>
      ${fault && html`<p class="fault" id="step-note-fault" role="alert">${fault}</p>`}</div>
    <div class="segments after" role="group" aria-label=${t('alerts.suggestions')}>${suggestions.map((words, place) => html`
      <button type="button" class="chip" key=${words} onClick=${() => { setNote(words); setFault(''); area.current.focus(); }}
        data-testid=${'suggest-' + place}>${words}</button>`)}</div><//>`;
}
