/* One's messages, newest first. Their words name no illness, no person and no room: what it is about is behind the tap. */
import { get, post } from './api.js';
import { clockOf, dateOf, today } from './clock.js';
import { dateWords } from './health.js';
import { t } from './i18n.js';
import { Button, Empty, Failure, html, Icon, Loaded, PageTitle, useEffect, useLoad, useOnline, useState } from './ui.js';
import { setUnread } from './unread.js';

const PAGE = 30;

/** @param leadTo (message) → the address that the message is about, or null */
export function Inbox({ leadTo }) {
  const loading = useLoad(() => get('/notifications', { limit: PAGE }).then(answer => answer.data), []);
  const online = useOnline();
  useEffect(() => { if (loading.data) setUnread(loading.data.unread); }, [loading.data]);
  useEffect(() => { if (online && loading.error) loading.reload(); }, [online]);
  useEffect(() => {
    const seen = () => { if (!document.hidden) loading.reload(); };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);
  return html`<main class="page narrow-page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('inbox.title')}<//></div>
    <${Loaded} of=${loading}>${inbox => (inbox.items.length ? html`<${Messages} inbox=${inbox} leadTo=${leadTo} replace=${loading.replace} />`
      : html`<${Empty} title=${t('inbox.none')} testid="inbox-empty"><p>${t('inbox.none.advice')}</p><//>`)}<//>
  </main>`;
}

function Messages({ inbox, leadTo, replace }) {
  const [busy, setBusy] = useState(null);
  const [error, setError] = useState(null);
  const readNow = new Date().toISOString();
  const attempt = async (name, work) => {
    setBusy(name);
    setError(null);
    try {
      await work();
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(null);
    }
  };
  const readAll = () => attempt('all', async () => {
    const upTo = inbox.items[0].id;
    const answer = await post('/notifications/read', { upTo });
    replace(Object.assign({}, inbox, { unread: answer.data.unread, items: inbox.items.map(item => Object.assign({ readAt: readNow }, item)) }));
  });
  const more = () => attempt('more', async () => {
    const page = (await get('/notifications', { limit: PAGE, cursor: inbox.next })).data;
    replace(Object.assign({}, page, { items: inbox.items.concat(page.items) }));
  });
  const open = item => {
    if (!item.readAt) {
      replace(Object.assign({}, inbox, { unread: Math.max(0, inbox.unread - 1),
        items: inbox.items.map(one => (one.id === item.id ? Object.assign({ readAt: readNow }, one) : one)) }));
      // Unread again at the next look where it did not arrive; nobody need wait for it now.
      post('/notifications/' + encodeURIComponent(item.id) + '/read').catch(() => undefined);
    }
    const address = leadTo(item);
    if (address) location.hash = address;
  };
  return html`
    <div class="row spread choices"><p class="soft" role="status" data-testid="inbox-unread">${inbox.unread ? t('inbox.unread', { count: inbox.unread })
      : t('inbox.allRead')}</p>
      ${inbox.unread > 0 && html`<${Button} kind="default" extra="inline" busy=${busy === 'all'} onClick=${readAll} testid="read-all">
        ${t('inbox.readAll')}<//>`}</div>
    ${error && html`<${Failure} error=${error} />`}
    <ul class="card lines inbox" data-testid="inbox">${inbox.items.map(item => html`<li key=${item.id}>
      <button type="button" class=${'line message' + (item.readAt ? '' : ' new')} onClick=${() => open(item)} data-testid=${'message-' + item.id}
        data-kind=${item.kind}>
        <span class="dot" aria-hidden="true"></span>
        <span class="line-name">${!item.readAt && html`<span class="unseen">${t('inbox.new')}</span>`}<span class="message-title">${item.title}</span>
          <span class="block">${item.text}</span><span class="soft small block num">${moment(item.createdAt)}</span></span>
        ${leadTo(item) && html`<span class="line-end"><${Icon} name="go" /></span>`}</button></li>`)}</ul>
    ${inbox.next && html`<${Button} kind="default" busy=${busy === 'more'} onClick=${more} testid="inbox-more">${t('inbox.more')}<//>`}`;
}

const moment = at => (dateOf(at) === today() ? t('inbox.today') + ' ' : dateWords(dateOf(at)) + ' ') + clockOf(at);
