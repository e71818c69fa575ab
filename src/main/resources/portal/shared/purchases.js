/* Purchases: a card for whoever asked, whoever buys and whoever watches. What may be done now is what the server names. */
import { getAll, postPhoto, put } from './api.js';
import { clockOf, dateOf } from './clock.js';
import { dateWords } from './health.js';
import { t } from './i18n.js';
import { useOnce } from './once.js';
import { ShownPhoto, TakePhoto } from './photo.js';
import { BuyList, toSend } from './purchase-list.js';
import { Button, Empty, Failure, html, Loaded, say, TextField, useLoad, useState } from './ui.js';

const LOOKS = { ASKING: 'late', BOUGHT: 'info', DELIVERED: 'info', CLOSED: 'good', REJECTED: 'bad' };
const WITH_COST = ['ASK_MORE', 'BUY'];
const WITH_NOTE = ['CANCEL', 'REJECT'];

/** @param home only one's own household's, as its members see them */
export function Purchases({ home, round }) {
  const loading = useLoad(() => getAll('/purchases', { home: home ? 'true' : '', unfinished: home ? '' : 'true' }, 200), [home, round || 0]);
  return html`<${Loaded} of=${loading}>${items => (items.length ? html`<div class="stack" data-testid="purchases">
      ${items.map(item => html`<${PurchaseCard} item=${item} home=${home} reload=${loading.reload} key=${item.id} />`)}</div>`
    : html`<${Empty} title=${t(home ? 'buy.none' : 'buy.none.free')} testid="purchases-none" />`)}<//>`;
}

function PurchaseCard({ item, home, reload }) {
  const [doing, setDoing] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const [form, setForm] = useState({ cost: '', note: '' });
  const [words, setWords] = useState(null);
  const sendOnce = useOnce();
  const attempt = async work => {
    setBusy(true);
    setError(null);
    try {
      await work();
      setDoing(null);
      setWords(null);
      say(t('buy.said'));
      reload();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const send = event => attempt(() => sendOnce('/purchases/' + item.id + '/events', Object.assign({ event },
    WITH_COST.includes(event) ? { cost: Number(form.cost) } : {}, form.note.trim() ? { note: form.note.trim() } : {})));
  const reword = () => attempt(() => sendOnce('/purchases/' + item.id + '/words', Object.assign({ items: toSend(words.items) },
    words.note.trim() ? { note: words.note.trim() } : {}), put));
  const write = next => setWords(Object.assign({}, words, next));
  // Who answers for a household without an account says what it said.
  const answersFor = event => event === 'AGREE' && !home;
  const wantsNote = event => WITH_NOTE.includes(event) || answersFor(event);
  const wordsOf = event => t('buy.do.' + event + (answersFor(event) ? '.for' : ''));
  const choose = event => (WITH_COST.includes(event) || wantsNote(event) ? setDoing(event) : send(event));
  const receipt = url => attempt(() => sendOnce('/purchases/' + item.id + '/receipt', url, postPhoto));
  const steps = item.possible.filter(step => step !== 'BUY' || item.hasReceipt);
  return html`<article class="card stack" data-testid="purchase" data-state=${item.state}>
    <div class="row spread"><h3>${home ? t('buy.of', { date: dateWords(dateOf(item.requestedAt)) }) : item.household}</h3>
      <span class=${'tag ' + (LOOKS[item.state] || '')}>${t('buy.state.' + item.state)}</span></div>
    <ul class="goods">${item.items.map((one, index) => html`<li key=${index}>${one.name} <span class="num">${one.quantity} ${one.unit}</span></li>`)}</ul>
    <p class="soft small">${t('buy.budget', { yuan: item.allowed })} · ${t('buy.pay.' + item.payBy)} · ${t('buy.wanted', { date: dateWords(item.wantedOn) })}</p>
    ${item.note && html`<p>${item.note}</p>`}
    ${item.held && (item.answer ? html`<p class="notice warn" data-testid="buy-refused">${t('buy.refused', { reason: item.answer })}</p>`
      : html`<p class="soft" data-testid="buy-held">${t('buy.held')}</p>`)}
    ${item.rewordable && !words && html`<${Button} onClick=${() => setWords({ items: item.items, note: item.note || '' })} testid="buy-reword">${t('buy.reword')}<//>`}
    ${item.asked && html`<p class="notice warn">${t('buy.asked', { yuan: item.asked, allowed: item.allowed })}</p>`}
    ${item.cost && html`<p class="strong">${t('buy.cost', { yuan: item.cost })}</p>`}
    ${item.endNote && html`<p class="notice">${item.endNote}</p>`}
    ${item.buyer && html`<p class="small soft">${t('buy.buyer', { name: item.buyer })}</p>`}
    ${item.hasReceipt && html`<details><summary>${t('buy.receipt.show')}</summary><${ShownPhoto} path=${'/purchases/' + item.id + '/receipt'} alt=${t('buy.receipt')} /></details>`}
    ${error && html`<${Failure} error=${error} atFields=${['/cost', '/note']} />`}
    ${words && html`<div class="stack"><${BuyList} items=${words.items} onItems=${items => write({ items })} />
      <${TextField} id=${'words-' + item.id} label=${t('buy.note')} value=${words.note} maxLength=${200} onValue=${note => write({ note })} testid="buy-words-note" />
      <div class="btns"><${Button} busy=${busy} onClick=${reword} testid="buy-reword-send">${t('buy.reword.send')}<//>
        <${Button} kind="default" onClick=${() => setWords(null)}>${t('common.cancel')}<//></div></div>`}
    ${doing && html`<div class="stack">
      ${WITH_COST.includes(doing) && html`<${TextField} id=${'cost-' + item.id} label=${t('buy.cost.label')} value=${form.cost} inputMode="decimal" maxLength=${9}
        fault=${error && error.at ? error.at('/cost') : ''} onValue=${cost => setForm(Object.assign({}, form, { cost }))} testid="buy-cost" />`}
      ${wantsNote(doing) && html`<${TextField} id=${'note-' + item.id} label=${t(answersFor(doing) ? 'buy.said.for' : 'buy.why')} value=${form.note} maxLength=${200}
        fault=${error && error.at ? error.at('/note') : ''} onValue=${note => setForm(Object.assign({}, form, { note }))} testid="buy-note" />`}
      <div class="btns"><${Button} busy=${busy} onClick=${() => send(doing)} testid="buy-confirm">${wordsOf(doing)}<//>
        <${Button} kind="default" onClick=${() => setDoing(null)}>${t('common.cancel')}<//></div></div>`}
    ${!doing && !words && html`${item.mine && item.state === 'ACCEPTED' && html`<${TakePhoto} id=${'receipt-' + item.id} busy=${busy} onTaken=${receipt}>
        ${t(item.hasReceipt ? 'buy.receipt.again' : 'buy.receipt.take')}<//>`}
      ${steps.length > 0 && html`<div class="btns">${steps.map((step, index) => html`<${Button} key=${step} busy=${busy} onClick=${() => choose(step)}
        kind=${WITH_NOTE.includes(step) || step === 'GIVE_BACK' ? 'plain' : index === 0 ? 'primary' : 'default'}
        testid=${'buy-' + step}>${wordsOf(step)}<//>`)}</div>`}`}
    ${item.deliveredAt && html`<p class="small soft num">${t('buy.deliveredAt', { time: dateWords(dateOf(item.deliveredAt)) + ' ' + clockOf(item.deliveredAt) })}</p>`}
    ${item.closesAt && html`<p class="small soft" data-testid="buy-closes">${t('buy.closesAt', { time: dateWords(dateOf(item.closesAt)) + ' ' + clockOf(item.closesAt) })}</p>`}
  </article>`;
}
