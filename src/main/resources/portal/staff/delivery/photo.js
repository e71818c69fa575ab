import { t } from '../../shared/i18n.js';
import { sendParcelPhoto } from '../../shared/parcel-photos.js';
import { shrink } from '../../shared/photos.js';
import { Failure, html, Icon, say, useState } from '../../shared/ui.js';

/** One tap opens the camera, and what it took is sent at once. small: only the camera is shown. onAdded(id) */
export function AddPhoto({ parcel, id, small, onAdded }) {
  const [part, setPart] = useState(null);
  const [left, setLeft] = useState(null);
  const [error, setError] = useState(null);
  const send = async photo => {
    setPart(0);
    setError(null);
    setLeft(photo);
    try {
      const kept = await sendParcelPhoto(parcel, photo, setPart);
      setLeft(null);
      say(t('parcel.photo.added'));
      onAdded(kept.id);
    } catch (refused) {
      setError(refused);
    } finally {
      setPart(null);
    }
  };
  const taken = async event => {
    const file = event.target.files[0];
    event.target.value = '';
    if (file) await send(await shrink(file));
  };
  return html`<div class="photo-take">${error && html`<${Failure} error=${error} retry=${() => send(left)} testid="photo-refused" />`}
    <label class=${'photo-take-btn' + (part === null ? '' : ' busy')} for=${id}><${Icon} name="camera" />
      <span class=${small ? 'unseen' : ''}>${part === null ? t('parcel.photo.take') : t('parcel.photo.sending')}</span>
      <input class="unseen" id=${id} type="file" accept="image/*" capture="environment" disabled=${part !== null} onChange=${taken} data-testid=${id} /></label></div>`;
}
