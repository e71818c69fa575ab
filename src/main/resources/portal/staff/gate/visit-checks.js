import { t } from '../../shared/i18n.js';
import { TemperatureStepper } from '../../shared/temperature.js';
import { html, Segments } from '../../shared/ui.js';

/** What a guard asks and looks at: {text, mask: 'yes'|'no', health, name, host}. */
export function VisitChecks({ check, onCheck }) {
  const set = more => onCheck(Object.assign({}, check, more));
  return html`<div class="card stack">${['name', 'host'].map(each => html`<label key=${each} class="tick-line"><input type="checkbox" checked=${check[each]}
      onChange=${event => set({ [each]: event.target.checked })} data-testid=${'visit-' + each} />
      <span>${t('gate.visit.check.' + each)}</span></label>`)}
    <h2>${t('gate.visit.healthCode')}</h2><${Segments} label=${t('gate.visit.healthCode')} testid="health" chosen=${check.health} onChoose=${health => set({ health })}
      items=${['GREEN', 'YELLOW', 'RED', 'NONE'].map(id => ({ id, text: t('gate.health.' + id) }))} />
    <h2>${t('gate.temperature')}</h2><${TemperatureStepper} id="visitor" name="" text=${check.text} onText=${text => set({ text })} />
    <${Segments} label=${t('gate.mask')} testid="visitor-mask" chosen=${check.mask} onChoose=${mask => set({ mask })}
      items=${['yes', 'no'].map(id => ({ id, text: t('gate.mask.' + id) }))} /></div>`;
}
