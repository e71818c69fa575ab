import { LoginForm } from '../../shared/login.js';
import { t } from '../../shared/i18n.js';
import { PhoneLogin } from '../../shared/phone-login.js';
import { html, PageTitle } from '../../shared/ui.js';

export default function LoginPage() {
  return html`<main class="page narrow" id="main" tabindex="-1"><div class="card"><${PageTitle}>${t('staff.login')}<//><${LoginForm} />
    <${PhoneLogin} portal="STAFF" />
    </div>
    <p class="soft small">${t('staff.forgot')} <a class="link-btn" href="#/reset" data-testid="to-reset">${t('reset.have')}</a></p>
    <p class="soft small">${t('staff.login.hint')} <a class="link-btn" href="/resident/">${t('staff.toResident')}</a></p></main>`;
}
