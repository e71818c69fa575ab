import { post } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { Button, Failure, html, Icon, Loaded, PageTitle, useLoad, useState } from '../../shared/ui.js';

/** Opened by the ordinary code that another screen shows where WeChat draws none: whether that screen may log in as me. */
export default function PhoneLoginPage({ route, me }) {
  const scene = route.query.scene || '';
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/today"><${Icon} name="back" />${t('phoneLogin.toToday')}</a>
    <div class="card"><${PageTitle}>${t('phoneLogin.title')}<//><${Decision} key=${scene} scene=${scene} me=${me} /></div></main>`;
}

function Decision({ scene, me }) {
  const asking = useLoad(() => post('/auth/portal-logins/scan', { scene }).then(answer => answer.data), [scene]);
  const [decided, setDecided] = useState('');
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const decide = async (path, body, outcome) => {
    setBusy(true);
    setError(null);
    try {
      await post('/auth/portal-logins/' + path, Object.assign({ scene }, body));
      setDecided(outcome);
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  if (decided) {
    return html`<div class=${'notice ' + (decided === 'yes' ? 'good' : 'warn')} role="status" data-testid=${'phone-login-done-' + decided}>
      <p>${t('phoneLogin.done.' + decided)}</p></div>`;
  }
  if (error) return html`<${Failure} error=${error} testid="phone-login-failed" />`;
  return html`<${Loaded} of=${asking}>${seen => html`<${Question} seen=${seen} me=${me} busy=${busy} decide=${decide} />`}<//>`;
}

function Question({ seen, me, busy, decide }) {
  return html`<div class="stack" data-testid="phone-login-question">
    <p>${t('phoneLogin.asks', { portal: t('phoneLogin.portal.' + seen.portal), name: me.name })}</p>
    <dl class="facts"><dt>${t('phoneLogin.device')}</dt><dd>${t('phoneLogin.browser.' + seen.browser)} · ${t('phoneLogin.system.' + seen.system)}</dd>
      <dt>${t('phoneLogin.where')}</dt><dd>${t(seen.sameNetwork ? 'phoneLogin.sameNetwork' : 'phoneLogin.otherNetwork')}</dd>
      <dt>${t('phoneLogin.when')}</dt><dd>${seen.askedAt.slice(11, 16)}</dd></dl>
    <p><strong>${t('phoneLogin.tap')}</strong></p>
    <div class="phone-login-numbers">${seen.numbers.map(number => html`<${Button} key=${number} kind="default" busy=${busy}
      onClick=${() => decide('confirm', { number }, 'yes')} testid=${'number-' + number}>${number}<//>`)}</div>
    <${Button} kind="danger" busy=${busy} onClick=${() => decide('refuse', {}, 'no')} testid="phone-login-refuse">${t('phoneLogin.refuse')}<//>
    <p class="soft small">${t('phoneLogin.care')}</p></div>`;
}
