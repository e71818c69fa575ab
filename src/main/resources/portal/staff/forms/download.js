import { get, parse, problemOf, queryOf, Unreachable } from '../../shared/api.js';
import { acceptLanguage } from '../../shared/i18n.js';
import { currentAccessToken } from '../../shared/session.js';

const NEW_LINE = 10;

/** The connection broke off before the file was whole. */
export class BrokenOff extends Error {}

/**
 * Fetches a form that the server writes while it reads it, so that nobody knows its length before; only a whole one is handed over.
 * @param onProgress told {bytes, lines, rows}: what has come, and how many rows it will have
 * @param signal of an AbortController, to stop it
 * @returns {Promise<{name: string, file: Blob}>} throws Problem, Unreachable or BrokenOff
 */
export async function download(path, query, onProgress, signal) {
  // so that the token is fresh: this call cannot be repeated half-way
  await get('/me');
  const response = await reached(fetch('/api/v1' + path + queryOf(query), {
    headers: { Authorization: 'Bearer ' + currentAccessToken(), 'Accept-Language': acceptLanguage() }, cache: 'no-store', signal }), Unreachable);
  if (!response.ok) throw problemOf(response.status, parse(await response.text()), response.headers.get('Retry-After'));
  const rows = Number(response.headers.get('Gatehouse-Rows-Expected'));
  onProgress({ bytes: 0, lines: 0, rows });
  const pieces = await reached(all(response, (bytes, lines) => onProgress({ bytes, lines, rows })), BrokenOff);
  return { name: nameIn(response.headers.get('Content-Disposition')), file: new Blob(pieces, { type: response.headers.get('Content-Type') }) };
}

async function reached(answer, Fault) {
  try {
    return await answer;
  } catch (failed) {
    if (failed.name === 'AbortError') throw failed;
    throw new Fault();
  }
}

async function all(response, tell) {
  const reader = response.body.getReader();
  const pieces = [];
  let bytes = 0;
  let lines = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return pieces;
    pieces.push(value);
    bytes += value.length;
    for (let i = 0; i < value.length; i++) if (value[i] === NEW_LINE) lines++;
    tell(bytes, lines);
  }
}

/** The name in Chinese, as RFC 6266 writes it. */
function nameIn(disposition) {
  const found = /filename\*=UTF-8''([^;]+)/.exec(disposition || '');
  return found ? decodeURIComponent(found[1]) : 'form';
}
