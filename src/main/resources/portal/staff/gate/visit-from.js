/* Where a visitor comes from: asked of everybody who comes in, for whoever comes from a listed region does not. */
import { t } from '../../shared/i18n.js';
import { codeOf, isChosen, isOutsideListed, nameOf, NOT_CHOSEN, RegionFields } from '../../shared/region-choice.js';
import { html, Segments } from '../../shared/ui.js';

const REGION_WORDS = { place: 'gate.visit.from.where', listed: 'region.listed', none: 'region.none' };

/** {said}: the code that the household or the guard has said before. */
export const notAsked = said => ({ said: said || '', from: said ? 'said' : '', region: NOT_CHOSEN });
export const isAsked = (asked, regions) => asked.from === 'local' || asked.from === 'said' || (asked.from === 'elsewhere' && isChosen(asked.region, regions));
/** Undefined where they are from here, or from a city with listed regions in it and from none of them: there is no code for that. */
export const regionOf = asked => (asked.from === 'said' ? asked.said : asked.from === 'elsewhere' && !isOutsideListed(asked.region) ? codeOf(asked.region) : undefined);

export function VisitFrom({ asked, regions, onAsked }) {
  const set = more => onAsked(Object.assign({}, asked, more));
  const items = [asked.said ? { id: 'said', text: nameOf(asked.said) } : { id: 'local', text: t('gate.visit.from.local') },
    { id: 'elsewhere', text: t('gate.visit.from.elsewhere') }];
  return html`<div class="card stack"><h2>${t('gate.visit.from')}</h2>
    <${Segments} label=${t('gate.visit.from')} testid="from" chosen=${asked.from} onChoose=${from => set({ from })} items=${items} />
    ${asked.from === 'elsewhere' && html`<${RegionFields} id="from" words=${REGION_WORDS} choice=${asked.region} regions=${regions}
      onChange=${more => set({ region: Object.assign({}, asked.region, more) })} />`}</div>`;
}
