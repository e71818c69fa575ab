import { get } from '../../shared/api.js';
import { clockOf, dateOf } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { Button, Failure, html, Loaded, useLoad, useState } from '../../shared/ui.js';

const PAGE = 5;

/** Who of the staff was shown hidden data of the household, and why. */
export function DisclosuresCard({ me }) {
  const loading = useLoad(() => get('/me/disclosures', { limit: PAGE }).then(answer => answer.data), [me.id]);
  return html`<section aria-labelledby="disclosures-title"><${Loaded} of=${loading}>${first => html`<div class="card">
    <h2 id="disclosures-title">${t('disclosure.me.title')}</h2><p class="hint">${t('disclosure.me.what')}</p>
    ${first.items.length ? html`<${Lines} first=${first} />`
      : html`<p class="after" data-testid="no-disclosures">${t('disclosure.me.none')}</p>`}</div>`}<//></section>`;
}

function Lines({ first }) {
  const [pages, setPages] = useState([first]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const last = pages[pages.length - 1];
  const more = async () => {
    setBusy(true);
    setError(null);
    try {
      setPages(pages.concat((await get('/me/disclosures', { limit: PAGE, cursor: last.next })).data));
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  return html`<ul class="lines" data-testid="disclosures">${pages.reduce((all, page) => all.concat(page.items), []).map(seen => html`
    <li key=${seen.id}><div class="line"><span class="line-name"><span class="strong">
      ${[t('role.' + seen.by.role), seen.by.name].filter(Boolean).join(t('common.dot'))}</span>
      <span class="block">${t('disclosure.me.line', { name: seen.residentName, field: t('disclosure.field.' + seen.field) })}</span>
      ${seen.reason && html`<span class="block">${t('disclosure.me.reason', { reason: seen.reason })}</span>`}
      <span class="soft small block">${dateWords(dateOf(seen.at))} ${clockOf(seen.at)}</span></span></div></li>`)}</ul>
    ${error && html`<${Failure} error=${error} />`}
    ${last.next && html`<${Button} kind="default" busy=${busy} onClick=${more} testid="more-disclosures">${t('common.more')}<//>`}`;
}
