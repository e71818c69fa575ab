/* Parts of a ticket's page that both sides have. */
import { getAll } from './api.js';
import { t } from './i18n.js';
import { useOnce } from './once.js';
import { momentWords, Words } from './ticket.js';
import { Button, Failure, html, Loaded, useLoad, useState } from './ui.js';

export const photoPath = ticket => (photo, size) => '/tickets/' + encodeURIComponent(ticket.id) + '/photos/' + encodeURIComponent(photo.id)
  + (size === 'THUMBNAIL' ? '?size=THUMBNAIL' : '');

/** Words between whoever reported it and whoever works it; neither reads who the other is where it is anonymous. */
export function Mailbox({ ticket, side }) {
  const path = '/tickets/' + encodeURIComponent(ticket.id) + '/messages';
  const loading = useLoad(() => getAll(path, null, 500), [ticket.id]);
  const [text, setText] = useState('');
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const sendOnce = useOnce();
  const send = async event => {
    event.preventDefault();
    setSending(true);
    setError(null);
    try {
      await sendOnce(path, { text: text.trim() });
      setText('');
      loading.reload();
    } catch (refused) {
      setError(refused);
    } finally {
      setSending(false);
    }
  };
  return html`<section class="card"><h2>${t('ticket.mail')}</h2>
    ${ticket.anonymous && html`<p class="hint">${t('ticket.mail.anonymous.' + side)}</p>`}
    <${Loaded} of=${loading}>${items => html`<ul class="mail" data-testid="mail">${items.map(item => html`<li key=${item.id} class=${item.side === side ? 'mine' : 'theirs'}>
      <p>${item.text}</p><p class="small soft"><span class="num">${momentWords(item.at)}</span>${t('common.dot')}${t('ticket.mail.' + item.side)}</p></li>`)}</ul>`}<//>
    ${error && html`<${Failure} error=${error} />`}
    <form class="after" onSubmit=${send}><${Words} id="mail-text" rows=${2} label=${t('ticket.mail.write')} value=${text} maxLength=${500}
        onValue=${setText} />
      <${Button} kind="default" type="submit" busy=${sending} disabled=${!text.trim()} testid="mail-send">${t('ticket.mail.send')}<//></form></section>`;
}
