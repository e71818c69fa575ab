import { getAll } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, html } from '../../shared/ui.js';

/** Roles that are given here; residents come by invitation. */
export const ROLES = ['GUARD', 'GRID_WORKER', 'DISPATCHER', 'REPAIRMAN', 'OFFICE', 'HEALTH_CENTRE', 'SUBDISTRICT', 'ADMIN'];
const GIVEN_BY_OFFICE = ['GUARD', 'GRID_WORKER', 'DISPATCHER', 'REPAIRMAN'];
const REACHES = { GUARD: ['GATE'], GRID_WORKER: ['GRID'], DISPATCHER: ['COMPOUND'], REPAIRMAN: ['COMPOUND'],
  OFFICE: ['COMPOUND', 'COMMUNITY'], HEALTH_CENTRE: ['COMPOUND', 'COMMUNITY'], SUBDISTRICT: ['SUBDISTRICT'], ADMIN: ['EVERYTHING'] };
const WITHIN_COMPOUND = ['GATE', 'GRID'];

const isAdministrator = () => may('createCompound');
const givable = () => (isAdministrator() ? ROLES : GIVEN_BY_OFFICE);

/** The office resets the passwords of residents, administrators everybody's. */
export const mayReset = account => may('resetPassword')
  && (isAdministrator() || account.grants.length > 0 && account.grants.every(grant => grant.role === 'RESIDENT'));

/** Every place where a role may hold: {reach, id, name, compound?}. */
export async function loadPlaces() {
  const none = Promise.resolve([]);
  const [gates, grids, compounds, communities, subdistricts] = await Promise.all([getAll('/gates'), getAll('/grids'), getAll('/compounds'),
    isAdministrator() ? getAll('/communities') : none, isAdministrator() ? getAll('/subdistricts') : none]);
  const of = (reach, all) => all.map(one => ({ reach, id: one.id, name: one.name, compound: one.compound }));
  const places = [].concat(of('GATE', gates), of('GRID', grids), of('COMPOUND', compounds), of('COMMUNITY', communities),
    of('SUBDISTRICT', subdistricts));
  return { places, several: compounds.length > 1 };
}

/** The places for a role; gates and grids only of the account's own compound, where it has one already. */
function choicesFor(role, { places, several }, home) {
  const reaches = REACHES[role] || [];
  const atHome = place => !home || !WITHIN_COMPOUND.includes(place.reach) || place.compound.id === home;
  const words = place => (reaches.length > 1 ? t('reach.' + place.reach) + ' ' : '') + place.name
    + (several && place.compound ? ' (' + place.compound.name + ')' : '');
  return places.filter(place => reaches.includes(place.reach) && atHome(place))
    .map(place => ({ value: place.reach + '/' + place.id, text: words(place) }));
}

/** A line of the form as the API wants it; an administrator's place is the account's home. */
export const grantOf = (line, home) => (line.kept || (line.role === 'ADMIN' ? { role: 'ADMIN', reach: 'EVERYTHING', reachId: home }
  : { role: line.role, reach: line.place.split('/')[0], reachId: line.place.split('/')[1] }));

export const lineOf = grant => ({ role: grant.role, place: grant.reach + '/' + grant.reachId, name: grant.reachName,
  kept: { role: grant.role, reach: grant.reach, reachId: grant.reachId } });

export const isComplete = line => Boolean(line.kept || line.role === 'ADMIN' || (line.role && line.place));

/** Roles, each with the place where it holds. What the account has can be taken away; to change a place is to take and to give. */
export function Grants({ lines, onLines, known, home, faults }) {
  const set = (index, next) => onLines(lines.map((line, at) => (at === index ? next : line)));
  return html`<fieldset class="field"><legend class="label">${t('accounts.roles')}</legend><ul class="lines" data-testid="grants">
    ${lines.map((line, index) => html`<li key=${index}><div class="grant">
      ${line.kept ? html`<span class="line-name"><span class="strong">${t('role.' + line.role)}</span>${' '}
          <span class="soft">${line.role === 'ADMIN' ? '' : line.name || ''}</span></span>`
        : html`<${NewGrant} index=${index} line=${line} onLine=${next => set(index, next)} known=${known} home=${home} />`}
      <button type="button" class="link-btn" onClick=${() => onLines(lines.filter((one, at) => at !== index))}
        data-testid=${'grant-remove-' + index}>${t('accounts.takeRole')}
        <span class="unseen"> ${line.role ? t('role.' + line.role) : ''}</span></button></div>
      ${faults[index] && html`<p class="fault" role="alert" data-testid=${'fault-grant-' + index}>${faults[index]}</p>`}</li>`)}</ul>
    <${Button} kind="plain" extra="inline" onClick=${() => onLines(lines.concat({ role: '', place: '' }))} testid="grant-add">
      ${t('accounts.giveRole')}<//></fieldset>`;
}

function NewGrant({ index, line, onLine, known, home }) {
  const choices = choicesFor(line.role, known, home);
  const choose = role => {
    const possible = choicesFor(role, known, home);
    onLine({ role, place: possible.length === 1 ? possible[0].value : '' });
  };
  return html`<div class="grant-choice"><div><label class="label" for=${'grant-role-' + index}>${t('accounts.role')}</label>
      <select class="input" id=${'grant-role-' + index} value=${line.role} onChange=${event => choose(event.target.value)}
        data-testid=${'grant-role-' + index}><option value="">${t('accounts.choose')}</option>
        ${givable().map(role => html`<option key=${role} value=${role} selected=${role === line.role}>${t('role.' + role)}</option>`)}
      </select></div>
    ${line.role && line.role !== 'ADMIN' && html`<div><label class="label" for=${'grant-place-' + index}>${t('accounts.place')}</label>
      ${choices.length ? html`<select class="input" id=${'grant-place-' + index} value=${line.place} data-testid=${'grant-place-' + index}
          onChange=${event => onLine({ role: line.role, place: event.target.value })}><option value="">${t('accounts.choose')}</option>
          ${choices.map(choice => html`<option key=${choice.value} value=${choice.value} selected=${choice.value === line.place}>
            ${choice.text}</option>`)}</select>`
        : html`<p class="fault" id=${'grant-place-' + index}>${t('accounts.noPlace')}${' '}
            <a class="link-btn" href="#/organisation">${t('nav.organisation')}</a></p>`}</div>`}</div>`;
}
