import { html } from './ui.js';
import { t } from './i18n.js';

export const SYMPTOMS = ['FEVER', 'DRY_COUGH', 'FATIGUE', 'SORE_THROAT', 'DIARRHOEA', 'DYSPNOEA', 'LOSS_OF_SMELL_OR_TASTE', 'OTHER'];

export const symptomWords = symptoms => (symptoms.length ? symptoms.map(symptom => t('symptom.' + symptom)).join(t('common.comma'))
  : t('symptom.none'));

export function SymptomChips({ name, chosen, onChosen, testid }) {
  const toggle = symptom => onChosen(chosen.includes(symptom) ? chosen.filter(other => other !== symptom)
    : SYMPTOMS.filter(one => one === symptom || chosen.includes(one)));
  return html`<div class="chips" role="group" aria-label=${t('symptom.of', { name })} data-testid=${testid}>
    <button type="button" class="chip" aria-pressed=${chosen.length ? 'false' : 'true'} onClick=${() => onChosen([])}
      data-testid="symptom-none">${t('symptom.none')}</button>
    ${SYMPTOMS.map(symptom => html`<button type="button" key=${symptom} class="chip ill"
      aria-pressed=${chosen.includes(symptom) ? 'true' : 'false'}
      onClick=${() => toggle(symptom)} data-testid=${'symptom-' + symptom}>${t('symptom.' + symptom)}</button>`)}
  </div>`;
}
