import { get, put } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { Failure, html, Loaded, Segments, say, useLoad, useState } from '../../shared/ui.js';

const CHOICES = ['on', 'off'];

/** Whether one is reminded by SMS; nothing where this house sends none. */
export function SmsCard({ me }) {
  const loading = useLoad(() => get('/me/sms').then(answer => answer.data), [me.id]);
  return html`<${Loaded} of=${loading}>${asked => asked.offered && html`<${Choice} first=${asked} />`}<//>`;
}

function Choice({ first }) {
  const [wanted, setWanted] = useState(first.wanted);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const choose = async id => {
    if (busy || (id === 'on') === wanted) return;
    setBusy(true);
    setError(null);
    try {
      const chosen = (await put('/me/sms', { wanted: id === 'on' })).data;
      setWanted(chosen.wanted);
      say(t(chosen.wanted ? 'sms.saved.on' : 'sms.saved.off'));
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  return html`<section class="card" aria-labelledby="sms-title"><h2 id="sms-title">${t('sms.title')}</h2>
    <${Segments} label=${t('sms.title')} testid="sms" chosen=${wanted ? 'on' : 'off'} onChoose=${choose}
      items=${CHOICES.map(id => ({ id, text: t('sms.' + id) }))} />
    ${error && html`<${Failure} error=${error} />`}
    <p class="hint">${t('sms.what')}</p><p class="hint" data-testid="sms-means">${t('sms.off.means')}</p></section>`;
}
