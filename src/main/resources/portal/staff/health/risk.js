/* The risk list: what is listed from when to when, changed by row or by file. A region that is no longer risky gets its last day. */
import { getItems, Problem, put } from '../../shared/api.js';
import { today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { PROVINCES } from '../../shared/provinces.js';
import { placesOf } from '../../shared/regions.js';
import { Button, Empty, Failure, html, Icon, Loaded, PageTitle, say, Segments, Sheet, showFirstFault, TextField, useLoad,
  useRef, useState } from '../../shared/ui.js';
import { saveCsv } from '../csv.js';
import { upload } from '../registry/upload.js';
import { useWide } from '../wide.js';

const LEVELS = ['HIGH', 'MEDIUM'];
const COLUMNS = ['地区代码', '地区名称', '风险等级', '开始日期', '结束日期'];
const MEDIA_TYPES = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
const REJECTED_SHOWN = 200;

const typeOf = file => MEDIA_TYPES[file.name.split('.').pop().toLowerCase()];
const isOver = region => Boolean(region.to && region.to < today());
const same = (a, b) => ['regionCode', 'regionName', 'level', 'from', 'to'].every(name => a[name] === b[name]);

export default function RiskPage() {
  const [editing, setEditing] = useState(null);
  const [importing, setImporting] = useState(false);
  const loading = useLoad(() => getItems('/risk-regions'), []);
  const saved = items => {
    setEditing(null);
    say(t('observation.entered'));
    loading.replace(items);
  };
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/observations"><${Icon} name="back" />${t('observations.title')}</a>
    <div class="page-head"><${PageTitle}>${t('risk.title')}<//><div class="row tools">
      <${Button} kind="default" extra="inline" onClick=${() => setImporting(true)} testid="risk-import">${t('risk.import')}<//>
      <${Button} extra="inline" onClick=${() => setEditing({})} testid="risk-add">${t('risk.add')}<//></div></div>
    <p class="soft gap-below">${t('risk.what')}</p>
    <${Loaded} of=${loading}>${items => html`
      ${items.length ? html`<${Listed} items=${items.slice().sort((a, b) => Number(isOver(a)) - Number(isOver(b)))} onEdit=${setEditing} />`
        : html`<${Empty} title=${t('risk.none')} testid="no-risk" />`}
      ${editing && html`<${EditSheet} before=${editing.regionCode ? editing : null} items=${items} onSaved=${saved} onClose=${() => setEditing(null)} />`}`}<//>
    ${importing && html`<${ImportSheet} onClose=${taken => { setImporting(false); if (taken) loading.reload(); }} />`}
  </main>`;
}

const days = region => (region.to ? t('travel.days', { from: dateWords(region.from), to: dateWords(region.to) })
  : t('risk.since', { from: dateWords(region.from) }));
const levelTag = region => html`<span class=${'tag ' + (isOver(region) ? '' : region.level === 'HIGH' ? 'bad' : 'late')}>
  ${t(isOver(region) ? 'risk.over' : 'risk.level.' + region.level)}</span>`;

function Listed({ items, onEdit }) {
  const wide = useWide();
  if (!wide) {
    return html`<div class="card"><ul class="lines" data-testid="risk-list">${items.map(region => html`<li key=${region.regionCode + region.from + region.level}>
      <button type="button" class="line" onClick=${() => onEdit(region)} data-testid=${'risk-' + region.regionCode}><span class="line-name">
        <span class="strong">${region.regionName}</span> <span class="soft small num">${region.regionCode}</span>
        <span class="soft small block">${days(region)}</span></span><span class="line-end">${levelTag(region)}<${Icon} name="go" /></span></button></li>`)}
      </ul></div>`;
  }
  return html`<div class="card scroll"><table class="table" data-testid="risk-list"><thead><tr><th scope="col">${t('risk.code')}</th>
    <th scope="col">${t('risk.name')}</th><th scope="col">${t('risk.level')}</th><th scope="col">${t('risk.listed')}</th><th>
    <span class="unseen">${t('common.change')}</span></th></tr></thead>
    <tbody>${items.map(region => html`<tr key=${region.regionCode + region.from + region.level}><td class="num">${region.regionCode}</td>
      <th scope="row">${region.regionName}</th><td>${levelTag(region)}</td><td>${days(region)}</td><td class="end"><button type="button" class="link-btn"
        onClick=${() => onEdit(region)} data-testid=${'risk-' + region.regionCode}>${t('common.change')}<span class="unseen"> ${region.regionName}</span>
        </button></td></tr>`)}</tbody></table></div>`;
}

/** The list goes to the server whole, so its faults are those of the one row that was touched. */
function EditSheet({ before, items, onSaved, onClose }) {
  const [region, setRegion] = useState(before || { regionCode: '', regionName: '', level: 'HIGH', from: today() });
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const [removing, setRemoving] = useState(false);
  const change = more => setRegion(Object.assign({}, region, more));
  const others = before ? items.filter(one => !same(one, before)) : items;
  const at = field => (error instanceof Problem ? error.at('/items/' + others.length + field) : '');
  const save = async keep => {
    setSending(true);
    setError(null);
    const row = { regionCode: region.regionCode.trim(), regionName: region.regionName.trim(), level: region.level, from: region.from };
    if (region.to) row.to = region.to;
    try {
      onSaved((await put('/risk-regions', { items: keep ? others.concat(row) : others })).data.items);
    } catch (refused) {
      setError(refused);
      setSending(false);
      showFirstFault();
    }
  };
  const foot = removing ? html`<p class="strong">${t('risk.remove.sure')}</p><div class="btns after"><${Button} kind="danger" busy=${sending}
      onClick=${() => save(false)} testid="risk-remove-sure">${t('risk.remove')}<//>
      <${Button} kind="default" onClick=${() => setRemoving(false)}>${t('common.cancel')}<//></div>`
    : html`<div class="btns"><${Button} busy=${sending} disabled=${!region.regionCode.trim() || !region.regionName.trim() || !region.from}
      onClick=${() => save(true)} testid="risk-save">${t(sending ? 'common.saving' : 'observation.enter')}<//>
      ${before && html`<${Button} kind="danger" onClick=${() => setRemoving(true)} testid="risk-remove">${t('risk.remove')}<//>`}</div>`;
  return html`<${Sheet} title=${t(before ? 'risk.change' : 'risk.add')} onClose=${onClose} testid="risk-sheet" foot=${foot}>
    ${error && html`<${Failure} error=${error} atFields=${['/regionCode', '/regionName', '/from', '/to'].map(field => '/items/' + others.length + field)}
      testid="risk-error" />`}
    ${!before && html`<${PlaceChooser} onChoose=${change} />`}
    <${TextField} id="region-code" label=${t('risk.code')} hint=${t('risk.code.hint')} inputMode="numeric" maxLength=${6} value=${region.regionCode}
      fault=${at('/regionCode')} onValue=${regionCode => change({ regionCode })} />
    <${TextField} id="region-name" label=${t('risk.name')} maxLength=${60} value=${region.regionName} fault=${at('/regionName')}
      onValue=${regionName => change({ regionName })} />
    <div class="field"><p class="label">${t('risk.level')}</p><${Segments} label=${t('risk.level')} testid="risk-level" chosen=${region.level}
      onChoose=${level => change({ level })} items=${LEVELS.map(id => ({ id, text: t('risk.level.' + id) }))} /></div>
    <div class="pair"><${TextField} id="risk-from" label=${t('risk.from')} type="date" value=${region.from} fault=${at('/from')}
        onValue=${from => change({ from })} />
      <${TextField} id="risk-to" label=${t('risk.to')} hint=${t('risk.to.hint')} type="date" value=${region.to || ''} fault=${at('/to')}
        onValue=${to => change({ to: to || undefined })} /></div>
  <//>`;
}

/** Fills code and name of a city; a district's code is typed. */
function PlaceChooser({ onChoose }) {
  const [province, setProvince] = useState('');
  const below = province ? placesOf(province) : [];
  const choose = code => {
    const place = below.find(one => one.code === code);
    if (place) onChoose({ regionCode: code, regionName: place.name });
  };
  return html`<div class="field"><label for="risk-province">${t('risk.choose')}</label><div class="pair">
    <select class="input" id="risk-province" value=${province} onChange=${event => setProvince(event.target.value)} data-testid="risk-province">
      <option value="">${t('travel.choose')}</option>${PROVINCES.map(code => html`<option key=${code} value=${code}>${t('province.' + code)}</option>`)}</select>
    <select class="input" aria-label=${t('travel.city')} disabled=${!below.length} onChange=${event => choose(event.target.value)} data-testid="risk-place">
      <option value="">${t('travel.city.choose')}</option>${below.map(one => html`<option key=${one.code} value=${one.code}>${one.name}</option>`)}</select>
    </div></div>`;
}

/** First the file is only tried and what would happen is shown; then the same file is taken. */
function ImportSheet({ onClose }) {
  const [file, setFile] = useState(null);
  const [report, setReport] = useState(null);
  const [done, setDone] = useState(false);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const picker = useRef(null);
  const key = useRef('');
  const run = async (chosen, dryRun) => {
    setBusy(true);
    setError(null);
    if (dryRun) key.current = newUuid();
    try {
      setReport(await upload('/imports/risk-regions', { dryRun }, chosen, typeOf(chosen), dryRun ? newUuid() : key.current, () => {}));
      setDone(!dryRun);
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  const choose = chosen => {
    if (!chosen) return;
    setReport(null);
    setDone(false);
    setFile(chosen);
    if (typeOf(chosen)) {
      run(chosen, true);
    } else {
      setError(null);
      setFile(null);
      say(t('roster.wrongType'));
    }
  };
  const changes = report ? report.created + report.updated : 0;
  const foot = done ? html`<${Button} onClick=${() => onClose(true)} testid="risk-import-close">${t('common.done')}<//>`
    : report && changes > 0 ? html`<${Button} busy=${busy} onClick=${() => run(file, false)} testid="risk-import-take">
      ${t('risk.import.take', { count: changes })}<//>`
      : html`<${Button} busy=${busy} onClick=${() => picker.current.click()} testid="risk-choose-file">${t('roster.choose')}<//>`;
  return html`<${Sheet} title=${t('risk.import')} onClose=${() => onClose(done)} testid="risk-import-sheet" foot=${foot}>
    <input class="unseen" type="file" ref=${picker} accept=".csv,.xlsx,text/csv" tabindex="-1" aria-hidden="true"
      onChange=${event => { const chosen = event.target.files[0]; event.target.value = ''; choose(chosen); }} data-testid="risk-file" />
    <div aria-live="polite">${error && html`<${Failure} error=${error} testid="risk-import-error" />`}</div>
    ${report ? html`<${Report} report=${report} file=${file} done=${done} />` : html`<p>${t('risk.import.what')}</p><p class="hint">${t('roster.columns')}<br />
      ${COLUMNS.join('、')}</p><${Button} kind="plain" extra="inline" onClick=${() => saveCsv('risk-regions.csv', COLUMNS, [])}>${t('roster.sample')}<//>`}
  <//>`;
}

function Report({ report, file, done }) {
  const figures = ['listed', 'created', 'updated', 'unchanged', 'rejectedLines'];
  const save = () => saveCsv('rejected.csv', [t('roster.line'), t('roster.column'), t('roster.reason')],
    report.rejected.map(line => [line.line, line.column, line.reason]));
  return html`<section class=${'notice ' + (report.rejected.length ? 'warn' : 'good')} role="status" data-testid=${done ? 'risk-imported' : 'risk-tried'}>
      <h3>${t(done ? 'roster.done' : 'roster.tried', { name: file.name })}</h3>
      <dl class="numbers">${figures.map(name => html`<div key=${name}><dt>${t('risk.count.' + name)}</dt><dd class="num" data-testid=${'risk-' + name}>
        ${report[name]}</dd></div>`)}</dl></section>
    ${report.rejected.length > 0 && html`<section class="card scroll"><div class="row spread"><h3>${t('roster.rejected.title', { count: report.rejectedLines })}</h3>
      <${Button} kind="plain" extra="inline" onClick=${save}>${t('missing.save')}<//></div>
      <table class="table" data-testid="risk-rejected"><thead><tr><th scope="col">${t('roster.line')}</th><th scope="col">${t('roster.column')}</th>
        <th scope="col">${t('roster.reason')}</th></tr></thead><tbody>${report.rejected.slice(0, REJECTED_SHOWN).map((line, index) => html`<tr key=${index}>
        <td class="num">${line.line}</td><td>${line.column}</td><td>${line.reason}</td></tr>`)}</tbody></table></section>`}`;
}
