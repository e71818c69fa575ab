import { get, getPicture } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { backWords, datedWords } from '../../shared/outing.js';
import { Button, Failure, html, Icon, Loaded, PageTitle, say, useLoad, useState } from '../../shared/ui.js';

const path = id => '/outing-passes/' + encodeURIComponent(id);
const load = id => Promise.all([get(path(id)).then(answer => answer.data), getPicture(path(id) + '/qr.png', { card: true, size: 600 })]);

/** A card to print for somebody without a phone; it names nobody. */
export default function CardPage({ route }) {
  const id = route.path[1] || '';
  const loading = useLoad(() => load(id), [id]);
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const sendOnce = useOnce();
  const revoke = async () => {
    setSending(true);
    setError(null);
    try {
      await sendOnce(path(id) + '/card/revoke', {});
      say(t('passCard.revoked'));
      loading.reload();
    } catch (refused) {
      setError(refused);
    } finally {
      setSending(false);
    }
  };
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back no-print" href="#/outing" data-testid="back"><${Icon} name="back" />${t('outing.title')}</a>
    <div class="page-head no-print"><${PageTitle}>${t('passCard.title')}<//></div>
    <${Loaded} of=${loading}>${([pass, picture]) => html`<section class=${'card pass code ' + pass.colour.toLowerCase()} data-testid="card">
      <img class="code-picture" src=${picture} alt=${t('code.picture')} width="600" height="600" />
      <p class="pass-time num">${datedWords(pass)}</p><p>${backWords(pass)}${pass.gate && t('common.dot') + pass.gate.name}</p></section>
      <div class="no-print"><p class="soft">${t('passCard.what')}</p>${error && html`<${Failure} error=${error} />`}
        <div class="btns after"><${Button} onClick=${() => window.print()} testid="card-print">${t('passCard.print')}<//>
          <${Button} kind="danger" busy=${sending} onClick=${revoke} testid="card-revoke">${t('passCard.revoke')}<//></div></div>`}<//>
  </main>`;
}
