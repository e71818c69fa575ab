import { getAll, post } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { momentWords } from '../../shared/ticket.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, say, Segments, TextField, useLoad, useState } from '../../shared/ui.js';

const REASONS = ['ABUSE', 'ADVERTISING', 'PERSONAL', 'RUMOUR'];

/** Words that neighbours would read, held until somebody has looked: shown as they are, or refused with a reason. */
export default function HeldWordsPage() {
  const loading = useLoad(() => getAll('/held-words', null, 500), []);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('held.title')}<//></div><p class="soft choices">${t('held.what')}</p>
    <${Loaded} of=${loading}>${items => (items.length ? html`<div data-testid="held">${items.map(item => html`<${Item} key=${item.id} item=${item}
        onDone=${loading.reload} />`)}</div>`
      : html`<${Empty} title=${t('held.none')} testid="none-held" />`)}<//></main>`;
}

function Item({ item, onDone }) {
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState('');
  const [error, setError] = useState(null);
  const decide = async event => {
    setBusy(event);
    setError(null);
    try {
      await post('/held-words/' + encodeURIComponent(item.id) + '/decision', Object.assign({ event }, event === 'REFUSE' ? { reason: reason.trim() } : {}));
      say(t('held.done.' + event));
      onDone();
    } catch (refused) {
      // WeChat let them pass meanwhile: nothing is kept of words that are simply shown.
      if (refused.status === 404) {
        say(t('held.passed'));
        onDone();
        return;
      }
      setError(refused);
      setBusy('');
    }
  };
  return html`<section class="card" data-testid="held-item"><p class="row spread"><span class="strong">${t('held.kind.' + item.kind)}</span>
      <span class="soft small num">${momentWords(item.saidAt)}</span></p>
    <p class="held-text">${item.text}</p><p class="soft small">${t('held.why.' + (item.why || 'UNCHECKED'))}</p>
    ${item.kind === 'TICKET_PLACE' && may('getTicket') && html`<p><a class="link-btn" href=${'#/ticket/' + encodeURIComponent(item.thingId)}>${t('held.ticket')}</a></p>`}
    ${error && html`<${Failure} error=${error} atFields=${['/reason']} />`}
    ${refusing ? html`<div class="after stack"><${Segments} label=${t('held.reason')} items=${REASONS.map(id => ({ id, text: t('held.reason.' + id) }))}
          chosen=${REASONS.find(id => t('held.reason.' + id) === reason)} onChoose=${id => setReason(t('held.reason.' + id))} testid="held-reasons" />
        <${TextField} id=${'reason-' + item.id} label=${t('held.reason.words')} value=${reason} maxLength=${200} onValue=${setReason} testid="held-reason" />
        <div class="btns"><${Button} kind="danger" busy=${busy === 'REFUSE'} disabled=${!reason.trim()} onClick=${() => decide('REFUSE')} testid="held-refuse-send">${t('held.refuse.send')}<//>
          <${Button} kind="default" onClick=${() => setRefusing(false)}>${t('common.cancel')}<//></div></div>`
      : html`<div class="btns after"><${Button} busy=${busy === 'SHOW'} onClick=${() => decide('SHOW')} testid="held-show">${t('held.show')}<//>
        <${Button} kind="default" disabled=${busy !== ''} onClick=${() => setRefusing(true)} testid="held-refuse">${t('held.refuse')}<//></div>`}</section>`;
}
