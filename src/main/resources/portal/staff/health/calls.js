/* Whom the grid worker calls today: two rounds missed in a row up to the last cut-off. Whoever reports drops off. */
import { getAll } from '../../shared/api.js';
import { today } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, html, Icon, Loaded, PageTitle, useLoad } from '../../shared/ui.js';
import { residentPage } from '../addresses.js';
import { Disclose } from '../audit/disclose.js';
import { saveCsv } from '../csv.js';
import { useWide } from '../wide.js';
import { byBuilding, roundInQuestion } from './figures.js';

export const loadCalls = () => getAll('/health-rounds/call-list').then(items =>
  items.sort((a, b) => b.missedRounds - a.missedRounds || byBuilding(a.household, b.household)));

const phonePage = item => '#/phone?list=calls&date=' + today() + '&round=' + roundInQuestion(null)
  + (item ? '&first=' + encodeURIComponent(item.residentId) : '');

export default function CallsPage({ me }) {
  const loading = useLoad(loadCalls, []);
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back no-print" href="#/missing" data-testid="back"><${Icon} name="back" />${t('phone.back')}</a>
    <div class="page-head"><${PageTitle}>${t('calls.title')}<//></div>
    <p class="soft choices">${t('calls.why')}</p>
    <${Loaded} of=${loading}>${items => (items.length ? html`<${Calls} items=${items} me=${me} />`
      : html`<div class="card empty" data-testid="nobody-to-call"><span class="done-mark"><${Icon} name="tick" /></span>
        <h2>${t('calls.none')}</h2></div>`)}<//>
  </main>`;
}

function Calls({ items, me }) {
  const show = item => item.phone && html`<${Disclose} me=${me} residentId=${item.residentId} name=${item.name} field="PHONE" />`;
  const wide = useWide();
  const save = () => saveCsv('calls-' + today() + '.csv', [t('missing.household'), t('missing.name'), t('auth.phone'), t('missing.missed')],
    items.map(item => [item.household, item.name, item.phone, item.missedRounds]));
  return html`<div class="card row spread no-print"><p data-testid="calls-count"><strong>${t('calls.count', { count: items.length })}</strong></p>
      <div class="row tools">${may('submitHealthReports') && html`<a class="weui-btn btn weui-btn_primary inline" href=${phonePage()}
        data-testid="start-calls"><span class="btn-icon"><${Icon} name="phone" /></span>${t('missing.start')}</a>`}
        <${Button} kind="default" extra="inline wide-only" onClick=${save} testid="save-csv">${t('missing.save')}<//>
        <${Button} kind="default" extra="inline wide-only" onClick=${() => print()} testid="print">${t('calls.print')}<//></div></div>
    ${wide ? html`<div class="card scroll"><table class="table" data-testid="calls"><thead><tr><th scope="col">${t('missing.household')}</th>
      <th scope="col">${t('missing.name')}</th><th scope="col">${t('auth.phone')}</th><th scope="col">${t('missing.missed')}</th>
      <th class="no-print"><span class="unseen">${t('missing.enter')}</span></th></tr></thead>
      <tbody>${items.map(item => html`<tr key=${item.residentId}><td class="num">${item.household}</td><th scope="row">${item.name}</th>
        <td class="num">${item.phone || t('missing.noPhone')} ${show(item)}</td>
        <td><span class="tag bad">${t('missing.times', { count: item.missedRounds })}</span></td>
        <td class="end no-print">${may('submitHealthReports') && html`<a class="cell-link" href=${phonePage(item)}>${t('missing.enter')}
          <span class="unseen"> ${item.name}</span></a>`}
          ${may('listHealthReports') && html`<a class="cell-link" href=${residentPage(item.residentId, item.name, item.household)}>
          ${t('missing.history')}<span class="unseen"> ${item.name}</span></a>`}</td></tr>`)}</tbody></table></div>`
    : html`<div class="card"><ul class="lines" data-testid="calls">${items.map(item => html`<li key=${item.residentId}>
      <a class="line" href=${may('submitHealthReports') ? phonePage(item) : null}><span class="line-name"><span class="strong">${item.name}</span>
        <span class="nowrap"> ${item.household}</span><span class="soft small block num">${item.phone || t('missing.noPhone')}</span></span>
        <span class="line-end"><span class="tag bad">${t('missing.times', { count: item.missedRounds })}</span><${Icon} name="go" /></span>
        </a><div class="shows">${show(item)}</div></li>`)}</ul></div>`}`;
}
