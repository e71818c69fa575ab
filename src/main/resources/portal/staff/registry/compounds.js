import { getAll } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { html, useLoad } from '../../shared/ui.js';

/** The compounds of somebody who works for several: {loading, all, chosen}. The address names one, else it is their own. */
export function useCompounds(route, me) {
  const loading = useLoad(() => (may('listCompounds') ? getAll('/compounds') : Promise.resolve([])), []);
  const all = loading.data || [];
  return { loading, all, chosen: all.find(one => one.id === route.query.compound) || all.find(one => one.id === me.compound.id) || all[0] };
}

export const addressOf = (page, id) => '#/' + page + '?compound=' + encodeURIComponent(id);

/** Shown only to those who have a choice. */
export function CompoundChooser({ page, all, chosen }) {
  return all.length > 1 && html`<div class="card filters"><label class="label" for="compound">${t('organisation.compound')}</label>
    <select class="input" id="compound" value=${chosen.id} onChange=${event => { location.hash = addressOf(page, event.target.value); }}
      data-testid="compound">${all.map(one => html`<option key=${one.id} value=${one.id} selected=${one.id === chosen.id}>
        ${one.name} (${one.community.name})</option>`)}</select></div>`;
}
