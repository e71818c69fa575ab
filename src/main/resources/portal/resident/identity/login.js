import { LoginForm } from '../../shared/login.js';
import { t } from '../../shared/i18n.js';
import { PhoneLogin } from '../../shared/phone-login.js';
import { html, PageTitle } from '../../shared/ui.js';

export default function LoginPage() {
  return html`<main class="page" id="main" tabindex="-1">
    <div class="card">
      <${PageTitle}>${t('auth.login')}<//>
      <${LoginForm} />
      <${PhoneLogin} portal="RESIDENT" />
    </div>
    <div class="card"><h2>${t('auth.first')}</h2><p>${t('auth.first.how')}</p>
      <p class="after"><a class="weui-btn btn weui-btn_default" href="#/activate" data-testid="to-activate">${t('auth.activate')}</a></p>
        </div>
    <p class="soft small">${t('auth.forgot')} <a class="link-btn" href="#/reset" data-testid="to-reset">${t('reset.have')}</a></p>
  </main>`;
}
