import { get, post } from '../../shared/api.js';
import { clockOf, dateOf } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { may } from '../../shared/session.js';
import { residentPage } from '../addresses.js';
import { Disclose } from '../audit/disclose.js';
import { Button, Failure, html, Icon, Loaded, PageTitle, say, Sheet, useEffect, useLoad, useRef, useState } from '../../shared/ui.js';

export default function HouseholdPage({ route, me }) {
  const id = route.path[1];
  const loading = useLoad(() => get('/households/' + encodeURIComponent(id)).then(answer => answer.data), [id]);
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back no-print" href="#/households"
      onClick=${event => { if (history.length > 1) { event.preventDefault(); history.back(); } }}><${Icon} name="back" />
      ${t('households.title')}</a>
    <${Loaded} of=${loading}>${household => html`
      <div class="page-head no-print"><${PageTitle}>${t('me.household', { label: household.label })}<//>
        ${household.compound && html`<span class="soft">${household.compound.name}</span>`}</div>
      <${Members} household=${household} me=${me} onLeft=${loading.reload} />
      ${may('inviteHousehold') && html`<${DoorCard} household=${household} compound=${(household.compound || me.compound).name} />`}`}<//>
  </main>`;
}

/** Somebody leaves the compound: asked twice, because their account goes with it. */
function MoveOut({ member, onLeft }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const leave = async () => {
    setBusy(true);
    setError(null);
    try {
      await post('/residents/' + encodeURIComponent(member.id) + '/move-out');
      say(t('household.left', { name: member.name }));
      onLeft();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return html`<button type="button" class="link-btn" onClick=${() => setAsking(true)} data-testid=${'move-out-' + member.id}>
      ${t('household.moveOut')}<span class="unseen"> ${member.name}</span></button>
    ${asking && html`<${Sheet} title=${t('household.moveOut') + t('common.dot') + member.name} onClose=${() => setAsking(false)} testid="move-out-sheet">
      <div aria-live="polite">${error && html`<${Failure} error=${error} testid="move-out-error" />`}</div>
      <p>${t('household.moveOut.sure', { name: member.name })}</p>
      <div class="after"><${Button} kind="danger" busy=${busy} onClick=${leave} testid="move-out-confirm">${t('household.moveOut')}<//></div><//>`}`;
}

function Members({ household, me, onLeft }) {
  return html`<section class="card no-print"><h2>${t('households.members')}</h2>${household.members.length ? html`<ul class="lines"
    data-testid="members">${household.members.map(member => html`<li key=${member.id}><div class="line">
    <span class="line-name"><span class="strong">${member.name}</span>${member.relation && html`<span
      class="soft small"> ${t('relation.' + member.relation)}</span>`}
      <span class="soft small block num">${[member.bornOn, member.phone, member.idNumber].filter(Boolean).join(t('common.dot'))}</span>
        </span>
    <span class="line-end"><span class=${'tag ' + (member.hasAccount ? 'good' : '')}>
      ${t(member.hasAccount ? 'me.hasAccount' : 'household.noAccount')}</span>
      ${may('listHealthReports') && html`<a class="link-btn"
        href=${residentPage(member.id, member.name, household.label)}
          data-testid=${'reports-' + member.id}>${t('missing.history')}<span class="unseen"> ${member.name}</span></a>`}</span>
  </div><div class="shows">${member.phone && html`<${Disclose} me=${me} residentId=${member.id} name=${member.name} field="PHONE" />`}
    ${member.idNumber && html`<${Disclose} me=${me} residentId=${member.id} name=${member.name} field="ID_NUMBER" />`}
    ${may('moveOutResident') && html`<${MoveOut} member=${member} onLeft=${onLeft} />`}</div></li>`)}</ul>` : html`<p class="soft">${t('households.empty')}</p>`}</section>`;
}

/** The code is told only once, so the card is printed from here, and a new one makes the old one void. */
function DoorCard({ household, compound }) {
  const [invitation, setInvitation] = useState(null);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const [mini, setMini] = useState(null);
  const key = useRef(newUuid());
  const make = async () => {
    setBusy(true);
    setError(null);
    try {
      setMini(null);
      setInvitation((await post('/households/' + encodeURIComponent(household.id) + '/invite', undefined,
        { idempotencyKey: key.current })).data);
      key.current = newUuid();
      setAsking(false);
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  // The card does without it: whoever has no WeChat, or where it draws none, scans the ordinary code.
  useEffect(() => {
    if (!invitation) return undefined;
    let shown = true;
    post('/door-cards', { inviteCode: invitation.inviteCode }).then(
      drawn => { if (shown && drawn.data.picture === 'MINI_PROGRAM') setMini(drawn.data.qr); }, () => undefined);
    return () => { shown = false; };
  }, [invitation]);
  return html`<section class="card no-print"><h2>${t('card.title')}</h2><p class="soft">${t('card.what')}</p>
      <div aria-live="polite">${error && html`<${Failure} error=${error} />`}</div>
      ${invitation ? html`<div class="row after" data-testid="invitation"><span><img class="qr" src=${invitation.qr}
        alt=${t('card.qr', { label: household.label })} data-testid="invite-qr" />${mini && html`<span class="small soft block">${t('card.print.browser')}</span>`}</span>
          ${mini && html`<span><img class="qr" src=${mini} alt=${t('card.qr.mini', { label: household.label })} data-testid="invite-mini" />
            <span class="small soft block">${t('card.print.mini')}</span></span>`}
          <div class="grow stack"><p>${t('activate.inviteCode')}<br /><strong class="invite-code" data-testid="invite-code">
            ${invitation.inviteCode}</strong></p><p class="soft">
            ${t('card.until', { date: dateWords(dateOf(invitation.expiresAt)), clock: clockOf(invitation.expiresAt) })}</p><p>
            ${t('card.once')}</p></div></div>
          <div class="btns after"><${Button} onClick=${() => window.print()} testid="print-card">${t('card.print')}<//>
            <${Button} kind="default" onClick=${() => { setInvitation(null); setAsking(true); }}>${t('card.again')}<//></div>`
      : asking ? html`<div class="notice warn after"><p>${t('card.sure')}</p><div class="btns">
        <${Button} busy=${busy} onClick=${make} testid="invite-confirm">${t('card.make')}<//>
        <${Button} kind="default" onClick=${() => setAsking(false)}>${t('common.cancel')}<//></div></div>`
        : html`<div class="after"><${Button} kind="default" onClick=${() => setAsking(true)} testid="invite">${t('card.make')}<//></div>`}
    </section>
    ${invitation && html`<section class="print-card" aria-hidden="true"><p class="print-compound">${compound}</p><p class="print-label">
      ${household.label}</p>
      <div class=${mini ? 'print-two' : ''}><span><img src=${invitation.qr} alt="" />${mini && t('card.print.browser')}</span>
        ${mini && html`<span><img src=${mini} alt="" />${t('card.print.mini')}</span>`}</div><p class="print-code">${invitation.inviteCode}</p>
      <p>${t('card.print.how')}</p><p>
        ${t('card.until', { date: dateWords(dateOf(invitation.expiresAt)), clock: clockOf(invitation.expiresAt) })}</p></section>`}`;
}
