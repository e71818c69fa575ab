/* What everybody may set about their own account and device. */
import { Problem, post, put } from './api.js';
import { myDrafts } from './drafts.js';
import { currentLanguage, LANGUAGES, t, useLanguageNow } from './i18n.js';
import { currentAccessToken, forget } from './session.js';
import { Button, Failure, html, PasswordField, say, Segments, Sheet, SizeSwitch, useState } from './ui.js';

export const SHORTEST_PASSWORD = 8;

export function DeviceSettings() {
  return html`<section class="card"><h2>${t('size.label')}</h2><${SizeSwitch} /><p class="hint">${t('size.sample')}</p></section>
    <section class="card"><h2>${t('language.label')}</h2><${Segments} label=${t('language.label')} testid="language-choice"
      chosen=${currentLanguage()}
      items=${LANGUAGES.map(id => ({ id, text: id === 'zh' ? '中文' : 'English' }))} onChoose=${useLanguageNow} /></section>`;
}

export function PasswordChange() {
  const [open, setOpen] = useState(false);
  return html`<div class="card"><h2>${t('auth.password')}</h2><${Button} kind="default" onClick=${() => setOpen(true)}
    testid="change-password">${t('password.change')}<//></div>
    ${open && html`<${PasswordSheet} onClose=${() => setOpen(false)} />`}`;
}

function PasswordSheet({ onClose }) {
  const [entered, setEntered] = useState({ password: '', newPassword: '', again: '' });
  const [faults, setFaults] = useState({});
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const enter = name => value => setEntered(before => Object.assign({}, before, { [name]: value }));
  const save = async () => {
    const found = {};
    if (!entered.password) found.password = t('auth.password.needed');
    if (entered.newPassword.length < SHORTEST_PASSWORD) found.newPassword = t('activate.password.short', { count: SHORTEST_PASSWORD });
    if (entered.again !== entered.newPassword) found.again = t('activate.again.fault');
    setFaults(found);
    setError(null);
    if (Object.keys(found).length) return;
    setBusy(true);
    try {
      await put('/auth/password', { password: entered.password, newPassword: entered.newPassword });
      say(t('password.changed'));
      onClose();
    } catch (refused) {
      setError(refused);
      if (refused instanceof Problem) setFaults({ password: refused.at('/password'), newPassword: refused.at('/newPassword') });
      setBusy(false);
    }
  };
  return html`<${Sheet} title=${t('password.change')} onClose=${onClose} testid="password-sheet"
    foot=${html`<${Button} onClick=${save} busy=${busy} testid="password-save">${t(busy ? 'common.saving' : 'password.save')}<//>`}>
    ${error && html`<${Failure} error=${error} atFields=${['/password', '/newPassword']} />`}
    <${PasswordField} id="old-password" label=${t('password.old')} autoComplete="current-password" value=${entered.password}
      onValue=${enter('password')} fault=${faults.password} />
    <${PasswordField} id="new-password" label=${t('password.new')} autoComplete="new-password"
      hint=${t('activate.password.hint', { count: SHORTEST_PASSWORD })}
      value=${entered.newPassword} onValue=${enter('newPassword')} fault=${faults.newPassword} />
    <${PasswordField} id="new-password-again" label=${t('activate.again')} autoComplete="new-password" value=${entered.again}
      onValue=${enter('again')} fault=${faults.again} />
    <p class="hint">${t('password.hint')}</p><//>`;
}

/**
 * What still waits on this device is named before one leaves.
 * @param {{waiting?: number, waitingWords?: string, onGone?: () => void}} props how much waits, reports where nothing else is said; which
 *   words say so; what follows, the login page where nothing else is said
 */
export function Logout({ waiting = myDrafts().length, waitingWords = 'me.logout.waiting', onGone = () => { location.hash = '#/login'; } }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    try {
      if (currentAccessToken()) await post('/auth/logout');
    } catch (unreachable) {
      // The session ends here in any case; the server's ends when its refresh token runs out.
      console.warn(unreachable);
    }
    forget();
    onGone();
  };
  return html`<${Button} kind="danger" onClick=${() => setAsking(true)} testid="logout">${t('me.logout')}<//>
    ${asking && html`<${Sheet} title=${t('me.logout.sure')} onClose=${() => setAsking(false)} testid="logout-sheet"
      foot=${html`<div class="btns"><${Button} kind="default" onClick=${() => setAsking(false)}>${t('common.cancel')}<//>
        <${Button} busy=${busy} onClick=${leave} testid="logout-confirm">${t('me.logout')}<//></div>`}>
      <p>${t(waiting ? waitingWords : 'me.logout.text', { count: waiting })}</p><//>`}`;
}
