import { clockOf } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { symptomWords } from '../../shared/symptoms.js';
import { isFever, shown, tenthsOf } from '../../shared/temperature.js';
import { html } from '../../shared/ui.js';
import { reportState } from './reports.js';

const TAGS = { REPORTED: 'good', CORRECTED: 'info', LATE: 'late', WAITING: 'waiting', MISSING: 'missing', DUE: 'late', NOT_DUE: '' };

export function StateTag({ state }) {
  return html`<span class=${'tag ' + TAGS[state]} data-state=${state}>${t('state.' + state)}</span>`;
}

export function Temperature({ celsius }) {
  const tenths = tenthsOf(celsius);
  return html`<span class=${'temp' + (isFever(tenths) ? ' high' : '')}>${shown(tenths)}<span class="small">℃</span></span>`;
}

export function ReportLine({ name, report }) {
  return html`<li><div class="line"><div class="line-name"><span class="strong">${name}</span>
      <div class="soft small">${symptomWords(report.symptoms)}${t('common.dot')}${clockOf(report.receivedAt)}</div></div>
    <div class="line-end"><${Temperature} celsius=${report.temperature} /><${StateTag} state=${reportState(report)} /></div></div></li>`;
}

/** What happens after an alert: an 80-year-old who reads 38.2 must not be left alone with it. */
export function AlertNotice({ names, breathing }) {
  return html`<div class="notice bad" role="alert" data-testid="alert-next">
    <h2>${t('alert.title', { names: names.join(t('common.comma')) })}</h2>
    ${breathing && html`<p class="strong">${t('alert.breathing')} <a class="call" href="tel:120">${t('alert.call120')}</a></p>`}
    <ol class="steps"><li>${t('alert.step1')}</li><li>${t('alert.step2')}</li><li>${t('alert.step3')}</li><li>${t('alert.step4')}</li></ol></div>`;
}

export function WaitingNotice() {
  return html`<div class="notice warn" role="status" data-testid="report-waiting"><h2>${t('waiting.title')}</h2><p>${t('waiting.text')}</p></div>`;
}
