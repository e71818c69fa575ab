import { get, getItems } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Empty, Failure, html, Icon, Loaded, PageTitle, useEffect, useLoad, useState } from '../../shared/ui.js';
import { byBuilding } from '../health/figures.js';
import { useWide } from '../wide.js';

const PAUSE_MILLIS = 300;
const PAGE = 50;

export default function HouseholdsPage({ route }) {
  const [words, setWords] = useState(route.query.q || '');
  const [asked, setAsked] = useState(route.query.q || '');
  const [building, setBuilding] = useState(route.query.building || '');
  const buildings = useLoad(() => (may('listBuildings') ? getItems('/buildings') : Promise.resolve([])), []);
  const loading = useLoad(() => get('/households', { q: asked.trim(), building, limit: PAGE }).then(answer => answer.data),
    [asked, building]);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [words]);
  const names = (buildings.data || []).map(one => one.building).filter((one, index, all) => all.indexOf(one) === index).sort(byBuilding);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('households.title')}<//></div>
    <form class="card row filters" role="search" onSubmit=${event => { event.preventDefault(); setAsked(words); }}>
      <div class="grow"><label class="label" for="q">${t('households.search')}</label>
        <input class="input" id="q" type="search" value=${words} onInput=${event => setWords(event.target.value)} data-testid="q" /></div>
      ${names.length > 1 && html`<div><label class="label" for="building">${t('building.column')}</label>
        <select class="input" id="building" value=${building} onChange=${event => setBuilding(event.target.value)} data-testid="building">
        <option value="">${t('building.all')}</option>${names.map(name => html`<option key=${name} value=${name}>
          ${t('building.name', { building: name })}</option>`)}</select></div>`}
    </form>
    <div aria-live="polite"><${Loaded} of=${loading}>${page => (page.items.length ? html`<${Found} key=${asked + building} first=${page}
      query=${{ q: asked.trim(), building, limit: PAGE }} />`
      : html`<${Empty} title=${t('households.none')}><p>${t('households.none.advice')}</p><//>`)}<//></div>
  </main>`;
}

function Found({ first, query }) {
  const [pages, setPages] = useState([first]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const wide = useWide();
  const last = pages[pages.length - 1];
  const items = pages.reduce((all, page) => all.concat(page.items), []);
  const more = async () => {
    setBusy(true);
    setError(null);
    try {
      const page = (await get('/households', Object.assign({ cursor: last.next }, query))).data;
      setPages(pages.concat(page));
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  const address = household => '#/household/' + encodeURIComponent(household.id);
  const people = household => household.members.map(member => member.name).join(t('common.comma')) || t('households.empty');
  return html`<div class="card scroll">${wide
    ? html`<table class="table" data-testid="households"><thead><tr><th scope="col">${t('missing.household')}</th><th scope="col">
      ${t('households.members')}</th><th scope="col">${t('households.accounts')}</th><th><span class="unseen">${t('households.open')}</span>
      </th></tr></thead>
        <tbody>${items.map(household => html`<tr key=${household.id}><th scope="row" class="num">${household.label}</th><td>
          ${people(household)}</td><td>${accounts(household)}</td>
          <td class="end"><a class="cell-link" href=${address(household)} data-testid=${'household-' + household.label}>
            ${t('households.open')}<span class="unseen"> ${household.label}</span></a></td></tr>`)}</tbody></table>`
    : html`<ul class="lines" data-testid="households">${items.map(household => html`<li key=${household.id}>
      <a class="line" href=${address(household)} data-testid=${'household-' + household.label}>
        <span class="line-name"><span class="strong num">${household.label}</span><span class="soft small block">${people(household)}</span>
          </span><span class="line-end">${accounts(household)}<${Icon} name="go" /></span></a></li>`)}</ul>`}
    ${error && html`<${Failure} error=${error} />`}
    ${last.next && html`<div class="after"><${Button} kind="default" busy=${busy} onClick=${more} testid="more">${t('common.more')}<//>
      </div>`}</div>`;
}

function accounts(household) {
  const having = household.members.filter(member => member.hasAccount).length;
  return html`<span class=${'tag ' + (having ? 'good' : 'late')}>
    ${t(having ? 'households.hasAccounts' : 'households.noAccount', { count: having })}</span>`;
}
