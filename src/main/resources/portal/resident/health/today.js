import { clockOf, nowMillis, today } from '../../shared/clock.js';
import { discard, myDrafts, onDrafts, retryNow } from '../../shared/drafts.js';
import { dateWords, ROUNDS, StateTag, Temperature } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { Button, Empty, html, Icon, Loaded, PageTitle, say, Skeleton, useEffect, useLoad, useMinute, useOnline,
  useState } from '../../shared/ui.js';
import { FamilySheet } from './family.js';
import { AlertGuidance } from './notices.js';
import { ObservationCard } from './observation.js';
import { currentRound, cutOffClock, hasOpened, loadDay, measuredClock, millisToCutOff, missingOf, opensClock, reportOf, reportPage,
  stateOf, waitingFor } from './reports.js';

const STALE_MILLIS = 60000;

export function TodayPage({ me }) {
  const loading = useLoad(loadDay, [me.id]);
  const [form, setForm] = useState(null);
  const online = useOnline();
  const [, redraw] = useState(0);
  useMinute();
  useEffect(() => {
    let waitingBefore = myDrafts().length;
    return onDrafts(() => {
      const waiting = myDrafts().length;
      if (waiting < waitingBefore) loading.reload();
      waitingBefore = waiting;
      redraw(count => count + 1);
    });
  }, []);
  useReloadWhenSeenAgain(loading);
  useEffect(() => { if (online && loading.error) loading.reload(); }, [online]);

  const close = sent => {
    setForm(null);
    if (sent) loading.reload();
  };
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('today.title')}<//>
      <p class="soft">${loading.data && dateWords(loading.data.date) + t('common.dot')}${me.household && html`<span class="nowrap">
        ${me.household.label}</span>`}</p></div>
    <${Drafts} />
    <${ObservationCard} me=${me} fresh=${reportsIn(loading.data)} />
    <${Loaded} of=${loading} skeleton=${html`<div class="card" role="status" data-testid="skeleton"><span class="unseen">
      ${t('common.loading')}</span><span class="bone w60"></span><span class="bone tall"></span></div><${Skeleton} rows=${4} />`}>
      ${day => (day.members.length ? html`<${Day} day=${day} onReport=${(round, memberIds) => setForm({ day, round, memberIds })} />`
        : html`<${Empty} title=${t('today.nobody')}><p>${t('today.nobody.advice')}</p><//>`)}
    <//>
    <p class="after"><a class="link-btn" href="#/travel" data-testid="to-travel">${t('today.travel')}</a></p>
    ${form && html`<${FamilySheet} ...${form} onClose=${close} />`}
  </main>`;
}

/** How many reports there are, so that what else hangs on them is asked for again. */
const reportsIn = day => (day ? day.members.reduce((sum, member) => sum + member.reports.length, 0) : 0);

/** A phone taken out of the pocket in the afternoon still shows the morning: look again. */
function useReloadWhenSeenAgain(loading) {
  useEffect(() => {
    let seenAt = nowMillis();
    const look = () => {
      if (document.hidden) {
        seenAt = nowMillis();
      } else if (nowMillis() - seenAt > STALE_MILLIS) {
        loading.reload();
      }
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  // Left open over midnight it must not report for yesterday; the page is drawn anew every few seconds.
  const date = today();
  useEffect(() => { if (loading.data && loading.data.date !== date) loading.reload(); }, [date]);
}

function Day({ day, onReport }) {
  const now = currentRound(day);
  const missing = missingOf(day, now);
  const earlier = now === 'AFTERNOON' ? missingOf(day, 'MORNING') : [];
  const early = now === 'MORNING' && missing.length === 0 && hasOpened(day, 'AFTERNOON') ? missingOf(day, 'AFTERNOON') : [];
  const waiting = day.members.some(member => waitingFor(day, member.residentId, now));
  const breathless = day.members.filter(member => member.reports.some(report => report.symptoms.includes('DYSPNOEA')))
    .map(member => member.residentId);
  return html`
    ${day.alerts.map(alert => html`<${AlertGuidance} key=${alert.id} alert=${alert} breathing=${breathless.includes(alert.residentId)} />`)}
    <section class="card" aria-labelledby="now-title">
      ${missing.length > 0 && !hasOpened(day, now) ? html`<h2 id="now-title" data-testid="round-not-yet">
        ${t('today.notYet', { round: t('round.' + now), clock: opensClock(day, now) })}</h2>`
      : missing.length > 0 ? html`
        <h2 id="now-title">
          ${t(missing.length === day.members.length ? 'today.roundDue' : 'today.roundRest',
            { round: t('round.' + now), count: missing.length })}</h2>
        <${Countdown} day=${day} round=${now} />
        <${Button} extra="big" onClick=${() => onReport(now, missing)} testid="report-family">
          <span>${t(missing.length > 1 ? 'today.reportFamily' : 'today.reportOne')}</span><span class="btn-note">
            ${t('today.asLastTime', { count: missing.length })}</span><//>`
      : waiting ? html`<h2 id="now-title" data-testid="round-waiting">${t('today.waiting', { round: t('round.' + now) })}</h2>`
      : html`<div class="row" data-testid="round-complete"><span class="done-mark"><${Icon} name="tick" /></span><div class="grow">
        <h2 id="now-title">${t('today.complete', { round: t('round.' + now) })}</h2>
          ${now === 'MORNING' && html`<p class="soft">${t('today.next', { clock: measuredClock(day, 'AFTERNOON') })}</p>`}</div></div>`}
      ${early.length > 0 && html`<div class="after"><${Button} kind="default" onClick=${() => onReport('AFTERNOON', early)}
        testid="report-early">${t('today.reportEarly', { count: early.length })}<//></div>`}
      ${earlier.length > 0 && html`<div class="after"><${Button} kind="default" onClick=${() => onReport('MORNING', earlier)}
        testid="report-earlier">${t('today.reportEarlier', { count: earlier.length })}<//></div>`}
    </section>
    <div class="rounds">${ROUNDS.map(round => html`<${Round} key=${round} day=${day} round=${round} onReport=${onReport} />`)}</div>`;
}

function Countdown({ day, round }) {
  const minutes = Math.ceil(millisToCutOff(day, round) / 60000);
  const clock = cutOffClock(day, round);
  if (minutes <= 0) return html`<p class="notice warn" data-testid="countdown">${t('today.afterCutOff', { clock })}</p>`;
  const words = minutes >= 60 ? t('today.leftHours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
    : t('today.leftMinutes', { minutes });
  return html`<p class="countdown" data-testid="countdown"><span class="soft">${t('today.cutOff', { clock })}</span>
    <strong class=${minutes <= 30 ? 'fault-text' : ''}>${words}</strong></p>`;
}

function Round({ day, round, onReport }) {
  const done = day.members.filter(member => reportOf(member, round)).length;
  return html`<section class="card" aria-labelledby=${'round-' + round} data-testid=${'round-' + round}>
    <div class="row spread"><h2 id=${'round-' + round}>${t('round.' + round)} <span class="num">
      ${measuredClock(day, round).replace(/^0/, '')}</span></h2>
      <span class="soft num" data-testid=${'round-count-' + round}>${t('today.count', { done, all: day.members.length })}</span></div>
    <ul class="lines">${day.members.map(member => html`<${MemberLine} key=${member.residentId} day=${day} member=${member} round=${round}
      onReport=${onReport} />`)}</ul>
  </section>`;
}

function MemberLine({ day, member, round, onReport }) {
  const state = stateOf(day, member, round);
  const report = reportOf(member, round);
  const tappable = state !== 'WAITING' && (report !== null || hasOpened(day, round));
  const words = html`<span class="line-name strong">${member.name}</span>
    <span class="line-end">${report && html`<${Temperature} celsius=${report.temperature} />`}<${StateTag} state=${state} />
      ${tappable && html`<${Icon} name="go" />`}</span>`;
  const testid = 'line-' + round + '-' + member.residentId;
  if (!tappable) return html`<li><div class="line" data-testid=${testid}>${words}</div></li>`;
  return html`<li>${report
    ? html`<a class="line" href=${reportPage(report)} data-testid=${testid}>${words}<span class="unseen">
      ${t('today.correctIt')} ${clockOf(report.receivedAt)}</span></a>`
    : html`<button type="button" class="line" onClick=${() => onReport(round, [member.residentId])} data-testid=${testid}>${words}
      <span class="unseen">${t('today.reportIt')}</span></button>`}</li>`;
}

function Drafts() {
  const drafts = myDrafts();
  const refused = drafts.filter(draft => draft.refusal);
  const waiting = drafts.filter(draft => !draft.refusal);
  return html`<div aria-live="polite">
    ${waiting.length > 0 && html`<div class="notice warn" data-testid="drafts-waiting"><h2>${t('drafts.waiting', { count: waiting.length })}
      </h2>
      <p>${waiting.map(about).join(t('common.comma'))}</p><p>${t('waiting.text')}</p>
      <${Button} kind="default" onClick=${() => { say(t('drafts.trying')); retryNow(); }} testid="drafts-retry">${t('drafts.retry')}<//>
        </div>`}
    ${refused.map(draft => html`<div class="notice bad" key=${draft.key} data-testid="draft-refused"><h2>${t('drafts.refused')}</h2><p>
      ${about(draft)}</p><p>${draft.refusal}</p>
      <${Button} kind="default" onClick=${() => discard(draft.key)}>${t('drafts.discard')}<//></div>`)}
  </div>`;
}

const about = draft => t('round.' + draft.about.round) + ' ' + draft.about.names.join(t('common.comma'));
