import { get, post, Problem } from '../../shared/api.js';
import { clockOf, dateOf, plusDays, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { ShownPhoto } from '../../shared/photo.js';
import { BLANK, BuyList, toSend } from '../../shared/purchase-list.js';
import { Purchases } from '../../shared/purchases.js';
import { Button, Failure, html, Icon, Loaded, PageTitle, say, Segments, TextField, useLoad, useState } from '../../shared/ui.js';

const PAYS = ['WECHAT', 'CASH_AT_DOOR', 'OFFICE'];

/** What is brought to one's own door, and what somebody buys for the household. */
export default function DoorPage() {
  const own = useLoad(() => get('/household/door').then(answer => answer.data), []);
  const [asking, setAsking] = useState(false);
  const [round, setRound] = useState(0);
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('own.title')}<//></div>
    <${Loaded} of=${own}>${data => html`<${Brought} own=${data} reload=${own.reload} />`}<//>
    <h2 class="section-title after">${t('buy.title')}</h2>
    ${asking ? html`<${AskPurchase} onDone=${() => { setAsking(false); setRound(round + 1); }} onBack=${() => setAsking(false)} />`
      : html`<${Button} onClick=${() => setAsking(true)} testid="buy-new"><${Icon} name="list" /> ${t('buy.new')}<//>`}
    <div class="gap"><${Purchases} home=${true} round=${round} /></div>
  </main>`;
}

function Brought({ own, reload }) {
  const [note, setNote] = useState('');
  const [open, setOpen] = useState(false);
  const [error, setError] = useState(null);
  const sendOnce = useOnce();
  const standing = own.arrangement && ['ASKED', 'GRANTED'].includes(own.arrangement.state) ? own.arrangement : null;
  const ask = () => sendOnce('/door-arrangements', note.trim() ? { note: note.trim() } : {})
    .then(() => { say(t('own.asked')); setOpen(false); reload(); }, setError);
  const end = () => post('/door-arrangements/' + standing.id + '/events', { event: 'END' }).then(() => { say(t('own.ended')); reload(); }, setError);
  const arrived = own.tasks.filter(task => task.hasPhoto);
  return html`<section class="card stack" data-testid="own-door">
    <h2>${t(own.brought ? 'own.brought' : standing ? 'own.waiting' : 'own.not')}</h2>
    <p class="soft">${t(own.brought ? 'own.brought.how' : standing ? 'own.waiting.how' : 'own.not.how')}</p>
    ${own.arrangement && own.arrangement.state === 'REFUSED' && html`<p class="notice">${t('own.refused')} ${own.arrangement.answer || ''}</p>`}
    ${error && html`<${Failure} error=${error} />`}
    ${standing && html`<p class="small soft">${t('own.until', { date: dateWords(standing.until) })}</p>
      <button type="button" class="link-btn" onClick=${end} data-testid="own-end">${t('own.end')}</button>`}
    ${!own.brought && !standing && (open ? html`<${TextField} id="own-note" label=${t('own.note')} hint=${t('own.note.hint')} value=${note} onValue=${setNote} maxLength=${200} />
        <${Button} onClick=${ask} testid="own-send">${t('own.send')}<//>`
      : html`<${Button} kind="default" onClick=${() => setOpen(true)} testid="own-ask">${t('own.ask')}<//>`)}
    ${own.tasks.filter(task => !task.endedAt && !task.hasPhoto).map(task => html`<p class="notice good" key=${task.id}>${t('own.coming')}</p>`)}
    ${arrived.slice(0, 5).map((task, index) => html`<details key=${task.id} open=${index === 0}><summary>${t('own.placed', { time: dateWords(dateOf(task.shownAt)) + ' ' + clockOf(task.shownAt) })}</summary>
      <${ShownPhoto} path=${'/door-tasks/' + task.id + '/photo'} alt=${t('door.photo.alt')} /></details>`)}
  </section>`;
}

function AskPurchase({ onDone, onBack }) {
  const [items, setItems] = useState([BLANK]);
  const [form, setForm] = useState({ budget: '', payBy: 'WECHAT', wantedOn: today(), note: '' });
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const sendOnce = useOnce();
  const write = (name, value) => setForm(Object.assign({}, form, { [name]: value }));
  const fault = pointer => (error instanceof Problem ? error.at(pointer) : '');
  const send = async event => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const body = { items: toSend(items), budget: Number(form.budget), payBy: form.payBy, wantedOn: form.wantedOn };
    if (form.note.trim()) body.note = form.note.trim();
    try {
      await sendOnce('/purchases', body);
      say(t('buy.sent'));
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return html`<form class="card" onSubmit=${send} novalidate data-testid="buy-form">
    <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${['/budget', '/wantedOn']} />`}</div>
    <${BuyList} items=${items} onItems=${setItems} />
    <${TextField} id="buy-budget" label=${t('buy.budget.label')} value=${form.budget} inputMode="decimal" maxLength=${9} fault=${fault('/budget')}
      onValue=${value => write('budget', value)} />
    <div class="field"><span class="label">${t('buy.pay')}</span><${Segments} label=${t('buy.pay')} chosen=${form.payBy} onChoose=${value => write('payBy', value)} testid="buy-pay"
      items=${PAYS.map(id => ({ id, text: t('buy.pay.' + id) }))} /></div>
    <div class="field"><span class="label">${t('buy.when')}</span><${Segments} label=${t('buy.when')} chosen=${form.wantedOn} onChoose=${value => write('wantedOn', value)}
      items=${[0, 1, 2].map(days => ({ id: plusDays(today(), days), text: t('buy.day.' + days) }))} />
      ${fault('/wantedOn') && html`<p class="fault" role="alert">${fault('/wantedOn')}</p>`}</div>
    <${TextField} id="buy-note-field" label=${t('buy.note')} value=${form.note} maxLength=${200} onValue=${value => write('note', value)} />
    <${Button} type="submit" busy=${busy} testid="buy-send">${t('buy.send')}<//>
    <${Button} kind="default" onClick=${onBack}>${t('common.cancel')}<//></form>`;
}
