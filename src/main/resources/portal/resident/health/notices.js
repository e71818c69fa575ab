import { clockOf, today } from '../../shared/clock.js';
import { dateWords, reportState, StateTag, Temperature } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { rules } from '../../shared/rules.js';
import { symptomWords } from '../../shared/symptoms.js';
import { html } from '../../shared/ui.js';

export function ReportLine({ name, report }) {
  return html`<li><div class="line"><div class="line-name"><span class="strong">${name}</span>
      <div class="soft small">${symptomWords(report.symptoms)}${t('common.dot')}${clockOf(report.receivedAt)}</div></div>
    <div class="line-end"><${Temperature} celsius=${report.temperature} /><${StateTag} state=${reportState(report)} /></div></div></li>`;
}

/** What happens after an alert: an 80-year-old who reads 38.2 must not be left alone with it. */
export function AlertNotice({ names, breathing, testid }) {
  return html`<div class="notice bad" role="alert" data-testid=${testid || 'alert-next'}>
    <h2>${t('alert.title', { names: names.join(t('common.comma')) })}</h2>
    ${breathing && html`<p class="strong">${t('alert.breathing')} <a class="call" href="tel:120">${t('alert.call120')}</a></p>`}
    <ol class="steps"><li>${t('alert.step1', { minutes: rules().acknowledgeMinutes })}</li><li>${t('alert.step2')}</li><li>${t('alert.step3')}</li><li>${t('alert.step4')}</li></ol>
      </div>`;
}

const WAY = [['OPEN', 'openedAt'], ['ACKNOWLEDGED', 'acknowledgedAt'], ['ESCALATED', 'escalatedAt'], ['TRANSFERRED', 'transferredAt'],
  ['CLOSED', 'closedAt']];

/** What happens now about a member of the household, by the state of their alert; how far it has come, with its times. */
export function AlertGuidance({ alert, breathing }) {
  const over = alert.state === 'CLOSED';
  const past = WAY.filter(([, at]) => alert[at]).sort((a, b) => Date.parse(alert[a[1]]) - Date.parse(alert[b[1]]));
  return html`<section class=${'notice ' + (over ? 'good' : 'bad')} aria-label=${t('guidance.title.' + alert.state, { name: alert.residentName })}
    data-testid="alert-open" data-state=${alert.state}>
    <h2>${t('guidance.title.' + alert.state, { name: alert.residentName })}</h2>
    ${breathing && !over && html`<p class="strong">${t('alert.breathing')} <a class="call" href="tel:120">${t('alert.call120')}</a></p>`}
    <p>${t('guidance.now.' + alert.state, { clock: clockOf(alert.acknowledgeBy) })}</p>
    ${!over && alert.state !== 'TRANSFERRED' && html`<p>${t('alert.step2')}</p>`}
    ${alert.passesSuspended && html`<p>${t('alert.step4')}</p>`}
    <ul class="way" aria-label=${t('guidance.way')}>${past.map(([state, at]) => html`<li key=${state}><span class="num">
      ${(alert[at].slice(0, 10) === today() ? '' : dateWords(alert[at].slice(0, 10)) + ' ') + clockOf(alert[at])}</span>
      ${t('guidance.way.' + state)}</li>`)}</ul>
  </section>`;
}

export function WaitingNotice() {
  return html`<div class="notice warn" role="status" data-testid="report-waiting"><h2>${t('waiting.title')}</h2><p>${t('waiting.text')}</p>
    </div>`;
}
