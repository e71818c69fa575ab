/* How it goes with what another reported: states and times, nothing of theirs. */
import { getItems } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { isOpen, momentWords, TicketTag, useCategoryNames } from '../../shared/ticket.js';
import { html, Loaded, useLoad } from '../../shared/ui.js';

export const loadFollowed = () => getItems('/followed-tickets');

/** Where something goes on that was merged, perhaps more than once; undefined where it is not followed any more. */
function goesOn(items, id) {
  const seen = [];
  let found = items.find(item => item.id === id);
  while (found && found.mergedInto && !seen.includes(found.id)) {
    seen.push(found.id);
    found = items.find(item => item.id === found.mergedInto);
  }
  return found;
}

function Stages({ item }) {
  return html`${!item.doneAt && isOpen(item) && html`<p class="strong">${t('ticket.progress.due', { moment: momentWords(item.dueAt) })}</p>`}
    ${item.stages.length ? html`<ol class="trail" data-testid=${'stages-' + item.id}>${item.stages.map((stage, index) => html`<li key=${index}>
      <p class="strong">${t('ticket.state.' + stage.state)}</p><p class="soft small num">${momentWords(stage.at)}</p></li>`)}</ol>`
      : html`<p class="soft">${t('ticket.progress.none')}</p>`}`;
}

/** On the page of a ticket that was merged into another's. */
export function JoinedProgress({ ticket }) {
  const loading = useLoad(loadFollowed, [ticket.id]);
  return html`<${Loaded} of=${loading}>${items => {
    const item = goesOn(items, ticket.mergedInto);
    return item ? html`<section class="card" data-testid="joined"><div class="row spread"><h2>${t('ticket.joined')}</h2><${TicketTag} state=${item.state} /></div>
      <p class="soft gap-below">${t('ticket.joined.what', { number: item.number })}</p><${Stages} item=${item} /></section>` : null;
  }}<//>`;
}

/** Below one's own tickets. */
export function FollowedList() {
  const loading = useLoad(loadFollowed, []);
  const nameOf = useCategoryNames();
  return html`<${Loaded} of=${loading} skeleton=${html`<span></span>`}>${all => {
    const items = all.filter(item => !item.mergedInto);
    return items.length ? html`<section class="card" data-testid="followed"><h2>${t('ticket.followed.title')}</h2>${items.map(item => html`
      <details class="after" key=${item.id} data-testid=${'followed-' + item.id}><summary class="row spread"><span class="strong">${item.category ? nameOf(item.category)
        : t('ticket.followed.other')}</span>
        <${TicketTag} state=${item.state} /></summary><p class="soft num">${item.number}</p><${Stages} item=${item} /></details>`)}</section>` : null;
  }}<//>`;
}
