import { Problem, request } from './api.js';
import { plainDigits } from './digits.js';
import { t } from './i18n.js';
import { begin } from './session.js';
import { Button, Failure, html, PasswordField, TextField, useState } from './ui.js';

/** Spaces and dashes are how people write numbers down. */
export const plainPhone = text => plainDigits(text).replace(/[\s\-—–+().]/g, '').replace(/^86(?=1\d{10}$)/, '');

export const isPhone = phone => /^1\d{10}$/.test(phone);

export function LoginForm({ phone: given }) {
  const [phone, setPhone] = useState(given || '');
  const [password, setPassword] = useState('');
  const [faults, setFaults] = useState({});
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const submit = async event => {
    event.preventDefault();
    const found = {};
    if (!isPhone(plainPhone(phone))) found.phone = t('auth.phone.fault');
    if (!password) found.password = t('auth.password.needed');
    setFaults(found);
    setError(null);
    if (found.phone || found.password) {
      document.getElementById(found.phone ? 'phone' : 'password').focus();
      return;
    }
    setBusy(true);
    try {
      begin((await request('POST', '/auth/login', { body: { phone: plainPhone(phone), password }, anonymous: true })).data);
    } catch (refused) {
      setError(refused);
      if (refused instanceof Problem) setFaults({ phone: refused.at('/phone'), password: refused.at('/password') });
      setBusy(false);
    }
  };
  return html`<form onSubmit=${submit} novalidate data-testid="login-form">
    <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${['/phone', '/password']} testid="login-error" />`}</div>
    <${TextField} id="phone" label=${t('auth.phone')} type="tel" inputMode="tel" autoComplete="username" maxLength="20" value=${phone}
      onValue=${setPhone} fault=${faults.phone} />
    <${PasswordField} id="password" label=${t('auth.password')} autoComplete="current-password" value=${password} onValue=${setPassword}
      fault=${faults.password} />
    <${Button} type="submit" busy=${busy} testid="login-submit">${t(busy ? 'auth.entering' : 'auth.enter')}<//>
  </form>`;
}
