import { Problem } from '../../shared/api.js';
import { send } from '../../shared/drafts.js';
import { t } from '../../shared/i18n.js';
import { SymptomChips, symptomWords } from '../../shared/symptoms.js';
import { celsiusOf, implausibleWords, isPlausible, readTenths, shown, TemperatureStepper, tenthsOf } from '../../shared/temperature.js';
import { Button, explain, Failure, html, SentLater, Sheet, useRef, useState } from '../../shared/ui.js';
import { AlertNotice, ReportLine, WaitingNotice } from './notices.js';
import { lastOf } from './reports.js';

/** One entry of the form, as it was last time. */
function asLastTime(round, member) {
  const last = lastOf(member, round);
  const symptoms = last ? last.symptoms : [];
  return {
    id: member.residentId, name: member.name, included: true, fault: '', opened: symptoms.length > 0,
    text: last ? shown(tenthsOf(last.temperature)) : '',
    symptoms,
    // "Other" says nothing without its words
    note: symptoms.includes('OTHER') ? last.note || '' : ''
  };
}

/**
 * The family's reports of one round: opened with everybody as last time, so that the second tap sends.
 * @param {{day: object, round: string, memberIds: string[], onClose: function(boolean)}} props onClose is told whether something was sent
 */
export function FamilySheet({ day, round, memberIds, onClose }) {
  const [entries, setEntries] = useState(() => day.members.filter(member => memberIds.includes(member.residentId))
    .map(member => asLastTime(round, member)));
  const [sending, setSending] = useState(false);
  const [error, setError] = useState(null);
  const [results, setResults] = useState([]);
  const [waiting, setWaiting] = useState(null);
  const box = useRef(null);
  const change = (id, part) => setEntries(before => before.map(entry => (entry.id === id ? Object.assign({}, entry, part) : entry)));
  const included = entries.filter(entry => entry.included);
  const changedSomething = results.length > 0 || waiting !== null;

  const submit = async () => {
    const faulty = included.filter(entry => !isPlausible(readTenths(entry.text)));
    if (faulty.length) {
      setEntries(entries.map(entry => (faulty.includes(entry)
        ? Object.assign({}, entry, { fault: entry.text === '' ? t('temperature.needed') : implausibleWords() }) : entry)));
      document.getElementById('temperature-' + faulty[0].id).focus();
      return;
    }
    setSending(true);
    setError(null);
    const reports = included.map(entry => Object.assign(
      { residentId: entry.id, date: day.date, round, temperature: celsiusOf(readTenths(entry.text)), symptoms: entry.symptoms },
      entry.note.trim() ? { note: entry.note.trim() } : {}));
    try {
      const outcome = await send('/health-reports/batch', { reports },
        { date: day.date, round, residentIds: included.map(entry => entry.id), names: included.map(entry => entry.name) });
      if (outcome.waiting) {
        setWaiting(outcome.waiting);
        setEntries([]);
      } else {
        takeResults(outcome.sent.data.results);
      }
    } catch (refused) {
      setError(refused);
    } finally {
      setSending(false);
    }
  };

  const takeResults = answers => {
    const done = [];
    const left = [];
    included.forEach((entry, index) => {
      const answer = answers[index];
      if (answer.report) done.push({ entry, report: answer.report });
      else left.push(Object.assign({}, entry,
        { fault: explain(new Problem(answer.status, answer.problem || {})).faults[0] || answer.problem.detail || answer.problem.title }));
    });
    setResults(results.concat(done));
    setEntries(left);
    if (box.current) box.current.closest('.sheet-body').scrollTop = 0;
  };

  const alerting = results.filter(result => result.report.alertId);
  const allDone = entries.length === 0;
  const title = allDone ? t(waiting ? 'family.waiting' : 'family.done')
    : t(entries.length === 1 ? 'family.title.one' : 'family.title', { round: t('round.' + round) });
  const foot = allDone
    ? html`<${Button} onClick=${() => onClose(true)} testid="family-close">${t('common.done')}<//>`
    : html`<${Button} onClick=${submit} busy=${sending} disabled=${included.length === 0} testid="family-send">
        ${sending ? t('common.sending')
          : t(results.length ? 'family.sendAgain' : included.length === 1 ? 'family.send.one' : 'family.send',
            { count: included.length, name: included.length === 1 ? included[0].name : '' })}<//>`;

  return html`<${Sheet} title=${title} onClose=${() => onClose(changedSomething)} foot=${foot} testid="family-sheet">
    <div ref=${box} aria-live="polite">
      ${waiting && html`<${WaitingNotice} />`}
      ${results.length > 0 && html`<div class="card"><h2>${t('family.sent')}</h2><ul class="lines" data-testid="family-results">
        ${results.map(({ entry, report }) => html`<${ReportLine} key=${entry.id} name=${entry.name} report=${report} />`)}</ul></div>`}
      ${results.length > 0 && entries.length > 0 && html`<div class="notice bad" role="alert" data-testid="family-partial">
        <p class="strong">${t('family.partial', { count: entries.length })}</p></div>`}
      ${alerting.length > 0 && html`<${AlertNotice} names=${alerting.map(result => result.entry.name)}
        breathing=${alerting.some(result => result.report.symptoms.includes('DYSPNOEA'))} />`}
      ${allDone && !waiting && html`<p class="soft">${t('family.mistake')}</p>`}
    </div>
    ${error && html`<${Failure} error=${error} testid="family-error" />`}
    ${!allDone && html`<${SentLater} />`}
    ${!allDone && results.length === 0 && html`<p class="soft small">${t('family.asLastTime')}</p>`}
    ${entries.map(entry => html`<${MemberEntry} key=${entry.id} entry=${entry} alone=${entries.length === 1}
      onChange=${part => change(entry.id, part)} onEnter=${submit} />`)}
  <//>`;
}

function MemberEntry({ entry, alone, onChange, onEnter }) {
  if (!entry.included) {
    return html`<div class="member left-out"><div class="member-head"><h3>${entry.name}</h3>
      <button type="button" class="link-btn" onClick=${() => onChange({ included: true })} data-testid=${'include-' + entry.id}>
        ${t('family.include')}<span class="unseen"> ${entry.name}</span></button></div></div>`;
  }
  return html`<div class="member" data-testid=${'member-' + entry.id}>
    <div class="member-head"><h3>${entry.name}</h3>
      ${!alone && html`<button type="button" class="link-btn" onClick=${() => onChange({ included: false })}
        data-testid=${'leave-out-' + entry.id}>${t('family.leaveOut')}<span class="unseen"> ${entry.name}</span></button>`}</div>
    <${TemperatureStepper} id=${entry.id} name=${entry.name} text=${entry.text} fault=${entry.fault}
      onText=${text => onChange({ text, fault: '' })} onEnter=${onEnter} />
    ${entry.opened ? html`<div class="stack opened">
        <p class="label">${t('symptom.label')}</p>
        <${SymptomChips} name=${entry.name} chosen=${entry.symptoms} onChosen=${symptoms => onChange({ symptoms })}
          testid=${'symptoms-' + entry.id} />
        <label class="label" for=${'note-' + entry.id}>${t('report.note')}</label>
        <input class="input" id=${'note-' + entry.id} maxlength="200" value=${entry.note}
          onInput=${event => onChange({ note: event.target.value })} data-testid=${'note-' + entry.id} />
      </div>`
      : html`<button type="button" class="link-btn symptoms-line" aria-expanded="false" onClick=${() => onChange({ opened: true })}
        data-testid=${'open-symptoms-' + entry.id}>
        <span><span class=${entry.symptoms.length ? 'fault-text' : ''}>${symptomWords(entry.symptoms)}</span>
          ${t('common.dot')}${t('common.change')}<span class="unseen"> ${entry.name}</span></span></button>`}
  </div>`;
}
