import { clockOf } from '../../shared/clock.js';
import { reportState, StateTag, Temperature } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
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
    <ol class="steps"><li>${t('alert.step1')}</li><li>${t('alert.step2')}</li><li>${t('alert.step3')}</li><li>${t('alert.step4')}</li></ol>
      </div>`;
}

export function WaitingNotice() {
  return html`<div class="notice warn" role="status" data-testid="report-waiting"><h2>${t('waiting.title')}</h2><p>${t('waiting.text')}</p>
    </div>`;
}
