import { t } from '../../shared/i18n.js';
import { discardSending, flush } from '../../shared/sending.js';
import { Button, html } from '../../shared/ui.js';
import { actedAt, waitingFor } from './acts.js';

/** Said plainly: it was done here, and nobody else knows yet. */
export function WaitingActs({ items, ticketId }) {
  const mine = waitingFor(items, ticketId);
  const refused = mine.filter(batch => batch.refusal);
  const waiting = mine.filter(batch => !batch.refusal);
  const line = batch => html`<p key=${batch.key}>${t('jobs.waiting.line', { number: batch.about.number, act: t('ticket.do.' + batch.about.event), clock: actedAt(batch) })}
    ${batch.done > 0 ? t('common.dot') + t('ticket.sending.photos') : ''}</p>`;
  return html`${refused.map(batch => html`<section class="notice bad" role="alert" key=${batch.key} data-testid="act-waiting-refused">
      <h2>${t('jobs.refused')}</h2>${line(batch)}<p>${batch.refusal}</p>
      <${Button} kind="default" onClick=${() => discardSending(batch.key).then(flush)}>${t('ticket.sending.discard')}<//></section>`)}
    ${waiting.length > 0 && html`<section class="notice warn" role="status" data-testid="acts-waiting"><h2>${t('jobs.waiting', { count: waiting.length })}</h2>${waiting.map(line)}
      <p>${t('jobs.waiting.what')}</p><${Button} kind="default" onClick=${flush} testid="acts-retry">${t('ticket.sending.retry')}<//></section>`}`;
}
