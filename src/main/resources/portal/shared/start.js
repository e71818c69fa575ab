import { get } from './api.js';
import { retryNow, startRetrying } from './drafts.js';
import { currentLanguage, onLanguage, speak, useLanguageNow } from './i18n.js';
import { applyTextSize, textSize } from './preferences.js';
import * as session from './session.js';
import { Failure, html, render, Skeleton, useEffect, useOnline, useState } from './ui.js';

/** Words first, then the page: nothing is shown in the wrong language. */
export async function start(appName, Root) {
  session.openSessionOf(appName);
  applyTextSize(textSize());
  // The server joins what the app's words.js lists: one file on a slow line instead of twenty.
  speak({
    zh: () => [import('../' + appName + '/all-words.zh.js')],
    en: () => [import('../' + appName + '/all-words.en.js')]
  });
  // Beside the words, not after them: on a slow line each of the two takes as long as the other.
  if (session.hasStoredSession()) session.refresh();
  await useLanguageNow(currentLanguage());
  const place = document.getElementById('app');
  place.textContent = '';
  render(html`<${Root} />`, place);
  onLanguage(() => render(html`<${Root} />`, place));
}

/**
 * {phase: 'starting'|'anonymous'|'ready'|'failed', me, error, again}. A reload of the page begins with the stored refresh token.
 */
export function useSession() {
  const [held, setHeld] = useState({ phase: session.hasStoredSession() ? 'starting' : 'anonymous', me: null });
  const online = useOnline();
  const open = () => {
    if (!session.hasStoredSession()) {
      setHeld({ phase: 'anonymous', me: null });
      return;
    }
    if (session.currentMe()) {
      session.setMe(session.currentMe());
      return;
    }
    get('/me').then(answer => session.setMe(answer.data), error => {
      if (session.hasStoredSession()) setHeld({ phase: 'failed', me: null, error });
    });
  };
  useEffect(() => {
    let retrying = false;
    const off = session.onSession(me => {
      setHeld(me ? { phase: 'ready', me } : { phase: 'anonymous', me: null });
      if (me && !retrying) {
        retrying = true;
        startRetrying();
        // Comes after the first page; without a line there is nothing to send either.
        import('./sending.js').then(sending => sending.startSending(), () => undefined);
      } else if (me) {
        retryNow();
      }
    });
    open();
    return off;
  }, []);
  useEffect(() => {
    if (online && held.phase === 'failed') open();
  }, [online]);
  return Object.assign({ again: () => { setHeld({ phase: 'starting', me: null }); open(); } }, held);
}

export function Opening({ session: held }) {
  return html`<main class="page" id="main">${held.phase === 'failed'
    ? html`<${Failure} error=${held.error} retry=${held.again} />` : html`<${Skeleton} />`}</main>`;
}
