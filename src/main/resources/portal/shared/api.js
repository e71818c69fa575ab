import { acceptLanguage } from './i18n.js';
import { noteBusinessTime } from './clock.js';
import * as session from './session.js';

const API = '/api/v1';
const PATIENCE_MILLIS = 20000;

/** The server said no, in words: problem+json. */
export class Problem extends Error {
  constructor(status, body, retryAfterSeconds) {
    super(body.detail || body.title || String(status));
    this.status = status;
    this.type = body.type || 'about:blank';
    this.slug = String(this.type).split(/[/#:]/).pop();
    this.title = body.title || '';
    this.detail = body.detail || '';
    this.instance = body.instance || '';
    this.errors = Array.isArray(body.errors) ? body.errors : [];
    this.retryAfterSeconds = retryAfterSeconds;
    this.body = body;
  }

  /** The server's words for one field, e.g. at('/temperature'). */
  at(pointer) {
    const fault = this.errors.find(error => error.pointer === pointer || error.pointer === '#' + pointer);
    return fault ? fault.detail : '';
  }
}

/** Nobody answered, or not in time: the request may or may not have arrived, so it must be repeated with the same key. */
export class Unreachable extends Error {}

/** Whether trying the very same request again later can help. */
export function worthRetrying(error) {
  if (error instanceof Unreachable) return true;
  return error instanceof Problem && (error.status === 401 || error.status === 408 || error.status === 429 || error.status >= 500);
}

export const get = (path, query) => request('GET', path, { query });
export const post = (path, body, options) => request('POST', path, Object.assign({ body }, options));
export const remove = path => request('DELETE', path);
export const put = (path, body, options) => request('PUT', path, Object.assign({ body }, options));

/** The items of a list that always comes whole, such as a household's members. */
export const getItems = path => get(path).then(answer => answer.data.items);

/** Every item of a paged list, following cursors, up to a bound that no compound reaches on one screen. */
export async function getAll(path, query, bound) {
  const items = [];
  let cursor = null;
  do {
    const page = (await get(path, Object.assign({ limit: 200 }, query, cursor ? { cursor } : {}))).data;
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < (bound || 2000));
  return items;
}

/**
 * @param {{query?: object, body?: any, idempotencyKey?: string, ifMatch?: string, ifNoneMatch?: string, anonymous?: boolean,
 *   patienceMillis?: number, headers?: object}} [options]
 * @returns {Promise<{status: number, data: any, etag: string|null, replayed: boolean}>} throws Problem or Unreachable
 */
export async function request(method, path, options) {
  return answer(await exchange(method, path, options || {}));
}

/** Sends a picture, a data URL, as the form's field `photo`. */
export async function postPhoto(path, dataUrl, options) {
  const form = new FormData();
  const [head, content] = dataUrl.split(',');
  const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
  form.append('photo', new Blob([bytes], { type: head.slice(5).split(';')[0] }), 'photo.jpg');
  return request('POST', path, Object.assign({ body: form, patienceMillis: 60000 }, options));
}

/** A picture as a data URL, for an image. */
export async function getPicture(path, query) {
  const response = await exchange('GET', path, { query });
  if (!response.ok) await answer(response);
  try {
    return await asDataUrl(await response.blob());
  } catch (cutOff) {
    throw new Unreachable();
  }
}

const asDataUrl = blob => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.onerror = reject;
  reader.readAsDataURL(blob);
});

async function exchange(method, path, wanted) {
  let response = await send(method, path, wanted);
  if (response.status === 401 && !wanted.anonymous) {
    const outcome = await session.refresh(wanted.patienceMillis);
    if (outcome === 'unreachable') throw new Unreachable();
    if (outcome === 'fresh') response = await send(method, path, wanted);
  }
  return response;
}

async function send(method, path, wanted) {
  if (!wanted.anonymous && !session.currentAccessToken() && session.hasStoredSession()) {
    const outcome = await session.refresh(wanted.patienceMillis);
    if (outcome === 'unreachable') throw new Unreachable();
  }
  const headers = { Accept: 'application/json, application/problem+json', 'Accept-Language': acceptLanguage(), 'Gatehouse-Side': session.side() };
  const token = session.currentAccessToken();
  if (token && !wanted.anonymous) headers.Authorization = 'Bearer ' + token;
  if (wanted.idempotencyKey) headers['Idempotency-Key'] = wanted.idempotencyKey;
  if (wanted.ifNoneMatch) headers['If-None-Match'] = wanted.ifNoneMatch;
  if (wanted.ifMatch) headers['If-Match'] = wanted.ifMatch;
  if (wanted.body !== undefined && !(wanted.body instanceof FormData)) headers['Content-Type'] = 'application/json';
  // by this device's clock, however wrong: the server reckons by it when what the body tells was
  if (method === 'POST') headers['Gatehouse-Sent-At'] = new Date().toISOString();
  Object.assign(headers, wanted.headers);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), wanted.patienceMillis || PATIENCE_MILLIS);
  try {
    return await fetch(API + path + queryOf(wanted.query), {
      method,
      headers,
      body: wanted.body === undefined || wanted.body instanceof FormData ? wanted.body : JSON.stringify(wanted.body),
      cache: 'no-store',
      signal: patience.signal
    });
  } catch (noNetwork) {
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
  }
}

async function answer(response) {
  noteBusinessTime(response.headers.get('Gatehouse-Time'));
  let data = null;
  if (response.status !== 204) {
    let text;
    try {
      text = await response.text();
    } catch (cutOff) {
      throw new Unreachable();
    }
    data = parse(text);
  }
  if (!response.ok && response.status !== 304) throw problemOf(response.status, data, response.headers.get('Retry-After'));
  return {
    status: response.status,
    data,
    etag: response.headers.get('ETag'),
    replayed: response.headers.get('Idempotent-Replay') === 'true'
  };
}

export function problemOf(status, body, retryAfter) {
  const seconds = Number(retryAfter);
  return new Problem(status, body && typeof body === 'object' ? body : {}, seconds > 0 ? seconds : null);
}

/** A proxy's error page is HTML: then there is no body to speak of, only a status. */
export function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch (notJson) {
    return null;
  }
}

export function queryOf(query) {
  const pairs = Object.entries(query || {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return pairs.length ? '?' + pairs.map(([name, value]) => encodeURIComponent(name) + '=' + encodeURIComponent(value)).join('&') : '';
}
