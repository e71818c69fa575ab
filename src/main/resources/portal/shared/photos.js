/* Photos: made small before they are sent, shown behind the token. */
import { getPicture } from './api.js';
import { t } from './i18n.js';
import { html, Icon, Sheet, useEffect, useState } from './ui.js';

const LONGEST_PIXELS = 1600;
const LONGEST_PIXELS_SLOW = 1000;
const QUALITY = 0.8;
export const PHOTOS_AT_MOST = 6;

const lineIsSlow = () => Boolean(navigator.connection && (navigator.connection.saveData || /2g|3g/.test(navigator.connection.effectiveType || '')));

/** A JPEG of what the camera took, no larger than one needs to see a leak; the file itself where this browser cannot read it. */
export async function shrink(file) {
  try {
    const picture = await pictureOf(file);
    const longest = lineIsSlow() ? LONGEST_PIXELS_SLOW : LONGEST_PIXELS;
    const scale = Math.min(1, longest / Math.max(picture.naturalWidth, picture.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(picture.src);
    const small = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
    return small && small.size < file.size ? small : file;
  } catch (unreadable) {
    return file;
  }
}

const pictureOf = file => new Promise((resolve, reject) => {
  const picture = new Image();
  picture.onload = () => resolve(picture);
  picture.onerror = reject;
  picture.src = URL.createObjectURL(file);
});

function useBlobUrl(blob) {
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

function Chosen({ photo, number, onRemove }) {
  const url = useBlobUrl(photo);
  return html`<li class="photo">${url && html`<img src=${url} alt=${t('photo.chosen', { number })} />`}
    <button type="button" class="photo-remove" aria-label=${t('photo.remove', { number })} onClick=${onRemove} data-testid=${'photo-remove-' + number}>
      <${Icon} name="close" /></button></li>`;
}

/** Choosing photos from the camera or the album; they are shrunk at once. */
export function PhotoPicker({ photos, onPhotos, id }) {
  const [working, setWorking] = useState(false);
  const add = async event => {
    const files = Array.from(event.target.files).slice(0, PHOTOS_AT_MOST - photos.length);
    event.target.value = '';
    setWorking(true);
    const made = [];
    for (const file of files) made.push(await shrink(file));
    setWorking(false);
    onPhotos(photos.concat(made));
  };
  return html`<ul class="photos" data-testid="chosen-photos">${photos.map((photo, index) => html`<${Chosen} key=${photo} photo=${photo} number=${index + 1}
      onRemove=${() => onPhotos(photos.filter(other => other !== photo))} />`)}
    ${photos.length < PHOTOS_AT_MOST && html`<li><input class="unseen" type="file" id=${id} accept="image/*" multiple onChange=${add} data-testid=${id} />
      <label class="photo-add" for=${id}><${Icon} name="camera" /><span>${t(working ? 'photo.shrinking' : 'photo.add')}</span></label></li>`}</ul>`;
}

/** Photos that the server keeps. pathOf(photo, size) is where one is. */
export function PhotoStrip({ photos, pathOf }) {
  const [open, setOpen] = useState(null);
  if (!photos || !photos.length) return null;
  return html`<ul class="photos" data-testid="photos">${photos.map((photo, index) => html`<li class="photo" key=${photo.id}>
      <button type="button" onClick=${() => setOpen(photo)} aria-label=${t('photo.open', { number: index + 1 })} data-testid=${'photo-' + photo.id}>
        <${Kept} path=${pathOf(photo, 'THUMBNAIL')} alt="" /></button></li>`)}</ul>
    ${open && html`<${Sheet} title=${t('photo.title')} onClose=${() => setOpen(null)} testid="photo-sheet">
      <${Kept} path=${pathOf(open, 'FULL')} alt=${t('photo.title')} large=${true} /><//>`}`;
}

function Kept({ path, alt, large }) {
  const [held, setHeld] = useState(null);
  useEffect(() => {
    let over = false;
    setHeld(null);
    getPicture(path).then(url => { if (!over) setHeld(url); }, () => { if (!over) setHeld('failed'); });
    return () => { over = true; };
  }, [path]);
  if (held === 'failed') return html`<span class="photo-gone small">${t('photo.gone')}</span>`;
  return held ? html`<img class=${large ? 'photo-large' : ''} src=${held} alt=${alt} />` : html`<span class="bone photo-bone"></span>`;
}
