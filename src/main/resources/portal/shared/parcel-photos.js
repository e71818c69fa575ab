/* Pictures of a parcel: shown to whoever sees the parcel, and sent by the gate and the office. */
import { t } from './i18n.js';
import { newUuid } from './ids.js';
import { uploadPhoto } from './photo-upload.js';
import { PhotoStrip } from './photos.js';
import { html } from './ui.js';

const PHOTOS_AT_MOST = 6;

const photosPath = parcel => '/parcels/' + encodeURIComponent(parcel.id) + '/photos';

export const takesMore = parcel => (parcel.photos || []).length < PHOTOS_AT_MOST;

/** The keys of pictures on their way: one that is sent again is not kept twice. */
const keys = new WeakMap();

/** @param onProgress told the part sent, 0 to 1 */
export async function sendParcelPhoto(parcel, photo, onProgress) {
  if (!keys.has(photo)) keys.set(photo, newUuid());
  return uploadPhoto(photosPath(parcel), photo, keys.get(photo), onProgress);
}

export function ParcelPhotos({ parcel }) {
  if (!(parcel.photos || []).length) return null;
  return html`<h3>${t('parcel.photos')}</h3><${PhotoStrip} photos=${parcel.photos.map(id => ({ id }))}
    pathOf=${(photo, size) => photosPath(parcel) + '/' + encodeURIComponent(photo.id) + '?size=' + size} />`;
}
