import { getAll, put, remove } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { momentWords, placeWords, TicketTag, useCategoryNames } from '../../shared/ticket.js';
import { Empty, Failure, html, Icon, Loaded, PageTitle, useLoad, useState } from '../../shared/ui.js';

/** Repairs of what all share, without names: nobody need report twice, and all see that it is being worked. */
export default function PublicTicketsPage() {
  const loading = useLoad(() => getAll('/public-tickets', null, 200), []);
  const nameOf = useCategoryNames();
  const [error, setError] = useState(null);
  const follow = async item => {
    setError(null);
    const path = '/public-tickets/' + encodeURIComponent(item.id) + '/follow';
    try {
      const next = (await (item.following ? remove(path) : put(path))).data;
      loading.replace(loading.data.map(other => (other.id === item.id ? next : other)));
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<main class="page" id="main" tabindex="-1"><a class="back" href="#/tickets"><${Icon} name="back" />${t('ticket.title')}</a>
    <${PageTitle}>${t('ticket.public')}<//><p class="soft choices">${t('ticket.public.what')}</p>
    ${error && html`<${Failure} error=${error} />`}
    <${Loaded} of=${loading}>${items => (items.length ? html`<div data-testid="public-tickets">${items.map(item => html`
      <section class="card" key=${item.id} data-testid=${'public-' + item.id}>
        <div class="row spread"><h2>${nameOf(item.category)}</h2><${TicketTag} state=${item.state} /></div>
        <p>${placeWords(item.place)}</p>
        <p class="soft small">${t('ticket.public.since', { moment: momentWords(item.submittedAt), count: item.followers })}</p>
        <p class="strong">${item.doneAt ? t('ticket.due.wasDone', { moment: momentWords(item.doneAt) }) : t('ticket.due.done', { moment: momentWords(item.dueAt) })}</p>
        ${item.own ? html`<p class="soft">${t('ticket.public.own')}</p>` : html`<button type="button" class="chip after" aria-pressed=${item.following ? 'true' : 'false'}
          onClick=${() => follow(item)} data-testid=${'follow-' + item.id}>${t(item.following ? 'ticket.following' : 'ticket.follow')}</button>`}</section>`)}</div>`
      : html`<${Empty} title=${t('ticket.public.none')} />`)}<//></main>`;
}
