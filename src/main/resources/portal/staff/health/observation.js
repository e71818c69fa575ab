/* One home observation: what is due, what may be entered, and all that happened. */
import { get } from '../../shared/api.js';
import { clockOf, dateOf, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, html, Icon, Loaded, PageTitle, say, useLoad, useState } from '../../shared/ui.js';
import { residentPage } from '../addresses.js';
import { DueTags, EntrySheet } from './entries.js';

const OPERATIONS = { FOLLOW_UP: 'addFollowUp', TEST: 'addTest', RELEASE: 'releaseObservation', TRANSFER: 'transferObservation' };

export default function ObservationPage({ route }) {
  const id = route.path[1];
  const [entering, setEntering] = useState(null);
  const loading = useLoad(() => get('/observations/' + encodeURIComponent(id)).then(answer => answer.data), [id]);
  const close = entered => {
    setEntering(null);
    if (entered) {
      say(t('observation.entered'));
      loading.reload();
    }
  };
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/observations"><${Icon} name="back" />${t('observations.title')}</a>
    <${Loaded} of=${loading}>${item => html`
      <div class="page-head"><${PageTitle}>${item.residentName} ${item.household}<//><span class="row">
        <span class=${'tag ' + (item.state === 'OPEN' ? 'info' : 'good')} data-testid="state">${t('observation.state.' + item.state)}</span>
        <strong class="num">${t('observation.day', { day: item.day, days: item.days })}</strong></span></div>
      <div class="columns"><${Facts} item=${item} onEnter=${event => setEntering({ items: [item], event })} />
        <${Trail} item=${item} onWithdraw=${number => setEntering({ items: [item], event: 'WITHDRAW_TEST', number })} /></div>`}<//>
    ${entering && html`<${EntrySheet} ...${entering} onClose=${close} />`}
  </main>`;
}

function Facts({ item, onEnter }) {
  return html`<section class="card"><div class="progress" role="img" aria-label=${t('observation.day', { day: item.day, days: item.days })}>
      <div style=${{ width: item.day / item.days * 100 + '%' }}></div></div>
    <dl class="facts">
      <dt>${t('observation.why')}</dt><dd>${t('observation.cause.' + item.cause)}${item.reason && t('common.dot') + item.reason}</dd>
      <dt>${t('observation.since')}</dt><dd>${dateWords(item.startsOn)}</dd>
      ${item.phone && html`<dt>${t('auth.phone')}</dt><dd class="num">${item.phone}</dd>`}
      ${item.testDueOn && html`<dt>${t('observation.nextTest')}</dt><dd class=${item.testDueOn <= today() ? 'fault-text' : ''}>
        ${dateWords(item.testDueOn)}</dd>`}
      ${item.state === 'OPEN' && html`<dt>${t('observation.ends')}</dt><dd>${t('observation.end', { date: dateWords(item.endsOn) })}</dd>`}
      ${item.endedAt && html`<dt>${t('observation.over')}</dt><dd>${dateWords(dateOf(item.endedAt))} ${clockOf(item.endedAt)}</dd>`}
      ${item.due.length > 0 && html`<dt>${t('observation.today')}</dt><dd class="row"><${DueTags} item=${item} /></dd>`}
    </dl>
    ${item.state === 'OPEN' && html`<div class="btns after">${Object.keys(OPERATIONS).filter(event => offers(item, event)).map(event => html`
      <${Button} key=${event} kind=${item.due.includes(event) ? 'primary' : 'default'} onClick=${() => onEnter(event)} testid=${'do-' + event}>
      ${t('observation.do.' + event)}<//>`)}</div>`}
    <p class="row after">${may('listHealthReports') && html`<a class="link-btn" href=${residentPage(item.residentId, item.residentName, item.household)}>
        ${t('missing.history')}</a>`}
      ${may('listTravelDeclarations') && html`<a class="link-btn" href=${'#/journeys?residentId=' + encodeURIComponent(item.residentId)}
        data-testid="to-journeys">${t('journeys.title')}</a>`}</p></section>`;
}

/** A release that is not possible yet is offered too: its refusal says from when, and why. */
const offers = (item, event) => item.possible.includes(event) || (event === 'RELEASE' && may(OPERATIONS[event]));

function Trail({ item, onWithdraw }) {
  return html`<section class="card"><h2>${t('observation.trail')}</h2><ol class="lines" data-testid="trail">
    ${item.events.slice().reverse().map(event => html`<li key=${event.number} data-testid=${'event-' + event.number}><div class="line">
      <span class="line-name"><span class=${event.withdrawn ? 'struck' : 'strong'}>${t('observation.event.' + event.event)}
        ${event.takenOn && t('common.space') + dateWords(event.takenOn) + t('common.space')}${event.result && t('observation.result.' + event.result)}
        ${event.days && t('common.space') + t('observation.days', { days: event.days })}</span>
        ${event.withdrawn && html` <span class="tag">${t('observation.withdrawn')}</span>`}
        ${event.note && html`<span class="block">${event.note}</span>`}
        <span class="soft small block">${dateWords(dateOf(event.at))} ${clockOf(event.at)}${event.by && t('common.dot') + event.by}</span></span>
      ${event.event === 'TEST' && !event.withdrawn && item.possible.includes('WITHDRAW_TEST') && html`<span class="line-end">
        <button type="button" class="link-btn" onClick=${() => onWithdraw(event.number)} data-testid=${'withdraw-' + event.number}>
        ${t('observation.do.WITHDRAW_TEST')}</button></span>`}</div></li>`)}</ol></section>`;
}
