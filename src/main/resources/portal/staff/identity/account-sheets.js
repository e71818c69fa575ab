import { SHORTEST_PASSWORD } from '../../shared/account.js';
import { Problem, post, put } from '../../shared/api.js';
import { clockOf } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { isPhone, plainPhone } from '../../shared/login.js';
import { Button, Failure, html, Loaded, PasswordField, say, Sheet, TextField, useLoad, useRef, useState } from '../../shared/ui.js';
import { grantOf, Grants, isComplete, lineOf, loadPlaces, mayReset } from './grants.js';

const FIELDS = ['/name', '/phone', '/password'];

const pointersOf = index => ['', '/role', '/reach', '/reachId'].map(part => '/grants/' + index + part);
const grantPointers = lines => lines.reduce((all, line, index) => all.concat(pointersOf(index)), []);
/** What the server says of each line of roles. */
const grantFaults = (refused, lines) =>
  lines.map((line, index) => pointersOf(index).map(pointer => refused.at(pointer)).filter(Boolean).join(' '));
const incomplete = lines => lines.map(line => (isComplete(line) ? '' : t('accounts.incomplete')));

export function NewAccountSheet({ me, onMade, onClose }) {
  const places = useLoad(loadPlaces, []);
  const [entered, setEntered] = useState({ name: '', phone: '', password: '' });
  const [lines, setLines] = useState([{ role: '', place: '' }]);
  const [faults, setFaults] = useState({});
  const [lineFaults, setLineFaults] = useState([]);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newUuid());
  const enter = name => value => {
    setEntered(before => Object.assign({}, before, { [name]: value }));
    setFaults(before => Object.assign({}, before, { [name]: '' }));
  };
  const change = next => {
    setLines(next);
    setLineFaults([]);
  };
  const save = async event => {
    event.preventDefault();
    const found = {};
    if (!entered.name.trim()) found.name = t('activate.name.needed');
    if (!isPhone(plainPhone(entered.phone))) found.phone = t('auth.phone.fault');
    if (entered.password.length < SHORTEST_PASSWORD) found.password = t('activate.password.short', { count: SHORTEST_PASSWORD });
    const missing = lines.length ? incomplete(lines) : [t('accounts.incomplete')];
    setFaults(found);
    setLineFaults(missing);
    setError(null);
    if (!lines.length) setLines([{ role: '', place: '' }]);
    const first = Object.keys(found)[0];
    if (first) document.getElementById('account-' + first).focus();
    if (first || missing.some(Boolean)) return;
    setBusy(true);
    try {
      await post('/accounts', { name: entered.name.trim(), phone: plainPhone(entered.phone), password: entered.password,
        grants: lines.map(line => grantOf(line, me.compound.id)) }, { idempotencyKey: key.current });
      say(t('accounts.made', { name: entered.name.trim() }));
      onMade();
      onClose();
    } catch (refused) {
      if (refused instanceof Problem && refused.status < 500) key.current = newUuid();
      setError(refused);
      if (refused instanceof Problem) {
        setFaults({ name: refused.at('/name'), phone: refused.at('/phone'), password: refused.at('/password') });
        setLineFaults(grantFaults(refused, lines));
      }
      setBusy(false);
    }
  };
  return html`<${Sheet} title=${t('accounts.add')} onClose=${onClose} testid="account-sheet"><${Loaded} of=${places}>${known => html`
    <form onSubmit=${save} novalidate autocomplete="off">
      <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${FIELDS.concat(grantPointers(lines))}
        testid="account-error" />`}</div>
      <${TextField} id="account-name" label=${t('missing.name')} value=${entered.name} onValue=${enter('name')} fault=${faults.name}
        maxLength="50" />
      <${TextField} id="account-phone" label=${t('auth.phone')} type="tel" inputMode="tel" value=${entered.phone} onValue=${enter('phone')}
        fault=${faults.phone} maxLength="20" />
      <${PasswordField} id="account-password" label=${t('accounts.password')} autoComplete="new-password"
        hint=${t('accounts.password.hint', { count: SHORTEST_PASSWORD })} value=${entered.password} onValue=${enter('password')}
        fault=${faults.password} />
      <${Grants} lines=${lines} onLines=${change} known=${known} faults=${lineFaults} />
      <${Button} type="submit" busy=${busy} testid="account-save">${t(busy ? 'common.saving' : 'accounts.make')}<//></form>`}<//><//>`;
}

const SAID = { save: 'accounts.saved', shut: 'accounts.shut', open: 'accounts.opened' };

/** Roles of somebody, and their end. */
export function AccountSheet({ account, onChanged, onClose }) {
  const places = useLoad(loadPlaces, []);
  const [lines, setLines] = useState(account.grants.map(lineOf));
  const [lineFaults, setLineFaults] = useState([]);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState('');
  const [shutting, setShutting] = useState(false);
  const change = next => {
    setLines(next);
    setLineFaults([]);
  };
  const run = async (what, work) => {
    setBusy(what);
    setError(null);
    try {
      onChanged((await work()).data);
      say(t(SAID[what], { name: account.name }));
      onClose();
    } catch (refused) {
      setError(refused);
      setLineFaults(refused instanceof Problem ? grantFaults(refused, lines) : []);
      setBusy('');
    }
  };
  const save = event => {
    event.preventDefault();
    const missing = incomplete(lines);
    setLineFaults(missing);
    if (missing.some(Boolean) || !lines.length) return;
    const grants = lines.map(line => grantOf(line, account.compound.id));
    run('save', () => put('/accounts/' + encodeURIComponent(account.id) + '/roles', { grants }));
  };
  const shut = () => run('shut', () => post('/accounts/' + encodeURIComponent(account.id) + '/disable'));
  const open = () => run('open', () => post('/accounts/' + encodeURIComponent(account.id) + '/enable'));
  return html`<${Sheet} title=${account.name} onClose=${onClose} testid="account-sheet"><${Loaded} of=${places}>${known => html`
    <form onSubmit=${save} novalidate class="stack">
      <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${grantPointers(lines)} testid="account-error" />`}</div>
      <p class="soft num">${[account.phone, account.compound && account.compound.name].filter(Boolean).join(t('common.dot'))}</p>
      <${Grants} lines=${lines} onLines=${change} known=${known} home=${account.compound && account.compound.id} faults=${lineFaults} />
      ${lines.length === 0 && html`<p class="fault" role="alert" data-testid="no-roles">${t('accounts.lastRole')}</p>`}
      <p class="hint">${t('accounts.atOnce')}</p>
      <${Button} type="submit" busy=${busy === 'save'} disabled=${!lines.length} testid="account-save">
        ${t(busy === 'save' ? 'common.saving' : 'organisation.save')}<//></form>
    ${account.disabled ? html`<div class="after"><p class="hint">${t('accounts.open.how')}</p>
        <${Button} kind="default" busy=${busy === 'open'} onClick=${open} testid="account-open">${t('accounts.open.do')}<//></div>`
      : html`<${Reset} account=${account} />`}
    ${!account.disabled && html`<div class="after">${shutting
      ? html`<div class="notice warn"><p>${t('accounts.shut.sure', { name: account.name })}</p><div class="btns">
          <${Button} kind="danger" busy=${busy === 'shut'} onClick=${shut} testid="account-shut-confirm">${t('accounts.shut.do')}<//>
          <${Button} kind="default" onClick=${() => setShutting(false)}>${t('common.cancel')}<//></div></div>`
      : html`<${Button} kind="danger" onClick=${() => setShutting(true)} testid="account-shut">${t('accounts.shut.do')}<//>`}
    </div>`}`}<//><//>`;
}

/** A code for somebody who lost their password and stands here; it is shown in this sheet only. */
function Reset({ account }) {
  const [sure, setSure] = useState(false);
  const [issued, setIssued] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newUuid());
  if (!mayReset(account)) return null;
  const issue = async () => {
    setBusy(true);
    setError(null);
    try {
      setIssued((await post('/accounts/' + encodeURIComponent(account.id) + '/reset', undefined, { idempotencyKey: key.current })).data);
    } catch (refused) {
      if (refused instanceof Problem && refused.status < 500) key.current = newUuid();
      setError(refused);
    }
    setBusy(false);
  };
  return html`<div class="after" aria-live="polite">${error && html`<${Failure} error=${error} testid="reset-error" />`}
    ${issued ? html`<div class="notice" data-testid="reset-issued"><p>${t('reset.issued', { name: account.name })}</p>
        <p class="big-number num" data-testid="reset-code">${issued.code}</p>
        <p class="hint">${t('reset.issued.until', { time: clockOf(issued.expiresAt) })}</p></div>`
      : sure ? html`<div class="notice warn"><p>${t('reset.sure', { name: account.name })}</p><div class="btns">
          <${Button} busy=${busy} onClick=${issue} testid="reset-confirm">${t('reset.do')}<//>
          <${Button} kind="default" onClick=${() => setSure(false)}>${t('common.cancel')}<//></div></div>`
        : html`<${Button} kind="default" onClick=${() => setSure(true)} testid="account-reset">${t('reset.do')}<//>`}</div>`;
}
