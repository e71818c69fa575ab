/* Taking a picture with the phone, and showing one that the server keeps. */
import { getPicture } from './api.js';
import { t } from './i18n.js';
import { html, Icon, useLoad, useState } from './ui.js';

const LONGEST_PIXELS = 1280;
const QUALITY = 0.8;

/** Smaller before it is sent, so that it also goes through on a poor line; the server draws it anew in any case. */
export function shrunk(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = reject;
    reader.onload = () => {
      const image = new Image();
      // What this browser cannot draw is sent as it is: the server says what is wrong with it.
      image.onerror = () => resolve(reader.result);
      image.onload = () => {
        const factor = Math.min(1, LONGEST_PIXELS / Math.max(image.width, image.height));
        const canvas = document.createElement('canvas');
        canvas.width = Math.max(1, Math.round(image.width * factor));
        canvas.height = Math.max(1, Math.round(image.height * factor));
        canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
        resolve(canvas.toDataURL('image/jpeg', QUALITY));
      };
      image.src = reader.result;
    };
    reader.readAsDataURL(file);
  });
}

/** A button that opens the camera. @param onTaken (dataUrl) */
export function TakePhoto({ id, onTaken, busy, children }) {
  const [failed, setFailed] = useState(false);
  const taken = event => {
    const file = event.target.files[0];
    event.target.value = '';
    if (file) shrunk(file).then(url => { setFailed(false); onTaken(url); }, () => setFailed(true));
  };
  return html`<div><label class=${'weui-btn btn weui-btn_primary photo-btn' + (busy ? ' busy' : '')} for=${id}><${Icon} name="eye" /> ${children}
      <input class="unseen" id=${id} type="file" accept="image/jpeg,image/png,image/webp" capture="environment" disabled=${busy} onChange=${taken}
        data-testid=${id} /></label>
    ${failed && html`<p class="fault" role="alert">${t('door.photo.unreadable')}</p>`}</div>`;
}

export function ShownPhoto({ path, alt }) {
  const loading = useLoad(() => getPicture(path, { size: 'FULL' }), [path]);
  if (loading.state === 'failed') return html`<p class="soft small">${t('door.photo.gone')}</p>`;
  return loading.data ? html`<img class="door-photo" src=${loading.data} alt=${alt} data-testid="photo" />` : html`<span class="bone tall"></span>`;
}
