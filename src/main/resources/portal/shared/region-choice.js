/*
 * Where somebody has been or comes from: the province, the city, and where the risk list has regions within it, whether it is one of them.
 * Asked in the same way wherever it is asked; nobody knows the codes.
 */
import { t } from './i18n.js';
import { PROVINCES } from './provinces.js';
import { holds, placesOf } from './regions.js';
import { html, Segments } from './ui.js';

export const NONE_OF_THEM = 'none';
export const NOT_CHOSEN = { province: '', place: '', listed: '' };

/** The regions of the risk list that lie in what was chosen, each once. */
export function listedWithin(regions, place) {
  return regions.filter((region, index) => region.regionCode !== place && holds(place, region.regionCode)
    && regions.findIndex(one => one.regionCode === region.regionCode) === index);
}

/** A province without places below it is a place itself. */
const needsPlace = choice => !choice.province || placesOf(choice.province).length > 0;
export const placeOf = choice => (needsPlace(choice) ? choice.place : choice.province + '0000');
export const isChosen = (choice, regions) => Boolean(placeOf(choice) && (choice.listed || !listedWithin(regions, placeOf(choice)).length));
export const isOutsideListed = choice => choice.listed === NONE_OF_THEM;
/** The code of what was chosen, as narrow as is known. */
export const codeOf = choice => (choice.listed && !isOutsideListed(choice) ? choice.listed : placeOf(choice));

/** What a code stands for, as far as these pages know: the province and the city. */
export function nameOf(code) {
  const below = placesOf(code.slice(0, 2)).find(one => holds(one.code, code));
  return [t('province.' + code.slice(0, 2)), below && below.name].filter(Boolean).join(' ');
}

/**
 * The fields of one place.
 * @param {{id: string, words: {place: string, listed: string, none: string}, choice: object, regions: object[], fault?: string,
 *   onChange: (more: object) => void}} props words: the keys of what is asked; onChange: told what is different
 */
export function RegionFields({ id, words, choice, regions, fault, onChange }) {
  const below = choice.province ? placesOf(choice.province) : [];
  const place = placeOf(choice);
  const listed = place ? listedWithin(regions, place) : [];
  const invalid = fault ? 'true' : null;
  return html`<div class="field"><label for=${id + '-province'}>${t(words.place)}</label>
      <select class="input" id=${id + '-province'} value=${choice.province} aria-invalid=${invalid}
        onChange=${event => onChange({ province: event.target.value, place: '', listed: '' })} data-testid=${id + '-province'}>
        <option value="">${t('travel.choose')}</option>
        ${PROVINCES.map(code => html`<option key=${code} value=${code}>${t('province.' + code)}</option>`)}</select>
      ${below.length > 0 && html`<label class="unseen" for=${id + '-place'}>${t('travel.city')}</label>
        <select class="input gap" id=${id + '-place'} value=${choice.place} aria-invalid=${invalid}
          onChange=${event => onChange({ place: event.target.value, listed: '' })} data-testid=${id + '-place'}>
          <option value="">${t('travel.city.choose')}</option>
          ${below.map(one => html`<option key=${one.code} value=${one.code}>${one.name}</option>`)}</select>`}
      ${fault && html`<p class="fault" role="alert" data-testid=${'fault-' + id + '-place'}>${fault}</p>`}</div>
    ${listed.length > 0 && html`<div class="field"><p class="label">${t(words.listed)}</p>
      <${Segments} label=${t(words.listed)} testid=${id + '-listed'} chosen=${choice.listed} onChoose=${next => onChange({ listed: next })}
        items=${listed.map(region => ({ id: region.regionCode, text: region.regionName }))
          .concat({ id: NONE_OF_THEM, text: t(words.none) })} /></div>`}`;
}
