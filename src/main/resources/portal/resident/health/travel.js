import { getAll, getItems } from '../../shared/api.js';
import { clockOf, dateOf } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { rules } from '../../shared/rules.js';
import { Journey, TestSheet } from '../../shared/travel.js';
import { TravelForm } from '../../shared/travel-form.js';
import { Button, html, Icon, Loaded, PageTitle, say, useLoad, useState } from '../../shared/ui.js';
import { learnRules } from './reports.js';

/** Where a member of the household has been lately, and what was declared before. */
export default function TravelPage({ me }) {
  const loading = useLoad(() => Promise.all([getItems('/household/members'), getItems('/risk-regions'), getAll('/travel-declarations'), learnRules()]), [me.id]);
  const [done, setDone] = useState(null);
  const finish = declared => {
    setDone(declared);
    loading.reload();
    window.scrollTo(0, 0);
  };
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/today" data-testid="back"><${Icon} name="back" />${t('common.back')}</a>
    <div class="page-head"><${PageTitle}>${t('travel.title')}<//>${loading.data && html`<p class="soft">${t('travel.what', { days: rules().travelDays })}</p>`}</div>
    <${Loaded} of=${loading}>${([members, regions, before]) => html`
      ${done ? html`<${Outcome} declared=${before.find(one => one.id === done.id) || done} onChanged=${loading.reload} />`
        : html`<${TravelForm} first=${me.resident.id} members=${members} regions=${regions} onDone=${finish} />`}
      <${Before} items=${before} onChanged=${loading.reload} />`}<//>
  </main>`;
}

/** Calmly: that it has arrived, what follows, and what to do next. */
function Outcome({ declared, onChanged }) {
  return html`<section class="notice good" role="status" data-testid="travel-done">
      <h2>${t('travel.done')}</h2><p>${t(declared.observationId ? 'travel.observed' : 'travel.nothing', { name: declared.residentName })}</p>
      ${declared.observationId && html`<p>${t('travel.observed.calm')}</p>`}</section>
    ${declared.proof === 'MISSING' && html`<${Owed} declared=${declared} onChanged=${onChanged} />`}
    <div class="btns">${declared.observationId && html`<a class="weui-btn btn weui-btn_primary" href="#/observation" data-testid="to-observation">
      ${t('travel.toObservation')}</a>`}<a class="weui-btn btn weui-btn_default" href="#/today" data-testid="to-today">
      ${t('correct.toToday')}</a></div>`;
}

/** The negative test that is still to be shown. */
function Owed({ declared, onChanged }) {
  const [entering, setEntering] = useState(false);
  const close = entered => {
    setEntering(false);
    if (entered) {
      say(t('travel.test.entered'));
      onChanged();
    }
  };
  return html`<section class="notice warn" data-testid=${'owed-' + declared.id}><h3>${t('travel.owed', { name: declared.residentName })}</h3>
    <p>${t('travel.owed.what', { date: dateWords(declared.proofFrom) })}</p>
    <${Button} kind="default" onClick=${() => setEntering(true)} testid=${'add-test-' + declared.id}>${t('travel.test.add')}<//>
    ${entering && html`<${TestSheet} declared=${declared} onClose=${close} />`}</section>`;
}

function Before({ items, onChanged }) {
  if (!items.length) return null;
  return html`<h2 class="section-title">${t('travel.before')}</h2>
    ${items.map(item => html`<section class="card" key=${item.id} data-testid=${'journey-' + item.id}>
      <div class="row spread"><h3>${item.residentName}</h3><span class="soft small">${dateWords(dateOf(item.declaredAt)) + ' ' + clockOf(item.declaredAt)}</span></div>
      <${Journey} item=${item} />
      ${item.proof === 'MISSING' && item === newestOf(items, item.residentId) && html`<${Owed} declared=${item} onChanged=${onChanged} />`}
    </section>`)}`;
}

/** The list has the newest first. */
const newestOf = (items, residentId) => items.find(one => one.residentId === residentId);
