/* The office at the gates: what has to be looked into, papers that are missing, and who went through. */
import { get, getAll } from '../../shared/api.js';
import { clockOf, dateOf, plusDays, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, html, Icon, Loaded, PageTitle, say, Segments, useEffect, useLoad, useState } from '../../shared/ui.js';
import { useWide } from '../wide.js';
import { Disclose } from '../audit/disclose.js';
import { wordsOf } from './answer.js';
import { ConflictCard } from './conflicts.js';
import { Papers } from './papers.js';

const LISTS = ['conflicts', 'papers', 'movements', 'visitors'];
const REFRESH_MILLIS = 20000;
const AT_ONCE = 100;
const DAYS_AHEAD = 30;

export default function RecordsPage({ route, me }) {
  const list = LISTS.includes(route.query.list) ? route.query.list : 'conflicts';
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('records.title')}<//></div>
    <div class="choices"><${Segments} label=${t('records.title')} testid="records" chosen=${list} items=${LISTS.map(id => ({ id, text: t('records.' + id) }))}
      onChoose=${id => { location.hash = '#/records?list=' + id; }} /></div>
    ${list === 'conflicts' ? html`<${Conflicts} done=${route.query.done === 'true'} key=${String(route.query.done)} />`
      : list === 'papers' ? html`<${MissingPapers} />` : list === 'movements' ? html`<${Movements} date=${route.query.date || today()} key=${route.query.date} />`
        : html`<${Visitors} me=${me} date=${route.query.date || today()} key=${route.query.date} />`}
  </main>`;
}

/** Looks again by itself while somebody looks at it. */
function useFresh(loading) {
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) loading.reload(); }, REFRESH_MILLIS);
    return () => clearInterval(timer);
  }, []);
}

function Conflicts({ done }) {
  const loading = useLoad(() => (done ? get('/gate-conflicts', { limit: AT_ONCE }).then(answer => answer.data.items)
    : getAll('/gate-conflicts', { open: true })), [done]);
  useFresh(loading);
  return html`<p class="choices"><a class="link-btn" href=${'#/records?list=conflicts' + (done ? '' : '&done=true')} data-testid="conflicts-other">
      ${t(done ? 'records.conflicts.toOpen' : 'records.conflicts.toDone')}</a></p>
    <${Loaded} of=${loading}>${items => (items.length ? html`<div class="stack" data-testid="conflicts">${items.map(item => html`
      <${ConflictCard} key=${item.id} item=${item} onDone=${() => { say(t('records.reviewed')); loading.reload(); }} />`)}</div>`
      : html`<${Empty} title=${t(done ? 'records.conflicts.noneDone' : 'records.conflicts.none')} />`)}<//>`;
}

function MissingPapers() {
  const loading = useLoad(() => getAll('/emergency-entries', { unregistered: true }), []);
  const [open, setOpen] = useState(null);
  useFresh(loading);
  return html`<${Loaded} of=${loading}>${items => (items.length ? html`<div class="card"><ul class="lines" data-testid="missing-papers">${items.map(item => html`
      <li class="line" key=${item.id}><span class="line-name"><span class="strong">${t('gate.emergency.' + item.service)}</span>
        <span class="soft small block">${t('records.in', { date: dateWords(dateOf(item.enteredAt)), clock: clockOf(item.enteredAt), gate: item.gate })}
          ${item.leftAt ? t('common.dot') + t('records.left', { clock: clockOf(item.leftAt) }) : ''}
          ${item.offline ? t('common.dot') + t('gate.offline.short') : ''}</span></span>
      <span class="line-end"><button type="button" class="chip" onClick=${() => setOpen(item)} data-testid=${'papers-' + item.id}>${t('gate.papers')}</button></span></li>`)}
    </ul></div>` : html`<${Empty} title=${t('records.papers.none')} />`)}<//>
    ${open && html`<${Papers} item=${open} onClose=${() => setOpen(null)} onDone=${() => { setOpen(null); say(t('records.registered')); loading.reload(); }} />`}`;
}

function Movements({ date }) {
  const loading = useLoad(() => get('/movements', { date, limit: AT_ONCE }).then(answer => answer.data), [date]);
  const [more, setMore] = useState(null);
  const [error, setError] = useState(null);
  const wide = useWide();
  const shown = data => (more || data);
  const further = async data => {
    try {
      const next = (await get('/movements', { date, limit: AT_ONCE, cursor: shown(data).next })).data;
      setMore({ items: shown(data).items.concat(next.items), next: next.next });
      setError(null);
    } catch (failed) {
      setError(failed);
    }
  };
  return html`<${Day} list="movements" date=${date} last=${today()} />
    <${Loaded} of=${loading}>${data => (!data.items.length ? html`<${Empty} title=${t('records.movements.none')} />`
      : html`${wide ? html`<${Table} items=${shown(data).items} />` : html`<${Lines} items=${shown(data).items} />`}
        ${error && html`<${Failure} error=${error} />`}
        ${shown(data).next && html`<p class="choices after"><button type="button" class="link-btn" onClick=${() => further(data)} data-testid="more">
          ${t('records.more')}</button></p>`}`)}<//>`;
}

function Day({ list, date, last }) {
  const page = days => '#/records?list=' + list + '&date=' + plusDays(date, days);
  return html`<div class="row day-chooser choices"><a class="icon-btn" href=${page(-1)} aria-label=${t('records.dayBefore')} data-testid="day-before">
      <${Icon} name="back" /></a><strong>${dateWords(date)}</strong>
      ${date < last && html`<a class="icon-btn" href=${page(1)} aria-label=${t('records.dayAfter')} data-testid="day-after"><${Icon} name="go" /></a>`}</div>`;
}

/** Whoever is expected or came that day; what is hidden of them is shown for a reason. */
function Visitors({ me, date }) {
  const loading = useLoad(() => getAll('/visits', { date }), [date]);
  return html`<${Day} list="visitors" date=${date} last=${plusDays(today(), DAYS_AHEAD)} />
    <${Loaded} of=${loading}>${items => (items.length ? html`<div class="card"><ul class="lines" data-testid="visitors">${items.map(item => html`
      <${Visitor} key=${item.id} item=${item} me=${me} />`)}</ul></div>` : html`<${Empty} title=${t('records.visitors.none')} />`)}<//>`;
}

function Visitor({ item, me }) {
  const hidden = (field, masked) => masked && html`<span class="row hidden-value"><span class="num">${masked}</span>
    <${Disclose} me=${me} visitId=${item.id} name=${item.visitorName} field=${field} /></span>`;
  const times = [t('gate.visit.expected', { time: clockOf(item.expectedAt) }), item.enteredAt && t('gate.visit.enteredAt', { time: clockOf(item.enteredAt) }),
    item.leftAt && t('records.left', { clock: clockOf(item.leftAt) })].filter(Boolean).join(t('common.dot'));
  return html`<li class="line"><span class="line-name"><span class="strong">${item.forgotten ? t('records.forgotten') : item.visitorName}</span>
      ${' '}<span class="num nowrap">→ ${item.household}</span>
      <span class="soft small block">${[times, item.purpose, item.plate].filter(Boolean).join(t('common.dot'))}</span>
      ${!item.forgotten && html`<span class="row hidden-values">${hidden('PHONE', item.phone)}${hidden('ID_NUMBER', item.idNumber)}</span>`}</span>
    <span class="line-end"><span class=${'tag ' + (item.overstayed ? 'bad' : item.state === 'INSIDE' ? 'good' : '')}>
      ${t(item.overstayed ? 'gate.visit.overstayed' : 'visits.state.' + item.state)}</span></span></li>`;
}

function Mark({ item }) {
  return html`<span class="row marks">${item.conflict && html`<span class="tag late">${wordsOf(item.conflict)}</span>`}
    ${item.offline && html`<span class="tag">${t('gate.offline.short')}</span>`}</span>`;
}

function Lines({ items }) {
  return html`<div class="card"><ul class="lines" data-testid="movements">${items.map(item => html`<li class="line" key=${item.id}>
    <span class="line-name"><span class="strong"><span class="num">${clockOf(item.at)}</span> ${t('gate.direction.' + item.direction)}</span>
      <span class="block"><span class="num">${item.household || t('records.unknown')}</span> ${item.residentName || ''}</span>
      <span class="soft small block">${[item.gate, item.kind && t('pass.kind.' + item.kind), item.temperature && item.temperature.toFixed(1) + '℃'].filter(Boolean)
        .join(t('common.dot'))}</span>
      ${(item.conflict || item.offline) && html`<${Mark} item=${item} />`}</span></li>`)}</ul></div>`;
}

function Table({ items }) {
  const column = id => html`<th scope="col">${t('records.column.' + id)}</th>`;
  return html`<div class="card scroll"><table class="table" data-testid="movements"><caption class="unseen">${t('records.movements')}</caption>
    <thead><tr>${['time', 'direction', 'household', 'name', 'kind', 'gate', 'temperature', 'mark'].map(column)}</tr></thead>
    <tbody>${items.map(item => html`<tr key=${item.id}><td class="num">${clockOf(item.at)}</td><td>${t('gate.direction.' + item.direction)}</td>
      <th scope="row" class="num">${item.household || t('records.unknown')}</th><td>${item.residentName || ''}</td>
      <td>${item.kind ? t('pass.kind.' + item.kind) : ''}</td><td>${item.gate}</td>
      <td class="num">${item.temperature ? item.temperature.toFixed(1) : ''}</td><td><${Mark} item=${item} /></td></tr>`)}</tbody></table></div>`;
}
