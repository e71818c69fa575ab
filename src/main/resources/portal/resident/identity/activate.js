import { SHORTEST_PASSWORD } from '../../shared/account.js';
import { Problem, request } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { isPhone, plainPhone } from '../../shared/login.js';
import { begin } from '../../shared/session.js';
import { Button, Failure, html, PageTitle, PasswordField, TextField, useRef, useState, Icon } from '../../shared/ui.js';

const FIELDS = ['inviteCode', 'name', 'phone', 'password', 'again'];

function faultsOf(entered) {
  const found = {};
  if (!entered.inviteCode.trim()) found.inviteCode = t('activate.code.needed');
  if (!entered.name.trim()) found.name = t('activate.name.needed');
  if (!isPhone(plainPhone(entered.phone))) found.phone = t('auth.phone.fault');
  if (entered.password.length < SHORTEST_PASSWORD) found.password = t('activate.password.short', { count: SHORTEST_PASSWORD });
  if (entered.again !== entered.password) found.again = t('activate.again.fault');
  return found;
}

/** Opened from the QR code on the household's door card, which carries the invitation code. */
export default function ActivatePage({ route, session }) {
  const [entered, setEntered] = useState({ inviteCode: route.query.code || '', name: '', phone: '', password: '', again: '' });
  const [faults, setFaults] = useState({});
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const key = useRef({ id: newUuid(), of: '' });
  const enter = name => value => setEntered(before => Object.assign({}, before, { [name]: value }));

  const submit = async event => {
    event.preventDefault();
    const found = faultsOf(entered);
    setFaults(found);
    setError(null);
    const first = FIELDS.find(name => found[name]);
    if (first) {
      document.getElementById(first).focus();
      return;
    }
    setBusy(true);
    const body = { inviteCode: entered.inviteCode.trim(), name: entered.name.trim(), phone: plainPhone(entered.phone),
      password: entered.password };
    const same = JSON.stringify(body);
    if (key.current.of !== same) key.current = { id: newUuid(), of: same };
    try {
      const answer = await request('POST', '/auth/activate', { body, anonymous: true, idempotencyKey: key.current.id });
      begin(answer.data);
      location.hash = '#/today';
    } catch (refused) {
      setError(refused);
      if (refused instanceof Problem) {
        const told = {};
        FIELDS.forEach(name => { told[name] = refused.at('/' + name); });
        setFaults(told);
      }
      setBusy(false);
    }
  };
  const field = (name, extra) => Object.assign({ id: name, value: entered[name], onValue: enter(name), fault: faults[name],
    label: t('activate.' + name) }, extra);
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/login"><${Icon} name="back" />${t('activate.haveAccount')}</a>
    ${session.phase === 'ready' && html`<div class="notice warn"><p>${t('activate.loggedIn', { name: session.me.name })}</p>
      <a class="link-btn" href="#/today">${t('activate.goOn')}</a></div>`}
    <div class="card"><${PageTitle}>${t('activate.title')}<//>
      <p class="soft">${t('activate.how')}</p>
      <form onSubmit=${submit} novalidate class="after" data-testid="activate-form">
        <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${FIELDS.map(name => '/' + name)}
          testid="activate-error" />`}</div>
        <${TextField}
          ...${field('inviteCode', { hint: route.query.code ? t('activate.code.fromCard') : t('activate.code.hint'), maxLength: '40' })} />
        <${TextField} ...${field('name', { hint: t('activate.name.hint'), autoComplete: 'name', maxLength: '50' })} />
        <${TextField} ...${field('phone', { hint: t('activate.worksHere'), type: 'tel', inputMode: 'tel', autoComplete: 'username', maxLength: '20' })} />
        <${PasswordField}
          ...${field('password', { hint: t('activate.password.hint', { count: SHORTEST_PASSWORD }), autoComplete: 'new-password' })} />
        <${PasswordField} ...${field('again', { autoComplete: 'new-password' })} />
        <${Button} type="submit" busy=${busy} testid="activate-submit">${t(busy ? 'activate.busy' : 'activate.submit')}<//>
      </form></div>
  </main>`;
}
