import { getAll } from '../../shared/api.js';
import { today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { html, Loaded, useLoad } from '../../shared/ui.js';

/** Who of the household stays at home, how far they are, and what is due. Nothing where nobody does. */
export function ObservationCards({ me }) {
  const loading = useLoad(() => getAll('/observations', { state: 'OPEN' }), [me.id]);
  return html`<${Loaded} of=${loading} skeleton=${html`<span></span>`}>${items => items.map(item => html`<${ObservationCard} key=${item.id}
    item=${item} />`)}<//>`;
}

function ObservationCard({ item }) {
  const steps = [t('observation.reports')];
  if (item.testDueOn) {
    steps.push(t(item.testDueOn <= today() ? 'observation.testNow' : 'observation.testOn', { date: dateWords(item.testDueOn) }));
  }
  if (item.due.includes('FOLLOW_UP')) steps.push(t('observation.followUpToday'));
  steps.push(t('observation.stay'), t('observation.end', { date: dateWords(item.endsOn) }));
  return html`<section class="card" aria-labelledby=${'observation-' + item.id} data-testid="observation-card">
    <div class="row spread"><h2 id=${'observation-' + item.id}>${t('observation.of', { name: item.residentName })}</h2>
      <strong class="num" data-testid="observation-day">${t('observation.day', { day: item.day, days: item.days })}</strong></div>
    <div class="progress" role="img" aria-label=${t('observation.day', { day: item.day, days: item.days })}>
      <div class="part" style=${{ width: item.day / item.days * 100 + '%' }}></div></div>
    <ul class="steps">${steps.map(step => html`<li key=${step}>${step}</li>`)}</ul></section>`;
}
