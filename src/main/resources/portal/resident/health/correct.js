import { Problem } from '../../shared/api.js';
import { clockOf, dateOf } from '../../shared/clock.js';
import { send } from '../../shared/drafts.js';
import { dateWords, reportedAs, reportState, StateTag, Temperature } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { SymptomChips, symptomWords } from '../../shared/symptoms.js';
import { celsiusOf, implausibleWords, isPlausible, readTenths, shown, TemperatureStepper, tenthsOf } from '../../shared/temperature.js';
import { Button, Failure, html, Icon, Loaded, PageTitle, SentLater, useLoad, useState } from '../../shared/ui.js';
import { AlertNotice, WaitingNotice } from './notices.js';
import { loadReport } from './reports.js';

export default function CorrectPage({ route }) {
  const id = route.path[1];
  const loading = useLoad(() => loadReport(id, route.query.of, route.query.date), [id, route.query.of, route.query.date]);
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/today" onClick=${goBack} data-testid="back"><${Icon} name="back" />${t('common.back')}</a>
    <${Loaded} of=${loading}>${found => html`<${OneReport} key=${id + found.report.version} found=${found} reload=${loading.reload} />`}<//>
  </main>`;
}

function goBack(event) {
  if (history.length > 1) {
    event.preventDefault();
    history.back();
  }
}

function OneReport({ found, reload }) {
  const { report, name } = found;
  const [text, setText] = useState(shown(tenthsOf(report.temperature)));
  const [symptoms, setSymptoms] = useState(report.symptoms);
  const [note, setNote] = useState(report.note || '');
  const [fault, setFault] = useState('');
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const [outcome, setOutcome] = useState(null);
  const unchanged = readTenths(text) === tenthsOf(report.temperature) && symptoms.join() === report.symptoms.join()
    && note.trim() === (report.note || '');

  const submit = async event => {
    event.preventDefault();
    const tenths = readTenths(text);
    if (!isPlausible(tenths)) {
      setFault(text === '' ? t('temperature.needed') : implausibleWords());
      document.getElementById('temperature-' + report.residentId).focus();
      return;
    }
    setSending(true);
    setError(null);
    try {
      const answered = await send('/health-reports', Object.assign(
        { residentId: report.residentId, date: report.date, round: report.round, temperature: celsiusOf(tenths), symptoms },
        note.trim() ? { note: note.trim() } : {}),
      { date: report.date, round: report.round, residentIds: [report.residentId], names: [name] });
      setOutcome(answered.waiting ? { waiting: true } : { done: answered.sent.data });
    } catch (refused) {
      setError(refused);
      if (refused instanceof Problem) setFault(refused.at('/temperature'));
    } finally {
      setSending(false);
    }
  };

  if (outcome) {
    return html`<div class="page-head"><${PageTitle}>${t('correct.title')}<//></div>
      <div aria-live="polite">
        ${outcome.waiting ? html`<${WaitingNotice} />` : html`<div class="notice good" role="status" data-testid="correct-done"><h2>
          ${t('correct.done')}</h2>
          <p class="row"><span>${name}</span><${Temperature} celsius=${outcome.done.temperature} />
            <${StateTag} state=${reportState(outcome.done)} /></p><p>${t('correct.kept')}</p></div>`}
        ${outcome.done && outcome.done.alertId && html`<${AlertNotice} names=${[name]}
          breathing=${outcome.done.symptoms.includes('DYSPNOEA')} />`}
      </div>
      <div class="btns"><a class="weui-btn btn weui-btn_primary" href="#/today" data-testid="to-today">${t('correct.toToday')}</a>
        ${outcome.done && html`<${Button} kind="default" onClick=${() => { setOutcome(null); reload(); }} testid="see-versions">
          ${t('correct.see')}<//>`}</div>`;
  }
  return html`
    <div class="page-head"><${PageTitle}>${t('correct.title')}<//></div>
    <section class="card"><div class="row spread"><h2>${name}</h2><${StateTag} state=${reportState(report)} /></div>
      <p>${dateWords(report.date)}${t('common.space')}${t('round.' + report.round)}</p>
      <p class="soft">${reportedAs(report)}${t('common.dot')}${clockOf(report.receivedAt)}</p></section>
    <form class="card" onSubmit=${submit} novalidate data-testid="correct-form">
      <${SentLater} />
      ${error && html`<${Failure} error=${error} atFields=${['/temperature']} testid="correct-error" />`}
      <p class="label">${t('temperature.label')}</p>
      <${TemperatureStepper} id=${report.residentId} name=${name} text=${text} fault=${fault}
        onText=${next => { setText(next); setFault(''); }} />
      <p class="label after">${t('symptom.label')}</p>
      <${SymptomChips} name=${name} chosen=${symptoms} onChosen=${setSymptoms} testid="correct-symptoms" />
      <label class="label after" for="note">${t('report.note')}</label>
      <input class="input" id="note" maxlength="200" value=${note} onInput=${event => setNote(event.target.value)} data-testid="note" />
      <div class="after"><${Button} type="submit" busy=${sending} disabled=${unchanged} testid="correct-send">
        ${t(sending ? 'common.sending' : 'correct.send')}<//>
        ${unchanged && html`<p class="hint">${t('correct.unchanged')}</p>`}</div>
    </form>
    <${Versions} versions=${found.earlier} />`;
}

function Versions({ versions }) {
  return html`<section class="card"><h2>${t('versions.title')}</h2>${versions.length ? html`<ol class="lines" data-testid="versions">
    ${versions.map(version => html`
    <li key=${version.version}><div class="line"><span class="line-name"><span class="strong">
      ${t('versions.number', { number: version.version })}</span>
      <span class="soft small block">${symptomWords(version.symptoms)}${version.note ? t('common.dot') + version.note : ''}</span>
      <span class="soft small block">
        ${version.reportedBy}${t('common.dot')}${reportedAs(version)}${t('common.dot')}
        ${dateWords(dateOf(version.receivedAt))} ${clockOf(version.receivedAt)}</span></span>
      <span class="line-end"><${Temperature} celsius=${version.temperature} /></span></div></li>`)}</ol>` : html`<p class="soft">
        ${t('versions.none')}</p>`}</section>`;
}
