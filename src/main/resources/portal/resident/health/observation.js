import { getAll } from '../../shared/api.js';
import { dateOf, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { Empty, html, Icon, Loaded, PageTitle, useLoad } from '../../shared/ui.js';

const loadOpen = () => getAll('/observations', { state: 'OPEN' });

/** What the household itself does: a follow-up and the release are the staff's. */
const OWN = ['REPORT', 'PROOF', 'TEST'];

/** [{duty, names}] over all who stay at home, each duty once. */
function dutiesOf(items) {
  return OWN.map(duty => ({ duty, names: items.filter(item => item.due.includes(duty)).map(item => item.residentName) }))
    .filter(one => one.names.length);
}

/** That the household stays at home, how far it is, and what is due today. Nothing where nobody does. */
export function ObservationCard({ me, fresh }) {
  const loading = useLoad(loadOpen, [me.id, fresh]);
  return html`<${Loaded} of=${loading} skeleton=${html`<span></span>`}>${items => (items.length ? html`
    <section class="card" aria-labelledby="observation-title" data-testid="observation-card">
      <${Head} items=${items} />
      <${Due} items=${items} />
      <p><a class="link-btn" href="#/observation" data-testid="to-observation">${t('observation.more')}</a></p></section>` : null)}<//>`;
}

/** The one who has to stay longest speaks for the home. */
const longest = items => items.reduce((most, item) => (item.daysLeft > most.daysLeft ? item : most), items[0]);

function Head({ items }) {
  const item = longest(items);
  return html`<div class="row spread"><h2 id="observation-title">${t('observations.title')}</h2>
      <strong class="num" data-testid="observation-day">${t('observation.day', { day: item.day, days: item.days })}</strong></div>
    <${Progress} item=${item} />`;
}

function Progress({ item }) {
  return html`<div class="progress" role="img" aria-label=${t('observation.day', { day: item.day, days: item.days })}>
    <div style=${{ width: item.day / item.days * 100 + '%' }}></div></div>`;
}

function Due({ items }) {
  const duties = dutiesOf(items);
  return html`<h3>${t('observation.today')}</h3><ul class="duties" data-testid="observation-due">${duties.map(({ duty, names }) => html`<li key=${duty}
      data-testid=${'due-' + duty}><span class="circle" aria-hidden="true"></span><span><strong>${t('observation.mine.' + duty)}</strong>
      <span class="soft block">${names.join(t('common.comma'))}</span></span></li>`)}
    ${duties.length === 0 && html`<li class="past"><span class="done-mark small-mark"><${Icon} name="tick" /></span>
      <span>${t('observation.allDone')}</span></li>`}
    ${items.some(item => item.due.includes('FOLLOW_UP')) && html`<li><span class="circle" aria-hidden="true"></span>
      <span>${t('observation.followUpToday')}</span></li>`}</ul>`;
}

/** Everybody of the household who stays at home: what is due, what comes, what was; and how one lives until then. */
export default function ObservationPage({ me }) {
  const loading = useLoad(() => getAll('/observations'), [me.id]);
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/today" data-testid="back"><${Icon} name="back" />${t('common.back')}</a>
    <div class="page-head"><${PageTitle}>${t('observations.title')}<//></div>
    <${Loaded} of=${loading}>${all => html`<${Household} open=${all.filter(item => item.state === 'OPEN')}
      over=${all.filter(item => item.state !== 'OPEN')} />`}<//>
  </main>`;
}

function Household({ open, over }) {
  return html`${open.length > 0 ? html`
      <section class="card"><${Due} items=${open} />
        <div class="btns after">${open.some(item => item.roundsDue.length) && html`<a class="weui-btn btn weui-btn_primary" href="#/today">
            ${t('observation.report')}</a>`}
          ${open.some(item => item.due.includes('PROOF')) && html`<a class="weui-btn btn weui-btn_default" href="#/travel" data-testid="to-travel">
            ${t('travel.test.add')}</a>`}</div></section>
      ${open.map(item => html`<${Person} key=${item.id} item=${item} />`)}
      <section class="card"><h2>${t('observation.how')}</h2><ol class="steps calm">${['1', '2', '3', '4'].map(number => html`<li key=${number}>
        ${t('observation.how.' + number)}</li>`)}</ol></section>`
    : html`<${Empty} title=${t('observation.nobody')} testid="nobody-observed" />`}
    ${over.length > 0 && html`<h2 class="section-title">${t('observation.over')}</h2>
      <section class="card"><ul class="lines">${over.map(item => html`<li key=${item.id}><div class="line"><span class="line-name strong">
        ${item.residentName}</span><span class="line-end"><span class="soft small">${t('travel.days', { from: dateWords(item.startsOn),
          to: dateWords(dateOf(item.endedAt)) })}</span><span class="tag good">${t('observation.state.' + item.state)}</span></span></div></li>`)}
        </ul></section>`}`;
}

function Person({ item }) {
  const tests = item.events.filter(event => event.event === 'TEST' && !event.withdrawn);
  return html`<section class="card" aria-labelledby=${'person-' + item.id} data-testid=${'person-' + item.id}>
    <div class="row spread"><h2 id=${'person-' + item.id}>${item.residentName}</h2>
      <strong class="num">${t('observation.day', { day: item.day, days: item.days })}</strong></div>
    <${Progress} item=${item} />
    <dl class="facts">
      <dt>${t('observation.why')}</dt><dd>${t('observation.cause.' + item.cause)}</dd>
      ${item.testDueOn && html`<dt>${t('observation.nextTest')}</dt><dd>${item.testDueOn <= today() ? t('observation.testNow')
        : dateWords(item.testDueOn)}</dd>`}
      <dt>${t('observation.ends')}</dt><dd>${t('observation.end', { date: dateWords(item.endsOn) })}</dd>
      ${tests.length > 0 && html`<dt>${t('observation.tests')}</dt><dd>${tests.map(test => html`<span class="block" key=${test.number}>
        ${dateWords(test.takenOn)} ${t('observation.result.' + test.result)}</span>`)}</dd>`}
    </dl></section>`;
}
