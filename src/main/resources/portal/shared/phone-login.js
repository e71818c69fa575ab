import { request } from './api.js';
import { t } from './i18n.js';
import { begin } from './session.js';
import { Button, Failure, html, Icon, useEffect, useRef, useState } from './ui.js';

const POLL_MILLIS = 2000;
const OVER = ['REFUSED', 'EXPIRED', 'USED'];

/**
 * Logs this browser in by a phone that is logged in already. The secret by which the session is fetched stays in the memory of this page; the
 * picture does not hold it. Nothing is asked for before somebody wants it.
 */
export function PhoneLogin({ portal }) {
  const [asked, setAsked] = useState(null);
  const [state, setState] = useState('WAITING');
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const place = useRef(null);

  const open = async () => {
    setBusy(true);
    setError(null);
    try {
      const started = (await request('POST', '/auth/portal-logins', { body: { portal }, anonymous: true })).data;
      setState('WAITING');
      setAsked(started);
      setTimeout(() => place.current && place.current.scrollIntoView({ block: 'nearest' }), 0);
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };

  const over = OVER.includes(state);
  useEffect(() => {
    if (!asked || over) return undefined;
    let going = true;
    let timer = null;
    const again = () => { timer = setTimeout(ask, POLL_MILLIS); };
    const ask = async () => {
      if (document.hidden) {
        again();
        return;
      }
      try {
        const found = (await request('POST', '/auth/portal-logins/poll', { body: { secret: asked.secret }, anonymous: true })).data;
        if (!going) return;
        if (found.login) {
          begin(found.login);
          return;
        }
        setError(null);
        setState(found.state);
      } catch (failed) {
        if (!going) return;
        setError(failed);
      }
      again();
    };
    again();
    return () => {
      going = false;
      clearTimeout(timer);
    };
  }, [asked, over]);

  return html`<div class="phone-login" ref=${place}>
    ${error && html`<${Failure} error=${error} testid="phone-login-error" />`}
    ${!asked ? html`<${Button} kind="default" busy=${busy} onClick=${open} testid="phone-login"><${Icon} name="phone" />
        ${t('phoneLogin.open')}<//>`
    : over ? html`<div class="notice warn" role="status" data-testid="phone-login-over"><p>${t('phoneLogin.over.' + state)}</p></div>
        <${Button} kind="default" busy=${busy} onClick=${open} testid="phone-login-again">${t('phoneLogin.again')}<//>`
    : html`<${Shown} asked=${asked} state=${state} />`}
  </div>`;
}

function Shown({ asked, state }) {
  return html`<div class="phone-login-shown" data-testid="phone-login-shown">
    <img class=${state === 'WAITING' ? '' : 'faded'} src=${asked.qr} width="220" height="220" alt=${t('phoneLogin.alt')} data-testid="phone-login-qr" />
    <div role="status" aria-live="polite" data-testid=${'phone-login-' + state}>
      <p>${t(state === 'SCANNED' ? 'phoneLogin.scanned' : 'phoneLogin.scan.' + asked.picture)}</p>
      <p class="phone-login-number" aria-label=${t('phoneLogin.number', { number: asked.number })} data-testid="phone-login-number">${asked.number}</p>
      <p class="soft small">${t('phoneLogin.same')}</p></div>
  </div>`;
}
