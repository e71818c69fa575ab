import { get } from '../../shared/api.js';
import { clockOf, dateOf, plusDays, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { currentLanguage, has, t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { useCategoryNames } from '../../shared/ticket.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, useLoad, useState } from '../../shared/ui.js';
import { useWide } from '../wide.js';

const PAGE = 50;
const FIRST_DAYS = 7;
const SHOWN_OF_HASH = 12;
const FIELDS = ['NAME', 'PHONE', 'ID_NUMBER', 'REPORTER'];
const HEALTH = ['ALERT_ACKNOWLEDGED', 'ALERT_ESCALATED', 'ALERT_TRANSFERRED', 'ALERT_CLOSED', 'OBSERVATION_STARTED', 'OBSERVATION_PROLONGED',
  'OBSERVATION_RELEASED', 'OBSERVATION_TRANSFERRED', 'OBSERVATION_TEST_CORRECTED'];
const ACTIONS = ['VALUE_DISCLOSED', 'VISITOR_DISCLOSED', 'GATE_CONFLICT_REVIEWED', 'ACCOUNT_CREATED', 'ROLES_CHANGED', 'ACCOUNT_DISABLED', 'ACCOUNT_ENABLED', 'PASSWORD_RESET',
  'HOUSEHOLD_LEFT', 'POLICY_CHANGED', 'CONTROL_LEVEL_SET', 'ROSTER_IMPORTED', 'TICKET_STEP', 'TICKET_TO_POLICE',
  'TICKET_RULES_CHANGED', 'WORKING_DAY_SET', 'RISK_LIST_REPLACED', 'FORM_EXPORTED', 'PASS_APPROVED',
  'PASS_REJECTED', 'PASS_CANCELLED', 'PASS_RETURNED', 'PASS_CARD_REVOKED', 'GATE_DAY_SET', 'PARCEL_SETTLED', 'COURIER_LINK_MADE',
  'COURIER_LINK_REVOKED', 'VOLUNTEER_NAMED', 'VOLUNTEER_ENDED', 'DOOR_ARRANGED', 'HOUSEHOLD_KNOCKED', 'MESSAGE_RETRIED', 'MESSAGE_DROPPED', 'RETENTION_APPLIED',
  'BACKUP_RESTORED'];
/** Ids are for machines; what they stand for is in the columns already. */
const UNSAID = ['field', 'alert', 'observation', 'pass', 'template', 'household', 'account', 'to@HOUSEHOLD_LEFT'];
const DISCLOSED = ['VALUE_DISCLOSED', 'VISITOR_DISCLOSED'];
const COUNTED = ['lines', 'created', 'updated', 'rejected', 'before', 'takenOff', 'added', 'days'];

/** Who did what to whose data, and whether the record of it is whole. */
export default function AuditPage({ me, route }) {
  const [from, setFrom] = useState(plusDays(today(), 1 - FIRST_DAYS));
  const [to, setTo] = useState(today());
  const [action, setAction] = useState('');
  const subject = route.query.subject || '';
  const by = route.query.by || '';
  const query = { from, to, action, subject, by, limit: PAGE };
  const actions = me.roles.includes('OFFICE') ? ACTIONS.slice(0, 1).concat(HEALTH, ACTIONS.slice(1)) : ACTIONS;
  const loading = useLoad(() => get('/audit', query).then(answer => answer.data), [from, to, action, subject, by]);
  const day = (id, value, onChange) => html`<div><label class="label" for=${id}>${t('audit.' + id)}</label>
    <input class="input" id=${id} type="date" value=${value} onInput=${event => onChange(event.target.value)}
      data-testid=${'audit-' + id} /></div>`;
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('audit.title')}<//></div>
    <div class="card"><p class="soft">${t('audit.what')}</p><div class="row filters after">${day('from', from, setFrom)}${day('to', to, setTo)}
      <div><label class="label" for="action">${t('audit.action')}</label>
        <select class="input" id="action" value=${action} onChange=${event => setAction(event.target.value)} data-testid="audit-action">
          <option value="">${t('audit.action.all')}</option>${actions.map(one => html`<option key=${one} value=${one}
            selected=${one === action}>${nameOf(one)}</option>`)}</select></div>
      ${(subject || by) && html`<a class="link-btn" href="#/audit" data-testid="audit-all">${t('audit.ofAll')}</a>`}</div></div>
    <div aria-live="polite"><${Loaded} of=${loading}>${page => (page.items.length
      ? html`<${Entries} key=${from + to + action + subject + by} first=${page} query=${query} narrowed=${subject || by} />`
      : html`<${Empty} title=${t('audit.none')}><p>${t('audit.none.advice')}</p><//>`)}<//></div>
    ${may('verifyAudit') && html`<${Verification} />`}
  </main>`;
}

const nameOf = action => (DISCLOSED.includes(action) ? t('audit.action.' + action, { field: t('audit.field.any') }) : t('audit.action.' + action));

/** An action that this page does not know yet is shown by its code. */
function actionWords(entry) {
  const field = entry.details.field;
  if (DISCLOSED.includes(entry.action) && FIELDS.includes(field)) return t('audit.action.' + entry.action, { field: t('disclosure.field.' + field) });
  return ACTIONS.concat(HEALTH).includes(entry.action) ? nameOf(entry.action) : entry.action;
}

const rolesIn = grants => grants.split(', ').map(grant => t('role.' + grant.split(' ')[0])).join(t('common.comma'));

/** How the page of rules words it; a rule that is gone is shown by its name. */
function ruleWords(rules, name, value) {
  const rule = rules.find(one => one.name === name);
  const worded = one => (rule && rule.options && has('level.' + one) ? t('level.' + one) : rule && has('unit.' + rule.unit) ? one + t('common.space') + t('unit.' + rule.unit) : one);
  return t('audit.detail.rule', { rule: rule ? rule.description : name, change: value.split(' → ').map(worded).join(' → ') });
}

const wordsOr = (key, value) => (has(key) ? t(key) : value);

/** "WATER_TAP NORMAL", as a ticket was sorted. */
const sortedWords = (value, nameOfCategory) => value.split(' ').map((one, place) => (place ? wordsOr('ticket.urgency.' + one, one) : nameOfCategory(one) || one)).join(t('common.space'));

/** What is worded by the action as well as by the name; null where the name alone says it. */
function ownWords(entry, name, value, nameOfCategory) {
  if (entry.action === 'TICKET_STEP') return name === 'event' ? wordsOr('ticket.event.' + value, value) : name === 'number' ? value : sortedWords(value, nameOfCategory);
  if (entry.action === 'TICKET_TO_POLICE') return value;
  if (entry.action === 'PARCEL_SETTLED') return wordsOr('parcel.' + name + '.' + value, value);
  if (entry.action === 'HOUSEHOLD_KNOCKED') return wordsOr('knocks.was.' + value, value);
  if (entry.action === 'DOOR_ARRANGED') return wordsOr('audit.arranged.' + value, value);
  if (entry.action === 'VOLUNTEER_NAMED') return t('audit.detail.' + name, { date: dateWords(value) });
  if (entry.action === 'BACKUP_RESTORED') return name === 'lost' ? t('audit.detail.lost', { count: value }) : t('audit.detail.takenAt', { time: dateWords(dateOf(value)) + ' ' + clockOf(value) });
  if (entry.action === 'RETENTION_APPLIED' && /[bB]efore$/.test(name)) return t('audit.detail.keptFrom', { date: dateWords(value.slice(0, 10)) });
  if (entry.action === 'RETENTION_APPLIED') return t('audit.detail.forgotten', { what: wordsOr('audit.kept.' + name, name), count: value });
  return null;
}

function detailWords(name, value) {
  if (name === 'given' || name === 'taken') return t('audit.detail.' + name, { roles: rolesIn(value) });
  if (name === 'date') return dateWords(value);
  if (name === 'format' || name === 'reason' || name === 'gate') return value;
  if (name === 'finding') return t('records.finding.' + value);
  if (name === 'place') return value;
  if (name === 'level') return value.split(' → ').map(level => t('level.' + level)).join(' → ');
  if (name === 'places') return t('audit.detail.places', { change: value.split('POLICY').join(t('audit.detail.policy')) });
  if (name === 'state') return t('forms.state.' + value);
  if (name === 'sha256') return t('audit.detail.sha256', { hash: value.slice(0, SHOWN_OF_HASH) });
  return COUNTED.includes(name) ? t('audit.detail.' + name, { count: value }) : name + ' ' + value;
}

/** The reason of a disclosure, or what else there is to know. */
const moreWords = (entry, words) => entry.reason || Object.keys(entry.details).filter(name => !UNSAID.includes(name) && !UNSAID.includes(name + '@' + entry.action))
  .map(name => (entry.action === 'POLICY_CHANGED' ? ruleWords(words.rules, name, entry.details[name])
    : ownWords(entry, name, entry.details[name], words.nameOfCategory) || detailWords(name, entry.details[name]))).join(t(entry.action === 'POLICY_CHANGED' ? 'common.semicolon' : 'common.comma'));

/** The rules in the language that is shown, asked for once somebody changed one. */
function useRules(items) {
  const changed = items.find(entry => entry.action === 'POLICY_CHANGED');
  const wanted = Boolean(changed) && may('getPolicy');
  const loading = useLoad(() => (wanted ? get('/policy', { compoundId: changed.compound.id }).then(answer => answer.data.values) : Promise.resolve([])),
    [wanted, currentLanguage()]);
  return loading.data || [];
}

const byWords = entry => (entry.by ? [t('role.' + entry.by.role), entry.by.name].filter(Boolean).join(t('common.dot')) : t('audit.clock'));
const subjectWords = entry => [entry.subject.kind === 'form' ? t('forms.name.' + entry.subject.id) : entry.subject.name || t('audit.kind.' + entry.subject.kind), entry.subject.household].filter(Boolean).join(t('common.dot'));
const whenWords = entry => dateWords(dateOf(entry.at)) + ' ' + clockOf(entry.at);

function Entries({ first, query, narrowed }) {
  const [pages, setPages] = useState([first]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const wide = useWide();
  const last = pages[pages.length - 1];
  const items = pages.reduce((all, page) => all.concat(page.items), []);
  const words = { rules: useRules(items), nameOfCategory: useCategoryNames() };
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
  return html`<div class="card scroll">${wide ? html`<${Table} items=${items} words=${words} narrowed=${narrowed} />` : html`<${Lines} items=${items} words=${words} />`}
    ${error && html`<${Failure} error=${error} />`}
    ${last.next && html`<div class="after"><${Button} kind="default" busy=${busy} onClick=${more} testid="more">${t('common.more')}<//>
      </div>`}</div>`;
}

function Table({ items, words, narrowed }) {
  const link = (query, words, name) => (narrowed || !name ? words : html`<a class="cell-link" href=${'#/audit?' + query}
    aria-label=${t('audit.ofOne', { name })}>${words}</a>`);
  return html`<table class="table" data-testid="audit-list"><thead><tr>
    ${['audit.number', 'audit.at', 'audit.by', 'audit.what.column', 'audit.subject', 'audit.reason'].map(key => html`
      <th scope="col" key=${key}>${t(key)}</th>`)}</tr></thead>
    <tbody>${items.map(entry => html`<tr key=${entry.compound.id + entry.number}><th scope="row" class="num">${entry.number}</th>
      <td class="num">${whenWords(entry)}</td>
      <td>${link('by=' + encodeURIComponent(entry.by ? entry.by.id : ''), byWords(entry), entry.by && entry.by.name)}</td>
      <td>${actionWords(entry)}</td>
      <td class="num">${link('subject=' + encodeURIComponent(entry.subject.id), subjectWords(entry), entry.subject.name)}</td>
      <td>${moreWords(entry, words)}</td></tr>`)}</tbody></table>`;
}

function Lines({ items, words }) {
  return html`<ul class="lines" data-testid="audit-list">${items.map(entry => html`<li key=${entry.compound.id + entry.number}>
    <div class="line"><span class="line-name"><span class="strong">${actionWords(entry)}</span> <span>${subjectWords(entry)}</span>
      <span class="block">${byWords(entry)}</span>${moreWords(entry, words) && html`<span class="block">${moreWords(entry, words)}</span>`}
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
