import { SHORTEST_PASSWORD } from './account.js';
import { Problem, request } from './api.js';
import { plainDigits } from './digits.js';
import { t } from './i18n.js';
import { isPhone, plainPhone } from './login.js';
import { begin } from './session.js';
import { Button, Failure, html, Icon, PageTitle, PasswordField, TextField, useState } from './ui.js';

const FIELDS = ['phone', 'code', 'newPassword', 'again'];
const CODE_DIGITS = 8;

const plainCode = text => plainDigits(text).replace(/[^0-9]/g, '');

function faultsOf(entered) {
  const found = {};
  if (!isPhone(plainPhone(entered.phone))) found.phone = t('auth.phone.fault');
  if (plainCode(entered.code).length !== CODE_DIGITS) found.code = t('reset.code.fault', { count: CODE_DIGITS });
  if (entered.newPassword.length < SHORTEST_PASSWORD) found.newPassword = t('activate.password.short', { count: SHORTEST_PASSWORD });
  if (entered.again !== entered.newPassword) found.again = t('activate.again.fault');
  return found;
}

/** A new password by the code that the staff gave face to face. */
export function ResetPage({ done }) {
  const [entered, setEntered] = useState({ phone: '', code: '', newPassword: '', again: '' });
  const [faults, setFaults] = useState({});
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
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
    try {
      const body = { phone: plainPhone(entered.phone), code: plainCode(entered.code), newPassword: entered.newPassword };
      begin((await request('POST', '/auth/reset', { body, anonymous: true })).data);
      location.hash = done;
    } catch (refused) {
      setError(refused);
      const told = {};
      if (refused instanceof Problem) FIELDS.forEach(name => { told[name] = refused.at('/' + name); });
      setFaults(told);
      setBusy(false);
    }
  };
  const enter = name => value => setEntered(before => Object.assign({}, before, { [name]: value }));
  const field = (name, extra) => Object.assign({ id: name, value: entered[name], onValue: enter(name), fault: faults[name],
    label: t('reset.' + name) }, extra);
  return html`<main class="page narrow" id="main" tabindex="-1">
    <a class="back" href="#/login"><${Icon} name="back" />${t('auth.login')}</a>
    <div class="card"><${PageTitle}>${t('reset.title')}<//><p class="soft">${t('reset.how')}</p>
      <form onSubmit=${submit} novalidate class="after" data-testid="reset-form">
        <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${FIELDS.map(name => '/' + name)}
          testid="reset-error" />`}</div>
        <${TextField} ...${field('phone', { type: 'tel', inputMode: 'tel', autoComplete: 'username', maxLength: '20' })} />
        <${TextField} ...${field('code', { inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: '12' })} />
        <${PasswordField}
          ...${field('newPassword', { hint: t('activate.password.hint', { count: SHORTEST_PASSWORD }), autoComplete: 'new-password' })} />
        <${PasswordField} ...${field('again', { autoComplete: 'new-password' })} />
        <${Button} type="submit" busy=${busy} testid="reset-submit">${t(busy ? 'reset.busy' : 'reset.submit')}<//></form></div>
  </main>`;
}
