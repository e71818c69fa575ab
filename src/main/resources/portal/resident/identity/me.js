import { DeviceSettings, Logout, PasswordChange } from '../../shared/account.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { html, PageTitle } from '../../shared/ui.js';
import { DisclosuresCard } from '../audit/disclosures.js';
import { FamilyCard } from '../registry/family.js';
import { SmsCard } from './sms.js';

export default function MePage({ me }) {
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('me.title')}<//></div>
    <section class="card"><h2>${me.name}</h2><p class="soft">
      ${me.compound.name}${me.household ? t('common.dot') + t('me.household', { label: me.household.label }) : ''}</p></section>
    ${me.roles.some(role => role !== 'RESIDENT') && html`<section class="card stack"><h2>${t('me.worksHere')}</h2>
      <a class="weui-btn btn weui-btn_default" href="/staff/" data-testid="to-staff">${t('me.toStaff')}</a></section>`}
    <${FamilyCard} me=${me} />
    ${may('createVisit') && html`<section class="card stack"><h2>${t('visits.link')}</h2>
      <a class="weui-btn btn weui-btn_default" href="#/visits" data-testid="to-visits">${t('visits.title')}</a></section>`}
    ${may('getOwnDoor') && html`<section class="card stack"><h2>${t('own.link')}</h2>
      <a class="weui-btn btn weui-btn_default" href="#/door" data-testid="to-door">${t('own.title')}</a>
      ${may('listDoorTasks') && html`<a class="weui-btn btn weui-btn_default" href="#/walks" data-testid="to-walks">${t('walks.link')}</a>`}</section>`}
    ${may('listMyDisclosures') && html`<${DisclosuresCard} me=${me} />`}
    ${may('getSmsPreference') && html`<${SmsCard} me=${me} />`}
    <${DeviceSettings} />
    ${may('changePassword') && html`<${PasswordChange} />`}
    <${Logout} />
  </main>`;
}
