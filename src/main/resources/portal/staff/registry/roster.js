import { get } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { Button, Failure, html, Icon, Loaded, PageTitle, useEffect, useRef, useState } from '../../shared/ui.js';
import { saveCsv } from '../csv.js';
import { CompoundChooser, useCompounds } from './compounds.js';
import { upload } from './upload.js';

const COLUMNS = ['楼栋', '单元', '房号', '姓名', '手机', '身份证号', '与户主关系', '出生日期'];
const LARGEST_BYTES = 20 * 1024 * 1024;
const MEDIA_TYPES = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
const REJECTED_SHOWN = 200;
const ASK_AGAIN_MILLIS = 700;

const typeOf = file => MEDIA_TYPES[file.name.split('.').pop().toLowerCase()];

export default function RosterPage({ route, me }) {
  const { loading, all, chosen } = useCompounds(route, me);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('roster.title')}<//>${chosen && html`<span class="soft">${chosen.name}</span>`}</div>
    <${Loaded} of=${loading}>${() => html`<${Import} key=${chosen && chosen.id} compound=${chosen}
      chooser=${html`<${CompoundChooser} page="roster" all=${all} chosen=${chosen} />`} />`}<//></main>`;
}

/**
 * First the file is only tried (dry run) and what would happen is shown; then the same file is taken in earnest.
 * phase: 'choose' | 'trying' | 'tried' | 'importing' | 'imported'
 */
function Import({ compound, chooser }) {
  const [phase, setPhase] = useState('choose');
  const [file, setFile] = useState(null);
  const [sent, setSent] = useState(0);
  const [report, setReport] = useState(null);
  const [error, setError] = useState(null);
  const [fault, setFault] = useState('');
  const [running, setRunning] = useState('');
  const key = useRef('');

  const run = async (chosen, dryRun) => {
    setPhase(dryRun ? 'trying' : 'importing');
    setError(null);
    setSent(0);
    if (dryRun) key.current = newUuid();
    const attempt = dryRun ? newUuid() : key.current;
    setRunning(attempt);
    try {
      const wish = { dryRun, compoundId: compound && compound.id };
      const answer = await upload('/imports/roster', wish, chosen, typeOf(chosen), attempt, setSent);
      setReport(answer);
      setPhase(dryRun ? 'tried' : 'imported');
    } catch (failed) {
      setError({ failed, again: () => run(chosen, dryRun) });
      setPhase(dryRun ? 'choose' : 'tried');
    }
  };
  const choose = chosen => {
    if (!chosen) return;
    setReport(null);
    setError(null);
    const wrong = !typeOf(chosen) ? t('roster.wrongType') : chosen.size > LARGEST_BYTES
      ? t('roster.tooLarge', { megabytes: LARGEST_BYTES / 1048576 }) : chosen.size === 0 ? t('roster.emptyFile') : '';
    setFault(wrong);
    setFile(wrong ? null : chosen);
    if (wrong) setPhase('choose');
    else run(chosen, true);
  };
  const restart = () => { setPhase('choose'); setFile(null); setReport(null); setError(null); setFault(''); };
  return html`${phase === 'choose' && chooser}
    <${Steps} phase=${phase} />
    <div aria-live="polite">${error && html`<${Failure} error=${error.failed} retry=${error.again} testid="roster-error" />`}</div>
    ${phase === 'choose' && html`<${Chooser} onChoose=${choose} fault=${fault} />`}
    ${(phase === 'trying' || phase === 'importing') && html`<${Progress} key=${running} file=${file} sent=${sent} importKey=${running}
      dryRun=${phase === 'trying'} />`}
    ${(phase === 'tried' || phase === 'imported') && report && html`<${Report} report=${report} file=${file} done=${phase === 'imported'}
      onImport=${() => run(file, false)} onRestart=${restart} />`}`;
}

function Steps({ phase }) {
  const at = { choose: 0, trying: 1, tried: 1, importing: 2, imported: 2 }[phase];
  return html`<ol class="stages" aria-label=${t('roster.stages')}>${['choose', 'check', 'import'].map((name, index) => html`<li key=${name}
    aria-current=${index === at ? 'step' : null} class=${index < at || phase === 'imported' ? 'past' : ''}><span class="stage-number">
    ${index + 1}</span>${t('roster.stage.' + name)}</li>`)}</ol>`;
}

function Chooser({ onChoose, fault }) {
  const [over, setOver] = useState(false);
  const picker = useRef(null);
  const drop = event => {
    event.preventDefault();
    setOver(false);
    onChoose(event.dataTransfer.files[0]);
  };
  return html`<div class=${'card drop' + (over ? ' over' : '')} onDragOver=${event => { event.preventDefault(); setOver(true); }}
    onDragLeave=${() => setOver(false)} onDrop=${drop} data-testid="drop">
    <p class="drop-icon"><${Icon} name="upload" /></p><p class="wide-only">${t('roster.drop')}</p>
    <input class="unseen" type="file" id="file" ref=${picker} accept=".csv,.xlsx,text/csv" tabindex="-1" aria-hidden="true"
      onChange=${event => { const chosen = event.target.files[0]; event.target.value = ''; onChoose(chosen); }} data-testid="file" />
    <${Button} extra="inline" onClick=${() => picker.current.click()} testid="choose-file">${t('roster.choose')}<//>
    ${fault && html`<p class="fault" role="alert" data-testid="file-fault">${fault}</p>`}
    <p class="hint">${t('roster.columns')}<br /><span>${COLUMNS.join('、')}</span></p><p class="hint">${t('roster.formats')}</p>
    <${Button} kind="plain" extra="inline" onClick=${() => saveCsv('roster.csv', COLUMNS, [])} testid="sample">${t('roster.sample')}<//>
      </div>`;
}

/** First how much is sent, then how many lines the server has read: the import is known to it by its Idempotency-Key. */
function Progress({ file, sent, dryRun, importKey }) {
  const [lines, setLines] = useState(null);
  const working = sent >= 1;
  useEffect(() => {
    if (!working) return undefined;
    const ask = () => get('/imports/' + importKey)
      .then(answer => setLines(answer.data), notYetKnown => { if (!notYetKnown.status) console.warn(notYetKnown); });
    const timer = setInterval(ask, ASK_AGAIN_MILLIS);
    return () => clearInterval(timer);
  }, [working]);
  const known = working && lines && lines.linesTotal > 0;
  const percent = Math.round((known ? lines.linesRead / lines.linesTotal : sent) * 100);
  return html`<div class="card stack" data-testid="roster-progress"><h2>
    ${t(dryRun ? 'roster.trying' : 'roster.importing', { name: file.name })}</h2>
    <div class="progress" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent}
      aria-label=${t('roster.uploading')}><div class=${working ? 'working' : ''} style=${{ width: Math.max(2, percent) + '%' }}></div></div>
    <p class="soft" role="status">
      ${known ? t('roster.lines', { read: lines.linesRead, total: lines.linesTotal }) : working ? t('roster.working')
        : t('roster.sent', { percent })}</p></div>`;
}

function Report({ report, file, done, onImport, onRestart }) {
  const nothing = report.created === 0 && report.updated === 0;
  const figures = [['households', report.households], ['residents', report.residents], ['created', report.created],
    ['updated', report.updated], ['rejected', rejectedLines(report)]];
  return html`<section class=${'notice ' + (done ? 'good' : report.rejected.length ? 'warn' : 'good')} role="status"
    data-testid=${done ? 'roster-done' : 'roster-tried'}>
      <h2>${t(done ? 'roster.done' : 'roster.tried', { name: file.name })}</h2>
      <dl class="numbers">${figures.map(([name, count]) => html`<div key=${name}><dt>${t('roster.' + name)}</dt>
        <dd class=${'num' + (name === 'rejected' && count ? ' fault-text' : '')} data-testid=${'roster-' + name}>${count}</dd></div>`)}</dl>
      ${!done && html`<p>${t(nothing ? 'roster.nothing' : report.rejected.length ? 'roster.partly' : 'roster.clean')}</p>`}
    </section>
    <div class="btns">${!done && !nothing && html`<${Button} onClick=${onImport} testid="roster-import">
      ${t('roster.import', { count: report.created + report.updated })}<//>`}
      <${Button} kind="default" onClick=${onRestart} testid="roster-restart">${t('roster.other')}<//></div>
    ${report.rejected.length > 0 && html`<${Rejected} rejected=${report.rejected} count=${rejectedLines(report)} />`}`;
}

const rejectedLines = report => (report.rejectedLines === undefined ? report.rejected.length : report.rejectedLines);

function Rejected({ rejected, count }) {
  const save = () => saveCsv('rejected.csv', [t('roster.line'), t('roster.column'), t('roster.reason')],
    rejected.map(line => [line.line, line.column, line.reason]));
  return html`<section class="card after scroll"><div class="row spread"><h2>${t('roster.rejected.title', { count })}</h2>
    <${Button} kind="plain" extra="inline" onClick=${save} testid="save-rejected">${t('missing.save')}<//></div>
    <table class="table" data-testid="rejected"><thead><tr><th scope="col">${t('roster.line')}</th><th scope="col">${t('roster.column')}
      </th><th scope="col">${t('roster.reason')}</th></tr></thead>
      <tbody>${rejected.slice(0, REJECTED_SHOWN).map((line, index) => html`<tr key=${index}><td class="num">${line.line}</td><td>
        ${line.column || ''}</td><td>${line.reason}</td></tr>`)}</tbody></table>
    ${rejected.length > REJECTED_SHOWN && html`<p class="hint">${t('roster.moreRejected', { count: rejected.length - REJECTED_SHOWN })}
      </p>`}</section>`;
}
