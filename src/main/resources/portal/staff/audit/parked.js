/* Messages that could not be delivered: why, and what to do about it. */
import { get, post } from '../../shared/api.js';
import { clockOf, dateOf } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, say, useLoad, useState } from '../../shared/ui.js';

const PAGE = 200;

export default function ParkedPage() {
  const loading = useLoad(() => get('/outbox/parked', { limit: PAGE }).then(answer => answer.data.items), []);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('parked.title')}<//></div>
    <p class="soft choices">${t('parked.what')}</p>
    <${Loaded} of=${loading}>${items => (items.length ? html`<div class="card"><ul class="lines" data-testid="parked">
        ${items.map(item => html`<${Item} key=${item.id} item=${item} onDone=${loading.reload} />`)}</ul></div>`
      : html`<${Empty} title=${t('parked.none')} testid="none-parked" />`)}<//>
  </main>`;
}

const whom = item => (item.role ? t('role.' + item.role) : t('parked.to.' + item.recipient));
const why = item => (item.fault.indexOf('nobody there') === 0 ? t('parked.nobody') : t('parked.fault', { fault: item.fault }));

function Item({ item, onDone }) {
  const [busy, setBusy] = useState('');
  const [error, setError] = useState(null);
  const run = async what => {
    setBusy(what);
    setError(null);
    try {
      await post('/outbox/parked/' + encodeURIComponent(item.id) + '/' + what);
      say(t('parked.done.' + what));
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy('');
    }
  };
  return html`<li><div class="line"><span class="line-name"><span class="strong">${item.title}</span>
      <span class="block">${[item.compound.name, whom(item)].join(t('common.dot'))}</span><span class="block">${why(item)}</span>
      <span class="soft small block num">${dateWords(dateOf(item.createdAt))} ${clockOf(item.createdAt)}${t('common.dot')}
        ${t('parked.attempts', { count: item.attempts })}</span></span></div>
    ${error && html`<${Failure} error=${error} />`}
    <div class="btns after"><${Button} busy=${busy === 'retry'} onClick=${() => run('retry')} testid=${'retry-' + item.id}>${t('parked.retry')}<//>
      <${Button} kind="default" busy=${busy === 'drop'} onClick=${() => run('drop')} testid=${'drop-' + item.id}>${t('parked.drop')}<//></div></li>`;
}
