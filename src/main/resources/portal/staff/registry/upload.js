import { get, parse, problemOf, queryOf, Unreachable } from '../../shared/api.js';
import { acceptLanguage } from '../../shared/i18n.js';
import { currentAccessToken } from '../../shared/session.js';

/**
 * Sends a file as the body of a POST. fetch tells nothing of how far an upload is, XMLHttpRequest does.
 * @param onProgress told the part sent, 0 to 1; 1 means the server is working on it
 */
export async function upload(path, query, file, mediaType, idempotencyKey, onProgress) {
  await get('/me');
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', '/api/v1' + path + queryOf(query));
    call.setRequestHeader('Authorization', 'Bearer ' + currentAccessToken());
    call.setRequestHeader('Accept-Language', acceptLanguage());
    call.setRequestHeader('Idempotency-Key', idempotencyKey);
    call.setRequestHeader('Content-Type', mediaType);
    call.upload.onprogress = event => { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    call.upload.onload = () => onProgress(1);
    call.onerror = () => reject(new Unreachable());
    call.onload = () => {
      const body = parse(call.responseText);
      if (call.status >= 200 && call.status < 300) resolve(body);
      else reject(problemOf(call.status, body, call.getResponseHeader('Retry-After')));
    };
    call.send(file);
  });
}
