import { getAll } from '../../shared/api.js';
import { clockOf, plusDays } from '../../shared/clock.js';
import { dateWords, newestFirst, reportState, StateTag, Temperature } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { TemperaturePlot } from '../../shared/plot.js';
import { symptomWords } from '../../shared/symptoms.js';
import { Empty, html, Icon, Loaded, PageTitle, Segments, useLoad, useState } from '../../shared/ui.js';
import { loadDay, reportPage } from './reports.js';

const SPANS = [7, 14, 30];

export default function HistoryPage({ me, route }) {
  const loading = useLoad(loadDay, [me.id]);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('history.title')}<//></div>
    <${Loaded} of=${loading}>${day => (day.members.length ? html`<${OfMember} day=${day}
      first=${route.query.of || me.resident.id} />` : html`<${Empty} title=${t('today.nobody')} />`)}<//>
  </main>`;
}

function OfMember({ day, first }) {
  const [chosen, setChosen] = useState(day.members.some(member => member.residentId === first) ? first : day.members[0].residentId);
  const [days, setDays] = useState(14);
  const to = day.date;
  const from = plusDays(to, 1 - days);
  const reports = useLoad(() => getAll('/health-reports', { residentId: chosen, from, to }).then(newestFirst), [chosen, days]);
  const name = day.members.find(member => member.residentId === chosen).name;
  return html`
    <div class="stack choices">
      <${Segments} label=${t('history.whose')} testid="history-of" chosen=${chosen} onChoose=${setChosen}
        items=${day.members.map(member => ({ id: member.residentId, text: member.name }))} />
      <${Segments} label=${t('history.span')} testid="history-days" chosen=${days} onChoose=${setDays}
        items=${SPANS.map(id => ({ id, text: t('history.days', { days: id }) }))} />
    </div>
    <${Loaded} of=${reports}>${items => (items.length ? html`
      <section class="card"><h2>${t('history.curve', { name })}</h2><${TemperaturePlot} reports=${items} from=${from} to=${to}
        name=${name} /></section>
      <section class="card"><h2>${t('history.list')}</h2><ul class="lines" data-testid="history-list">
        ${items.map(report => html`<${Line} key=${report.id} report=${report} />`)}</ul></section>`
    : html`<${Empty} title=${t('history.none')}><p>${t('history.none.advice')}</p><//>`)}<//>`;
}

function Line({ report }) {
  return html`<li><a class="line" href=${reportPage(report)} data-testid=${'history-' + report.date + '-' + report.round}>
    <span class="line-name"><span class="strong">${dateWords(report.date)}${t('common.space')}${t('round.' + report.round)}</span>
      <span class="soft small block">${symptomWords(report.symptoms)}${t('common.dot')}${clockOf(report.receivedAt)}</span></span>
    <span class="line-end"><${Temperature} celsius=${report.temperature} /><${StateTag} state=${reportState(report)} /><${Icon} name="go" />
      </span></a></li>`;
}
