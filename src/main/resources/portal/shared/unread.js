/* How many messages wait unread; looked up when somebody looks at the page, not in the background. */
import { get } from './api.js';
import { may } from './session.js';
import { t } from './i18n.js';
import { html, Icon, useEffect, useState } from './ui.js';

const LOOK_AGAIN_MILLIS = 60000;
const MOST_SHOWN = 99;
const listeners = new Set();
let unread = 0;
let asking = false;

export function setUnread(count) {
  unread = count;
  listeners.forEach(listener => listener(count));
}

export function lookForUnread() {
  if (asking || document.hidden || navigator.onLine === false || !may('listNotifications')) return;
  asking = true;
  // What cannot be asked now is asked at the next look; the page itself says when the line is down.
  get('/notifications', { limit: 1 }).then(answer => setUnread(answer.data.unread), () => undefined).then(() => { asking = false; });
}

function useUnread() {
  const [count, setCount] = useState(unread);
  useEffect(() => {
    listeners.add(setCount);
    lookForUnread();
    const timer = setInterval(lookForUnread, LOOK_AGAIN_MILLIS);
    const looks = [[document, 'visibilitychange'], [window, 'online'], [window, 'hashchange']];
    looks.forEach(([target, name]) => target.addEventListener(name, lookForUnread));
    return () => {
      listeners.delete(setCount);
      clearInterval(timer);
      looks.forEach(([target, name]) => target.removeEventListener(name, lookForUnread));
    };
  }, []);
  return count;
}

/** The number on its red ground; nothing where nothing waits. */
function Badge({ count }) {
  if (!count) return null;
  return html`<span class="badge num" data-testid="unread"><span class="unseen">${t('inbox.unread', { count })}</span>
    <span aria-hidden="true">${count > MOST_SHOWN ? MOST_SHOWN + '+' : count}</span></span>`;
}

/** In the head of every page. */
export function Bell({ current }) {
  const count = useUnread();
  return html`<a class="switch bell" href="#/inbox" aria-current=${current ? 'page' : null} data-testid="bell"><${Icon} name="bell" />
    <span class="unseen">${t('inbox.title')}</span><${Badge} count=${count} /></a>`;
}
