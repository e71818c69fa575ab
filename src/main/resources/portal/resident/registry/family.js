import { getItems } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { html, Loaded, useLoad } from '../../shared/ui.js';

/** Who belongs to the household, and who of them logs in themselves. */
export function FamilyCard({ me }) {
  const members = useLoad(() => getItems('/household/members'), [me.id]);
  return html`<section aria-labelledby="family-title"><${Loaded} of=${members}>${items => html`<div class="card"><h2 id="family-title">
    ${t('me.family')}</h2>
    <ul class="lines" data-testid="family">${items.map(member => html`<li key=${member.id}><div class="line">
      <span class="line-name"><span class="strong">${member.name}</span><span class="soft small"> ${t('relation.' + member.relation)}</span>
        </span>
      <span class="line-end"><span class=${'tag ' + (member.hasAccount ? 'good' : '')}>
        ${t(member.hasAccount ? 'me.hasAccount' : 'me.noAccount')}</span></span></div></li>`)}</ul>
    <p class="hint">${t('me.family.hint')}</p></div>`}<//></section>`;
}
