import { getAll, getItems } from '../../shared/api.js';
import { clockOf, dateOf, plusDays, today } from '../../shared/clock.js';
import { dateWords, newestFirst, reportedAs, reportState, StateTag, Temperature } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { TemperaturePlot } from '../../shared/plot.js';
import { symptomWords } from '../../shared/symptoms.js';
import { Empty, html, Icon, Loaded, PageTitle, Segments, Sheet, useLoad, useState } from '../../shared/ui.js';
import { useWide } from '../wide.js';

const SPANS = [14, 30];

/** A resident's reports, and for each what its corrections replaced. */
export default function ResidentPage({ route }) {
  const id = route.path[1];
  const [days, setDays] = useState(14);
  const [opened, setOpened] = useState(null);
  const to = today();
  const from = plusDays(to, 1 - days);
  const loading = useLoad(() => getAll('/health-reports', { residentId: id, from, to }).then(newestFirst), [id, days, to]);
  const name = route.query.name || (loading.data && loading.data.length && loading.data[0].residentName) || '';
  const household = route.query.household || (loading.data && loading.data.length && loading.data[0].household) || '';
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/missing" onClick=${event => { if (history.length > 1) { event.preventDefault(); history.back(); } }}>
      <${Icon} name="back" />${t('common.back')}</a>
    <div class="page-head"><${PageTitle}>${name || t('resident.title')}<//><span class="soft">${household}</span></div>
    <div class="choices"><${Segments} label=${t('history.span')} testid="history-days" chosen=${days} onChoose=${setDays}
      items=${SPANS.map(one => ({ id: one, text: t('history.days', { days: one }) }))} /></div>
    <${Loaded} of=${loading}>${items => (items.length ? html`
      <section class="card"><h2>${t('history.curve', { name })}</h2><${TemperaturePlot} reports=${items} from=${from} to=${to}
        name=${name} /></section>
      <${Reports} items=${items} onOpen=${setOpened} />` : html`<${Empty} title=${t('history.none')} />`)}<//>
    ${opened && html`<${VersionsSheet} report=${opened} onClose=${() => setOpened(null)} />`}
  </main>`;
}

function Reports({ items, onOpen }) {
  const wide = useWide();
  const versions = report => html`<button type="button" class="link-btn" onClick=${() => onOpen(report)}
    data-testid=${'versions-' + report.date + '-' + report.round}>${t('resident.versions', { count: report.version })}</button>`;
  if (!wide) {
    return html`<section class="card"><h2>${t('history.list')}</h2><ul class="lines" data-testid="reports">
      ${items.map(report => html`<li key=${report.id}><button type="button" class="line" onClick=${() => onOpen(report)}>
      <span class="line-name"><span class="strong">${dateWords(report.date)} ${t('round.' + report.round)}</span>
        <span class="soft small block">
        ${symptomWords(report.symptoms)}${t('common.dot')}${reportedAs(report)}${t('common.dot')}${clockOf(report.receivedAt)}</span></span>
      <span class="line-end"><${Temperature} celsius=${report.temperature} /><${StateTag} state=${reportState(report)} /></span></button>
        </li>`)}</ul></section>`;
  }
  return html`<div class="card scroll"><table class="table" data-testid="reports"><caption>${t('history.list')}</caption><thead><tr>
    ${['resident.day', 'resident.round', 'temperature.label', 'resident.symptoms', 'resident.state', 'resident.by', 'resident.at',
      'resident.corrections'].map(key => html`<th scope="col" key=${key}>${t(key)}</th>`)}</tr></thead>
    <tbody>${items.map(report => html`<tr key=${report.id}><th scope="row">${dateWords(report.date)}</th><td>${t('round.' + report.round)}
      </td><td><${Temperature} celsius=${report.temperature} /></td><td>${symptomWords(report.symptoms)}</td>
      <td><${StateTag} state=${reportState(report)} /></td><td>${reportedAs(report)}</td><td class="num">${clockOf(report.receivedAt)}</td>
        <td>${report.version > 1 ? versions(report) : html`<span class="soft" aria-label=${t('versions.none')}>–</span>`}</td></tr>`)}
        </tbody></table></div>`;
}

function VersionsSheet({ report, onClose }) {
  const loading = useLoad(() => getItems('/health-reports/' + encodeURIComponent(report.id) + '/versions'), [report.id]);
  return html`<${Sheet} title=${dateWords(report.date) + ' ' + t('round.' + report.round)} onClose=${onClose} testid="versions-sheet">
    <${Loaded} of=${loading}>${items => html`<div class="card"><ol class="lines" data-testid="versions">${items.map(version => html`
    <li key=${version.version}><div class="line"><span class="line-name"><span class="strong">
      ${t('versions.number', { number: version.version })}</span> ${!version.replacedAt && html`<span class="tag good">
      ${t('versions.current')}</span>`}
      <span class="soft small block">${symptomWords(version.symptoms)}${version.note ? t('common.dot') + version.note : ''}</span>
      <span class="soft small block">
        ${version.reportedBy}${t('common.dot')}${reportedAs(version)}${t('common.dot')}
        ${dateWords(dateOf(version.receivedAt))} ${clockOf(version.receivedAt)}</span></span>
      <span class="line-end"><${Temperature} celsius=${version.temperature} /></span></div></li>`)}</ol></div>`}<//><//>`;
}
