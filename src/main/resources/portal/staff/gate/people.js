import { Logout } from '../../shared/account.js';
import { clockOf } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, html, Loaded, PageTitle, Segments, useEffect, useLoad, useState } from '../../shared/ui.js';
import { act, acts, chinaTime } from './acts.js';
import { wordsOf } from './answer.js';
import { gateHistory } from './kit.js';
import { onQueue } from './line.js';
import { listOf } from './lists.js';
import { Papers } from './papers.js';
import { waiting } from './queue.js';

/** Who is out, what this gate has seen, the emergency vehicles whose papers are missing, and who is on duty. */
export default function PeoplePage({ gate, me }) {
  const [list, setList] = useState('outside');
  const loading = useLoad(() => (list === 'history' ? gateHistory(gate.id).then(items => ({ items, at: null }))
    : list === 'outside' ? listOf('outside') : emergencies()), [list]);
  useEffect(() => onQueue(() => { if (list === 'emergencies') loading.reload(); }), [list]);
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('gate.people')}<//></div>
    <${Segments} label=${t('gate.people')} testid="list" chosen=${list} onChoose=${setList}
      items=${['outside', 'history', 'emergencies'].map(id => ({ id, text: t('gate.list.' + id) }))} />
    <div class="after"><${Loaded} of=${loading}>${({ items, at }) => html`<${AsOf} at=${at} />${!items.length ? html`<${Empty} title=${t('gate.list.none.' + list)} />`
      : html`<div class="card"><ul class="lines" data-testid=${list}>${items.map(item => (list === 'outside' ? html`<${Outside} item=${item} key=${item.passId} />`
        : list === 'history' ? html`<${Seen} item=${item} key=${item.id} />`
          : html`<${Vehicle} item=${item} gate=${gate} reload=${loading.reload} key=${item.id} />`))}</ul></div>`}`}<//></div>
    <p><a class="link-btn" href="card.html" target="_blank" rel="noopener" data-testid="gate-card">${t('gate.card')}</a></p>
    <${OnDuty} me=${me} />
  </main>`;
}

/** Whose hands the phone is in: they give it to the next shift, or go to their other work. */
function OnDuty({ me }) {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const look = () => Promise.all([waiting(), acts()]).then(lists => setCount(lists.flat().length));
    look();
    return onQueue(look);
  }, []);
  // Everything of this shift that runs by itself ends with the page; what waits stays on the device.
  return html`<section class="card stack" data-testid="on-duty"><h2>${t('gate.onDuty', { name: me.name })}</h2>
    <a class="weui-btn btn weui-btn_default" href="/staff/" data-testid="to-staff">${t('gate.toStaff')}</a>
    <${Logout} waiting=${count} waitingWords="gate.logout.waiting" onGone=${() => location.reload()} /></section>`;
}

/** Of when a list is that is not as the server has it now. */
export function AsOf({ at }) {
  return at === null ? null : html`<p class="as-of" role="status">${t('gate.asOf', { time: clockOf(chinaTime(at)) })}</p>`;
}

/** As the server has them or had them, with what this gate has done since and not sent. */
async function emergencies() {
  const mine = (await acts()).filter(item => item.offline && !item.refused);
  const left = mine.filter(item => item.kind === 'emergency-leave').map(item => item.id || item.of);
  const known = await listOf('emergencies').catch(error => { if (mine.length) return { items: [], at: null }; throw error; });
  const local = mine.filter(item => item.kind === 'emergency').map(item => ({ id: item.nonce, local: true, service: item.service, gate: item.gate,
    enteredAt: chinaTime(item.at), registered: false, waiting: true }));
  return { at: known.at, items: local.concat(known.items).map(item => (left.includes(item.id) ? Object.assign({}, item, { leftAt: 'waiting', waiting: true }) : item)) };
}

function Outside({ item }) {
  return html`<li class="line"><span class="line-name"><span class="strong num nowrap">${item.household}</span>
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
  const [error, setError] = useState(null);
  const leave = () => act(Object.assign({ kind: 'emergency-leave', gateId: gate.id }, item.local ? { of: item.id } : { id: item.id })).then(reload, setError);
  return html`<li class="line"><span class="line-name"><span class="strong">${t('gate.emergency.' + item.service)}</span>
      <span class="soft small block">${clockOf(item.enteredAt)} · ${item.gate}${item.organisation ? ' · ' + item.organisation : ''}</span></span>
    <span class="line-end">${item.waiting && html`<span class="tag late">${t('gate.waiting')}</span>`}
      ${!item.registered && !item.local && html`<button type="button" class="chip" onClick=${() => setOpen(true)}
        data-testid=${'papers-' + item.id}>${t('gate.papers')}</button>`}
      ${!item.leftAt && html`<button type="button" class="chip" onClick=${leave} data-testid=${'left-' + item.id}>${t('gate.left')}</button>`}</span>
    ${error && html`<${Failure} error=${error} />`}
    ${open && html`<${Papers} item=${item} onClose=${() => setOpen(false)} onDone=${() => { setOpen(false); reload(); }} />`}</li>`;
}
