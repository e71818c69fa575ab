import { get } from '../../shared/api.js';
import { clockOf, dateOf, plusDays, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, useLoad, useState } from '../../shared/ui.js';
import { useWide } from '../wide.js';

const PAGE = 50;
const FIRST_DAYS = 7;
const SHOWN_OF_HASH = 12;
const FIELDS = ['NAME', 'PHONE', 'ID_NUMBER'];

/** Who did what to whose data, and whether the record of it is whole. */
export default function AuditPage({ route }) {
  const [from, setFrom] = useState(plusDays(today(), 1 - FIRST_DAYS));
  const [to, setTo] = useState(today());
  const subject = route.query.subject || '';
  const query = { from, to, subject, limit: PAGE };
  const loading = useLoad(() => get('/audit', query).then(answer => answer.data), [from, to, subject]);
  const day = (id, value, onChange) => html`<div><label class="label" for=${id}>${t('audit.' + id)}</label>
    <input class="input" id=${id} type="date" value=${value} onInput=${event => onChange(event.target.value)}
      data-testid=${'audit-' + id} /></div>`;
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('audit.title')}<//></div>
    <div class="card"><p class="soft">${t('audit.what')}</p><div class="row filters after">${day('from', from, setFrom)}${day('to', to, setTo)}
      ${subject && html`<a class="link-btn" href="#/audit" data-testid="audit-all">${t('audit.ofAll')}</a>`}</div></div>
    <div aria-live="polite"><${Loaded} of=${loading}>${page => (page.items.length
      ? html`<${Entries} key=${from + to + subject} first=${page} query=${query} subject=${subject} />`
      : html`<${Empty} title=${t('audit.none')}><p>${t('audit.none.advice')}</p><//>`)}<//></div>
    ${may('verifyAudit') && html`<${Verification} />`}
  </main>`;
}

/** An action that this page does not know yet is shown by its code. */
function actionWords(entry) {
  const field = entry.details.field;
  if (entry.action !== 'VALUE_DISCLOSED' || !FIELDS.includes(field)) return entry.action;
  return t('audit.action.VALUE_DISCLOSED', { field: t('disclosure.field.' + field) });
}

const byWords = entry => (entry.by ? [t('role.' + entry.by.role), entry.by.name].filter(Boolean).join(t('common.dot')) : t('audit.clock'));
const subjectWords = entry => [entry.subject.name || entry.subject.kind, entry.subject.household].filter(Boolean).join(t('common.dot'));
const whenWords = entry => dateWords(dateOf(entry.at)) + ' ' + clockOf(entry.at);

function Entries({ first, query, subject }) {
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
      setPages(pages.concat((await get('/audit', Object.assign({ cursor: last.next }, query))).data));
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  return html`<div class="card scroll">${wide ? html`<${Table} items=${items} subject=${subject} />` : html`<${Lines} items=${items} />`}
    ${error && html`<${Failure} error=${error} />`}
    ${last.next && html`<div class="after"><${Button} kind="default" busy=${busy} onClick=${more} testid="more">${t('common.more')}<//>
      </div>`}</div>`;
}

function Table({ items, subject }) {
  const about = entry => (entry.subject.name && !subject ? html`<a class="cell-link"
    href=${'#/audit?subject=' + encodeURIComponent(entry.subject.id)}
    aria-label=${t('audit.ofOne', { name: entry.subject.name })}>${subjectWords(entry)}</a>` : subjectWords(entry));
  return html`<table class="table" data-testid="audit-list"><thead><tr>
    ${['audit.number', 'audit.at', 'audit.by', 'audit.what.column', 'audit.subject', 'audit.reason'].map(key => html`
      <th scope="col" key=${key}>${t(key)}</th>`)}</tr></thead>
    <tbody>${items.map(entry => html`<tr key=${entry.compound.id + entry.number}><th scope="row" class="num">${entry.number}</th>
      <td class="num">${whenWords(entry)}</td><td>${byWords(entry)}</td><td>${actionWords(entry)}</td><td class="num">${about(entry)}</td>
      <td>${entry.reason || ''}</td></tr>`)}</tbody></table>`;
}

function Lines({ items }) {
  return html`<ul class="lines" data-testid="audit-list">${items.map(entry => html`<li key=${entry.compound.id + entry.number}>
    <div class="line"><span class="line-name"><span class="strong">${actionWords(entry)}</span> <span>${subjectWords(entry)}</span>
      <span class="block">${byWords(entry)}</span>${entry.reason && html`<span class="block">${entry.reason}</span>`}
      <span class="soft small block num">${entry.number}${t('common.dot')}${whenWords(entry)}</span></span></div></li>`)}</ul>`;
}

function Verification() {
  const [found, setFound] = useState(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const check = async () => {
    setBusy(true);
    setError(null);
    try {
      setFound((await get('/audit/verification')).data);
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  return html`<section class="card"><p class="hint">${t('audit.verify.hint')}</p>
    <div class="after"><${Button} kind="default" busy=${busy} onClick=${check} testid="verify">
      ${t(busy ? 'audit.verifying' : 'audit.verify')}<//></div>
    <div class="after" aria-live="polite">${error && html`<${Failure} error=${error} />`}
      ${found && !error && html`<${Verdict} found=${found} />`}</div></section>`;
}

function Verdict({ found }) {
  return found.intact ? html`<div class="notice" data-testid="chain-intact"><h2>${t('audit.intact', { count: found.entries })}</h2>
      ${found.entries > 0 && html`<p>${t('audit.head', { hash: found.head.slice(0, SHOWN_OF_HASH) })}</p>`}</div>`
    : html`<div class="notice bad" role="alert" data-testid="chain-broken"><h2>${t('audit.broken', { number: found.broken.number })}</h2>
      <p>${t('audit.fault.' + found.broken.fault)}</p><p>${t('audit.broken.next')}</p></div>`;
}
