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
    <${Loaded} of=${loading}>${items => (items.length ? html`<div data-testid="parked">
        ${items.map(item => html`<${Item} key=${item.id} item=${item} onDone=${loading.reload} />`)}</div>`
      : html`<${Empty} title=${t('parked.none')} testid="none-parked" />`)}<//>
  </main>`;
}

const whom = item => (item.role ? t('role.' + item.role) : t('parked.to.' + item.recipient));
const why = item => (item.fault.indexOf('nobody there') === 0 ? t('parked.nobody') : t('parked.fault', { fault: item.fault }));

function Item({ item, onDone }) {
  const [busy, setBusy] = useState('');
  const [error, setError] = useState(null);
  const [giving, setGiving] = useState(false);
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
  return html`<section class="card"><h2>${item.title}</h2><p>${[item.compound.name, whom(item)].join(t('common.dot'))}</p><p>${why(item)}</p>
    <p class="soft small num">${dateWords(dateOf(item.createdAt))} ${clockOf(item.createdAt)}${t('common.dot')}
      ${t('parked.attempts', { count: item.attempts })}</p>
    ${error && html`<${Failure} error=${error} />`}
    ${giving && html`<p class="strong" role="alert">${t('parked.drop.sure')}</p>`}
    <div class="btns after">${giving
      ? html`<${Button} kind="danger" busy=${busy === 'drop'} onClick=${() => run('drop')} testid=${'drop-sure-' + item.id}>${t('parked.drop')}<//>
        <${Button} kind="default" onClick=${() => setGiving(false)}>${t('parked.keep')}<//>`
      : html`<${Button} busy=${busy === 'retry'} onClick=${() => run('retry')} testid=${'retry-' + item.id}>${t('parked.retry')}<//>
        <${Button} kind="default" disabled=${busy !== ''} onClick=${() => setGiving(true)} testid=${'drop-' + item.id}>${t('parked.drop')}<//>`}</div></section>`;
}
