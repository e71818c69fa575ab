import { getItems, put } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { Button, Empty, Failure, html, Icon, Loaded, PageTitle, say, Segments, Sheet, TextField, useLoad, useState } from '../../shared/ui.js';

const LEVELS = ['INHERITED', 'NORMAL', 'CONTROLLED', 'SEALED'];
const TAGS = { NORMAL: 'good', CONTROLLED: 'late', SEALED: 'bad' };

/** Buildings and units that are managed more closely than the compound. */
export default function LevelsPage() {
  const loading = useLoad(() => getItems('/control-levels'), []);
  const [changing, setChanging] = useState(null);
  const close = changed => {
    setChanging(null);
    if (changed) {
      say(t('levels.saved'));
      loading.reload();
    }
  };
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/policy" data-testid="back"><${Icon} name="back" />${t('policy.title')}</a>
    <div class="page-head"><${PageTitle}>${t('levels.title')}<//><p class="soft">${t('levels.what')}</p></div>
    <${Loaded} of=${loading}>${places => (places.length ? html`<div data-testid="levels">${places.filter(place => !place.unit).map(building => html`
      <section class="card" key=${building.id}><ul class="lines"><${PlaceLine} place=${building} onChange=${setChanging} />
        ${places.filter(place => place.unit && place.building === building.building).map(unit => html`<${PlaceLine} key=${unit.id} place=${unit}
          onChange=${setChanging} />`)}</ul></section>`)}</div>` : html`<${Empty} title=${t('levels.none')} />`)}<//>
    ${changing && html`<${LevelSheet} place=${changing} onClose=${close} />`}
  </main>`;
}

const nameOf = place => t('levels.building', { building: place.building }) + (place.unit ? t('levels.unit', { unit: place.unit }) : '');

function PlaceLine({ place, onChange }) {
  return html`<li><button type="button" class="line" onClick=${() => onChange(place)} data-testid=${'level-' + place.building + (place.unit ? '-' + place.unit : '')}>
    <span class=${'line-name' + (place.unit ? '' : ' strong')}>${nameOf(place)}${place.reason && html`<span class="block soft small">${place.reason}</span>`}</span>
    <span class="line-end">${place.level ? html`<span class=${'tag ' + TAGS[place.level]}>${t('level.' + place.level)}</span>`
      : html`<span class="soft">${t('level.INHERITED')}</span>`}<${Icon} name="go" /></span></button></li>`;
}

function LevelSheet({ place, onClose }) {
  const [level, setLevel] = useState(place.level || 'INHERITED');
  const [reason, setReason] = useState(place.reason || '');
  const [error, setError] = useState(null);
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    setError(null);
    try {
      await put('/control-levels/' + encodeURIComponent(place.id), Object.assign(level === 'INHERITED' ? {} : { level }, reason.trim() ? { reason: reason.trim() } : {}));
      onClose(true);
    } catch (refused) {
      setError(refused);
      setSaving(false);
    }
  };
  return html`<${Sheet} title=${nameOf(place)} onClose=${() => onClose(false)} testid="level-sheet"
    foot=${html`<${Button} busy=${saving} onClick=${save} testid="level-save">${t('levels.save')}<//>`}>
    ${error && html`<${Failure} error=${error} />`}
    <${Segments} label=${t('levels.title')} testid="level" chosen=${level} onChoose=${setLevel} items=${LEVELS.map(id => ({ id, text: t('level.' + id) }))} />
    ${level === 'SEALED' && html`<p class="notice warn after">${t('levels.sealed')}</p>`}
    <div class="after"><${TextField} id="level-reason" label=${t('levels.reason')} value=${reason} maxLength=${200} onValue=${setReason} /></div><//>`;
}
