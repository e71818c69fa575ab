import { getAll, post, put } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { Button, html, Loaded, say, useLoad, useState } from '../../shared/ui.js';
import { NameSheet } from './name-sheet.js';

const PATHS = { subdistrict: '/subdistricts', community: '/communities', compound: '/compounds' };

/** For the administrator: which compounds belong to which community and subdistrict. */
export function Directory({ compounds, onMade, onChanged }) {
  const subdistricts = useLoad(() => getAll('/subdistricts'), []);
  const communities = useLoad(() => getAll('/communities'), []);
  const [asking, setAsking] = useState(null);
  const save = async (name, key) => {
    const path = PATHS[asking.kind];
    const saved = asking.id ? await put(path + '/' + encodeURIComponent(asking.id), { name })
      : await post(path, Object.assign({ name }, asking.parent), { idempotencyKey: key });
    say(t('organisation.saved', { name }));
    if (asking.kind === 'subdistrict') subdistricts.reload();
    communities.reload();
    if (asking.kind === 'compound' && !asking.id) onMade(saved.data);
    else onChanged();
  };
  const rename = (kind, place) => html`<button type="button" class="link-btn" data-testid=${'rename-' + kind + '-' + place.name}
    onClick=${() => setAsking({ kind, id: place.id, name: place.name })}>${t('organisation.rename')}
    <span class="unseen"> ${place.name}</span></button>`;
  const add = (kind, parent, above) => html`<button type="button" class="link-btn" data-testid=${'add-' + kind + '-' + above}
    onClick=${() => setAsking({ kind, parent })}>${t('organisation.' + kind + '.add')}<span class="unseen"> ${above}</span></button>`;
  const compound = place => html`<li key=${place.id}><div class="line"><span class="line-name strong">${place.name}</span>
    <span class="line-end">${rename('compound', place)}</span></div></li>`;
  const community = place => html`<li key=${place.id}><div class="line"><span class="line-name">${place.name}</span>
    <span class="line-end">${rename('community', place)}${add('compound', { communityId: place.id }, place.name)}</span></div>
    <ul class="lines below">${compounds.filter(one => one.community.id === place.id).map(compound)}</ul></li>`;
  return html`<section class="card"><h2>${t('organisation.directory')}</h2><p class="soft">${t('organisation.directory.what')}</p>
    <${Loaded} of=${subdistricts}>${tops => html`<${Loaded} of=${communities}>${middles => html`<ul class="lines" data-testid="directory">
      ${tops.map(top => html`<li key=${top.id}><div class="line"><span class="line-name strong">${top.name}</span>
        <span class="line-end">${rename('subdistrict', top)}${add('community', { subdistrictId: top.id }, top.name)}</span></div>
        <ul class="lines below">${middles.filter(one => one.subdistrict.id === top.id).map(community)}</ul></li>`)}</ul>`}<//>`}<//>
    <div class="after"><${Button} kind="default" onClick=${() => setAsking({ kind: 'subdistrict', parent: {} })} testid="add-subdistrict">
      ${t('organisation.subdistrict.add')}<//></div>
    ${asking && html`<${NameSheet} label=${t('organisation.' + asking.kind + '.name')} value=${asking.name}
      title=${asking.id ? t('organisation.rename.of', { name: asking.name }) : t('organisation.' + asking.kind + '.add')}
      save=${save} onClose=${() => setAsking(null)} />`}
  </section>`;
}
