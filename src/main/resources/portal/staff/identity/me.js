import { DeviceSettings, Logout, PasswordChange } from '../../shared/account.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { html, PageTitle } from '../../shared/ui.js';

export default function MePage({ me, pages }) {
  const tasks = pages().filter(page => page.id !== 'me');
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('nav.me')}<//></div>
    <section class="card"><h2>${me.name}</h2><p class="soft">${me.compound.name}</p>
      <p class="row after" data-testid="roles">${me.roles.map(role => html`<span class="tag info" key=${role}>${t('role.' + role)}</span>`)}
        </p>
      ${me.gates && me.gates.length > 0 && html`<p class="after">${t('me.gates')}${me.gates.map(gate => gate.name).join(t('common.comma'))}
        </p>`}
      ${me.resident && html`<p class="after"><a class="link-btn" href="/resident/">${t('staff.toResident')}</a></p>`}
    </section>
    ${tasks.length === 0 && html`<div class="notice" data-testid="no-tasks"><h2>${t('staff.noTasks')}</h2><p>${t('staff.noTasks.advice')}
      </p></div>`}
    <${DeviceSettings} />
    ${may('changePassword') && html`<${PasswordChange} />`}
    <${Logout} />
  </main>`;
}
