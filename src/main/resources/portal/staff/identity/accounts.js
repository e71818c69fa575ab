import { get } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, useEffect, useLoad, useState } from '../../shared/ui.js';
import { useWide } from '../wide.js';
import { AccountSheet, NewAccountSheet } from './account-sheets.js';
import { ROLES } from './grants.js';

const PAUSE_MILLIS = 300;
const PAGE = 50;

export default function AccountsPage({ me }) {
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  const [role, setRole] = useState('');
  const [making, setMaking] = useState(false);
  const [round, setRound] = useState(0);
  const loading = useLoad(() => get('/accounts', { q: asked.trim(), role, limit: PAGE }).then(answer => answer.data), [asked, role, round]);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [words]);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('accounts.title')}<//>
      ${may('createAccount') && html`<${Button} extra="inline" onClick=${() => setMaking(true)} testid="add-account">
        ${t('accounts.add')}<//>`}</div>
    <form class="card row filters" role="search" onSubmit=${event => { event.preventDefault(); setAsked(words); }}>
      <div class="grow"><label class="label" for="q">${t('accounts.search')}</label>
        <input class="input" id="q" type="search" value=${words} onInput=${event => setWords(event.target.value)} data-testid="q" /></div>
      <div><label class="label" for="role">${t('accounts.role')}</label>
        <select class="input" id="role" value=${role} onChange=${event => setRole(event.target.value)} data-testid="role">
          <option value="">${t('building.all')}</option>${['RESIDENT'].concat(ROLES).map(one => html`<option key=${one} value=${one}>
            ${t('role.' + one)}</option>`)}</select></div></form>
    <div aria-live="polite"><${Loaded} of=${loading}>${page => (page.items.length ? html`<${Found} key=${asked + role + round}
      first=${page} me=${me}
      query=${{ q: asked.trim(), role, limit: PAGE }} />` : html`<${Empty} title=${t('accounts.none')}>
        <p>${t('accounts.none.advice')}</p><//>`)}<//></div>
    ${making && html`<${NewAccountSheet} me=${me} onMade=${() => setRound(round + 1)} onClose=${() => setMaking(false)} />`}
  </main>`;
}

function Found({ first, me, query }) {
  const [more, setMore] = useState([]);
  const [changed, setChanged] = useState({});
  const [asking, setAsking] = useState(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const wide = useWide();
  const pages = [first].concat(more);
  const last = pages[pages.length - 1];
  const items = pages.reduce((all, page) => all.concat(page.items), []).map(account => changed[account.id] || account);
  const loadMore = async () => {
    setBusy(true);
    setError(null);
    try {
      const page = (await get('/accounts', Object.assign({ cursor: last.next }, query))).data;
      setMore(more.concat(page));
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  const replace = account => setChanged(before => Object.assign({}, before, { [account.id]: account }));
  const change = account => (account.id === me.id ? html`<span class="tag info">${t('accounts.yourself')}</span>`
    : html`<button type="button" class="link-btn" onClick=${() => setAsking(account)} data-testid=${'change-account-' + account.name}>
      ${t('common.change')}<span class="unseen"> ${account.name}</span></button>`);
  const shut = account => account.disabled && html`<span class="tag bad">${t('accounts.disabled')}</span>`;
  return html`<div class="card scroll">${wide
    ? html`<table class="table" data-testid="accounts"><thead><tr><th scope="col">${t('missing.name')}</th>
        <th scope="col">${t('auth.phone')}</th><th scope="col">${t('accounts.roles')}</th><th scope="col">${t('organisation.compound')}</th>
        <th><span class="unseen">${t('common.change')}</span></th></tr></thead>
        <tbody>${items.map(account => html`<tr key=${account.id}><th scope="row">${account.name} ${shut(account)}</th>
          <td class="num">${account.phone}</td><td>${rolesOf(account)}</td><td>${account.compound ? account.compound.name : ''}</td>
          <td class="end">${change(account)}</td></tr>`)}</tbody></table>`
    : html`<ul class="lines" data-testid="accounts">${items.map(account => html`<li key=${account.id}><div class="line">
        <span class="line-name"><span class="strong">${account.name}</span> ${shut(account)}
          <span class="soft small block num">${account.phone}</span><span class="soft small block">${rolesOf(account)}</span></span>
        <span class="line-end">${change(account)}</span></div></li>`)}</ul>`}
    ${error && html`<${Failure} error=${error} />`}
    ${last.next && html`<div class="after"><${Button} kind="default" busy=${busy} onClick=${loadMore} testid="more">${t('common.more')}<//>
      </div>`}
    ${asking && html`<${AccountSheet} account=${asking} onChanged=${replace} onClose=${() => setAsking(null)} />`}</div>`;
}

const roleOf = grant => t('role.' + grant.role) + (grant.reachName && grant.reach !== 'EVERYTHING' ? ' ' + grant.reachName : '');
const rolesOf = account => account.grants.map(roleOf).join(t('common.comma')) || t('accounts.noRoles');
