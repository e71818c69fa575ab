import { get, getItems, put, remove } from '../../shared/api.js';
import { clockOf } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { backWords, isLive, leaveWords, PassTag } from '../../shared/outing.js';
import { Button, Empty, Failure, html, Icon, Loaded, PageTitle, say, Sheet, useLoad, useMinute, useState } from '../../shared/ui.js';
import { AskSheet } from './ask.js';

const SHOWN_PAST = 10;

const load = () => Promise.all([get('/outing-passes', { limit: 50 }).then(answer => answer.data.items), getItems('/household/members'),
  getItems('/outing-waiting')]);

/** The household's passes: what is good or waits on top, then one big button, then what was. */
export default function PassesPage({ me }) {
  const loading = useLoad(load, [me.id]);
  const [asking, setAsking] = useState(false);
  const [cancelling, setCancelling] = useState(null);
  useMinute();
  const close = changed => {
    setAsking(false);
    setCancelling(null);
    if (changed) loading.reload();
  };
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('outing.title')}<//></div>
    <${Loaded} of=${loading}>${([passes, members, waiting]) => {
      const open = passes.filter(pass => isLive(pass) || pass.state === 'PENDING');
      const past = passes.filter(pass => !open.includes(pass)).slice(0, SHOWN_PAST);
      const last = passes.find(pass => pass.kind === 'SUPPLIES' && pass.gate) || null;
      return html`
        ${waiting.filter(each => each.state === 'WAITING' || each.state === 'OFFERED').map(each => html`<${WaitingCard} key=${each.id} waiting=${each}
          onChanged=${loading.reload} />`)}
        ${open.map(pass => html`<${OpenPass} key=${pass.id} pass=${pass} onCancel=${() => setCancelling(pass)} />`)}
        <section class="card"><${Button} extra="big" onClick=${() => setAsking(true)} testid="ask">
          <span>${t('outing.ask')}</span><span class="btn-note">${last
            ? t('outing.asLastTime', { name: last.residentName, clock: clockOf(last.validFrom), gate: last.gate.name }) : t('outing.ask.note')}</span><//>
          <p class="soft after">${t('outing.rules')}</p></section>
        ${past.length > 0 && html`<section class="card"><h2>${t('outing.past')}</h2><ul class="lines" data-testid="past-passes">
          ${past.map(pass => html`<li key=${pass.id}><div class="line"><span class="line-name"><span class="strong">${pass.residentName}</span>
            <span class="soft"> ${t('pass.kind.' + pass.kind)}</span><span class="block soft small">${leaveWords(pass)}</span>
            ${pass.reason && html`<span class="block small">${t('pass.reason', { reason: pass.reason })}</span>`}</span>
            <span class="line-end"><${PassTag} pass=${pass} /></span></div></li>`)}</ul></section>`}
        ${passes.length === 0 && html`<${Empty} title=${t('outing.none')}><p>${t('outing.none.advice')}</p><//>`}
        ${members.length > 1 && html`<${BuyerCard} members=${members} />`}
        ${asking && html`<${AskSheet} me=${me} members=${members} last=${last} onClose=${close} />`}`;
    }}<//>
    ${cancelling && html`<${CancelSheet} pass=${cancelling} onClose=${close} />`}
  </main>`;
}

function OpenPass({ pass, onCancel }) {
  const suspended = pass.suspendedBy || [];
  return html`<section class=${'card pass ' + pass.colour.toLowerCase()} data-testid=${'pass-' + pass.id}>
    <div class="row spread"><h2>${pass.residentName} <span class="soft">${t('pass.kind.' + pass.kind)}</span></h2><${PassTag} pass=${pass} /></div>
    <p class="pass-time num">${leaveWords(pass)}</p>
    <p class="soft">${backWords(pass)}${pass.gate && t('common.dot') + pass.gate.name}</p>
    ${pass.state === 'PENDING' && html`<p class="notice">${t('outing.pending')}</p>`}
    ${suspended.length > 0 && html`<div class="notice bad" data-testid="suspended"><p class="strong">${t('outing.suspended')}</p>
      ${suspended.map(rule => html`<p key=${rule}>${t('rule.' + rule)}</p>`)}</div>`}
    ${isLive(pass) && html`<div class="after"><a class="weui-btn btn weui-btn_primary" href=${'#/pass/' + encodeURIComponent(pass.id)}
      data-testid=${'show-' + pass.id}>${t('outing.show')}</a></div>`}
    <p class="row spread">${isLive(pass) && html`<a class="link-btn" href=${'#/card/' + encodeURIComponent(pass.id)}
      data-testid=${'card-' + pass.id}>${t('outing.card')}</a>`}
      ${pass.possible.includes('CANCEL') && html`<button type="button" class="link-btn" onClick=${onCancel} data-testid=${'cancel-' + pass.id}>
        ${t('outing.cancel')}</button>`}</p>
  </section>`;
}

/** Whom the household names to go shopping. */
function BuyerCard({ members }) {
  const loading = useLoad(() => get('/household/buyer').then(answer => answer.data.residentId || ''), []);
  const [error, setError] = useState(null);
  const name = async id => {
    setError(null);
    try {
      loading.replace((await put('/household/buyer', id ? { residentId: id } : {})).data.residentId || '');
      say(t('buyer.saved'));
    } catch (refused) {
      setError(refused);
      loading.reload();
    }
  };
  return html`<section class="card"><label class="label" for="buyer">${t('buyer.title')}</label>
    <${Loaded} of=${loading}>${buyer => html`<select class="input" id="buyer" value=${buyer} onChange=${event => name(event.target.value)} data-testid="buyer">
      <option value="" selected=${buyer === ''}>${t('buyer.anybody')}</option>
      ${members.map(member => html`<option key=${member.id} value=${member.id} selected=${member.id === buyer}>${member.name}</option>`)}</select>`}<//>
    ${error && html`<${Failure} error=${error} />`}<p class="hint">${t('buyer.what')}</p></section>`;
}

/** A place in the line for a full slot; one tap takes what is offered. */
function WaitingCard({ waiting, onChanged }) {
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const sendOnce = useOnce();
  const offered = waiting.state === 'OFFERED';
  const attempt = async act => {
    setSending(true);
    setError(null);
    try {
      await act();
      onChanged();
    } catch (refused) {
      setError(refused);
    } finally {
      setSending(false);
    }
  };
  const take = () => attempt(async () => {
    const pass = (await sendOnce('/outing-passes', { residentId: waiting.residentId, kind: 'SUPPLIES', slotId: waiting.slotId })).data;
    say(t(pass.state === 'APPROVED' ? 'ask.approved' : 'ask.pending'));
  });
  const leave = () => attempt(() => remove('/outing-waiting/' + encodeURIComponent(waiting.id)));
  return html`<section class=${'notice ' + (offered ? 'good' : '')} data-testid=${'waiting-' + waiting.state}>
    <h2>${t(offered ? 'place.offered' : 'place.title')}</h2>
    <p class="strong num">${leaveWords({ validFrom: waiting.startsAt, leaveBy: waiting.endsAt })}${waiting.gate && t('common.dot') + waiting.gate.name}</p>
    <p>${offered ? t('place.until', { clock: clockOf(waiting.offeredUntil), name: waiting.residentName }) : t('place.ahead', { count: waiting.ahead })}</p>
    ${error && html`<${Failure} error=${error} />`}
    ${offered && html`<${Button} busy=${sending} onClick=${take} testid="waiting-take">${t('place.take')}<//>`}
    <button type="button" class="link-btn" onClick=${leave} disabled=${sending} data-testid="waiting-leave">${t('place.leave')}</button></section>`;
}

function CancelSheet({ pass, onClose }) {
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const sendOnce = useOnce();
  const cancel = async () => {
    setSending(true);
    setError(null);
    try {
      await sendOnce('/outing-passes/' + encodeURIComponent(pass.id) + '/cancel', {});
      say(t('outing.cancelled'));
      onClose(true);
    } catch (refused) {
      setError(refused);
      setSending(false);
    }
  };
  return html`<${Sheet} title=${t('outing.cancel')} onClose=${() => onClose(false)} testid="cancel-sheet"
    foot=${html`<${Button} kind="danger" busy=${sending} onClick=${cancel} testid="cancel-send">${t('outing.cancel.sure')}<//>`}>
    ${error && html`<${Failure} error=${error} />`}
    <p class="row"><${Icon} name="door" />${pass.residentName} ${leaveWords(pass)}</p><p class="soft">${t('outing.cancel.what')}</p><//>`;
}
