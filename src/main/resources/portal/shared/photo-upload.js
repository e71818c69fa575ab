/* A photo on its way, with progress, given up where the line stands still. */
import { get, parse, problemOf, Unreachable } from './api.js';
import { acceptLanguage } from './i18n.js';
import { currentAccessToken } from './session.js';

const STALLED_MILLIS = 30000;

/**
 * @param onProgress told the part sent, 0 to 1; fetch would not tell
 * @returns {Promise<object>} the answer; throws Problem or Unreachable
 */
export async function uploadPhoto(path, photo, idempotencyKey, onProgress) {
  // Fetches a fresh token where the old one is spent.
  await get('/me');
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    let watch = null;
    const moved = () => {
      clearTimeout(watch);
      watch = setTimeout(() => call.abort(), STALLED_MILLIS);
    };
    const over = then => { clearTimeout(watch); then(); };
    call.open('POST', '/api/v1' + path);
    call.setRequestHeader('Authorization', 'Bearer ' + currentAccessToken());
    call.setRequestHeader('Accept-Language', acceptLanguage());
    call.setRequestHeader('Idempotency-Key', idempotencyKey);
    call.upload.onprogress = event => {
      moved();
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    call.onerror = () => over(() => reject(new Unreachable()));
    call.onabort = () => over(() => reject(new Unreachable()));
    call.onload = () => over(() => {
      const body = parse(call.responseText);
      if (call.status >= 200 && call.status < 300) resolve(body);
      else reject(problemOf(call.status, body, call.getResponseHeader('Retry-After')));
    });
    const form = new FormData();
    form.append('photo', photo, 'photo');
    moved();
    call.send(form);
  });
}
