import { get, getAll, post } from '../../shared/api.js';
import { clockOf, today } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { Empty, html, Loaded, PageTitle, Segments, useLoad, useState } from '../../shared/ui.js';
import { wordsOf } from './answer.js';
import { gateHistory } from './kit.js';
import { Papers } from './papers.js';

/** Who is out, what this gate has seen, and the emergency vehicles whose papers are missing. */
export default function PeoplePage({ gate }) {
  const [list, setList] = useState('outside');
  const loading = useLoad(() => (list === 'outside' ? get('/outside').then(answer => answer.data.items)
    : list === 'history' ? gateHistory(gate.id) : getAll('/emergency-entries', { open: true })), [list]);
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('gate.people')}<//></div>
    <${Segments} label=${t('gate.people')} testid="list" chosen=${list} onChoose=${setList}
      items=${['outside', 'history', 'emergencies'].map(id => ({ id, text: t('gate.list.' + id) }))} />
    <div class="after"><${Loaded} of=${loading}>${items => (!items.length ? html`<${Empty} title=${t('gate.list.none.' + list)} />`
      : html`<div class="card"><ul class="lines" data-testid=${list}>${items.map(item => (list === 'outside' ? html`<${Outside} item=${item} key=${item.passId} />`
        : list === 'history' ? html`<${Seen} item=${item} key=${item.id} />`
          : html`<${Vehicle} item=${item} gate=${gate} reload=${loading.reload} key=${item.id} />`))}</ul></div>`)}<//></div>
  </main>`;
}

function Outside({ item }) {
  return html`<li class="line"><span class="line-name"><span class="strong num">${item.household}</span>
      <span class="soft small block">${t('gate.since', { time: clockOf(item.since) })}${item.gate ? ' · ' + item.gate : ''}</span></span>
    <span class="line-end"><span class=${'tag ' + (item.overdue ? 'bad' : 'good')}>${t(item.overdue ? 'gate.overdue' : 'gate.due', { time: clockOf(item.dueAt) })}</span>
      ${item.conflict && html`<span class="tag late">${t('gate.conflict')}</span>`}</span></li>`;
}

function Seen({ item }) {
  return html`<li class="line"><span class="line-name"><span class="strong num">${clockOf(item.at)} ${t('gate.direction.' + item.direction)}
      ${item.household ? ' ' + item.household : ''}</span>
      <span class="soft small block">${item.allowed ? '' : wordsOf(item.reason)}${item.temperature ? ' ' + item.temperature.toFixed(1) + '℃' : ''}
        ${item.offline ? ' · ' + t('gate.offline.short') : ''}</span></span>
    <span class="line-end"><span class=${'tag ' + (item.allowed ? 'good' : item.moved ? 'late' : 'bad')}>
      ${t(item.allowed ? 'gate.seen.through' : item.moved ? 'gate.conflict' : 'gate.seen.refused')}</span></span></li>`;
}

function Vehicle({ item, gate, reload }) {
  const [open, setOpen] = useState(false);
  const leave = async () => { await post('/emergency-entries/' + item.id + '/leave', { gateId: gate.id }); reload(); };
  return html`<li class="line"><span class="line-name"><span class="strong">${t('gate.emergency.' + item.service)}</span>
      <span class="soft small block">${clockOf(item.enteredAt)} · ${item.gate}${item.organisation ? ' · ' + item.organisation : ''}</span></span>
    <span class="line-end">${!item.registered && html`<button type="button" class="chip" onClick=${() => setOpen(true)}
        data-testid=${'papers-' + item.id}>${t('gate.papers')}</button>`}
      ${!item.leftAt && html`<button type="button" class="chip" onClick=${leave} data-testid=${'left-' + item.id}>${t('gate.left')}</button>`}</span>
    ${open && html`<${Papers} item=${item} onClose=${() => setOpen(false)} onDone=${() => { setOpen(false); reload(); }} />`}</li>`;
}

export const todaysVisits = () => getAll('/visits', { atGate: true, date: today() });
