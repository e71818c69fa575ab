import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { dueWords, loadCategories } from '../../shared/ticket.js';
import { CategoryTiles, KindTiles, TicketForm } from '../../shared/ticket-form.js';
import { html, Icon, Loaded, PageTitle, say, useLoad, useState } from '../../shared/ui.js';
import { ChosenHome, FindHome } from '../health/find-home.js';

/** Writing down what somebody says on the phone: whose home, what kind, about what. */
export default function CallPage({ route }) {
  const loading = useLoad(loadCategories, []);
  const [home, setHome] = useState(null);
  const kind = route.query.kind;
  const go = query => { location.hash = '#/take-call' + query; };
  const done = outcome => {
    say(outcome.sent ? outcome.sent.number + t('common.dot') + dueWords(outcome.sent) : t('jobs.kept'));
    location.hash = '#/tickets';
  };
  return html`<main class="page ticket-page" id="main" tabindex="-1">
    <a class="back" href=${kind ? '#/take-call' + (route.query.category ? '?kind=' + kind : '') : '#/tickets'}><${Icon} name="back" />${t('common.back')}</a>
    <div class="page-head"><${PageTitle}>${t('ticket.call')}<//></div>
    ${home ? html`<div class="card"><${ChosenHome} home=${home} onOther=${() => setHome(null)} /></div>`
      : may('listHouseholds') ? html`<${FindHome} onChoose=${setHome} />` : html`<p class="soft choices">${t('ticket.call.what')}</p>`}
    ${!kind ? html`<${KindTiles} onChoose=${next => go('?kind=' + next)} />` : html`<${Loaded} of=${loading}>${items => {
      const category = items.find(item => item.code === route.query.category && item.kind === kind);
      return category ? html`<h2 class="section-title">${category.name}</h2><${TicketForm} category=${category} building=${home ? home.building : ''}
          householdId=${home ? home.id : null} calling=${!home} onDone=${done} key=${category.code} />`
        : html`<${CategoryTiles} kind=${kind} onChoose=${item => go('?kind=' + kind + '&category=' + item.code)} />`;
    }}<//>`}</main>`;
}
