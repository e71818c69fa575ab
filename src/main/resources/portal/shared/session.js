/*
 * Who is logged in on this page.
 *
 * The access token (15 minutes) lives in memory only. The refresh token is kept in localStorage, because an elder who
 * measures twice a day cannot be asked for a password twice a day, and the API is a bearer API shared with the mini program (no cookie).
 * What limits the harm: the CSP allows no foreign and no inline script, nothing is rendered from strings of markup, each refresh token
 * works once, and the server ends the whole session when an old one comes back. Logging out removes it here and revokes it there.
 *
 * Residents' and staff pages keep separate sessions: a grid worker is also somebody's neighbour.
 */
import { noteBusinessTime } from './clock.js';
import { acceptLanguage } from './i18n.js';
import { readPreference, writePreference } from './preferences.js';

const API = '/api/v1';
/* For those who wait; the exchange itself goes on: its answer is the only one that has the next token. */
const PATIENCE_MILLIS = 10000;
const ANSWER_MILLIS = 25000;
let app = 'resident';
let accessToken = null;
let refreshing = null;
let me = null;
let volatileRefreshToken = null;
const listeners = new Set();

export function openSessionOf(appName) {
  app = appName;
  window.addEventListener('storage', event => {
    if (event.key === 'gatehouse.' + app + '.refresh' && event.newValue === null) forget();
  });
}

/** As what somebody is here who both lives and works in the compound; the server narrows their permissions to it. */
export const side = () => app === 'staff' ? 'STAFF' : 'RESIDENT';

const refreshKey = () => app + '.refresh';

export const currentMe = () => me;
export const currentAccessToken = () => accessToken;
export const hasStoredSession = () => storedRefreshToken() !== null;

export function may(permission) {
  return Boolean(me && me.permissions && me.permissions.includes(permission));
}

export function onSession(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function begin(login) {
  accessToken = login.accessToken;
  storeRefreshToken(login.refreshToken);
  setMe(login.me);
}

export function setMe(next) {
  me = next;
  listeners.forEach(listener => listener(me));
}

/** Ends the session on this device only; drafts stay for the next login of the same person. */
export function forget() {
  accessToken = null;
  volatileRefreshToken = null;
  writePreference(refreshKey(), null);
  setMe(null);
}

/**
 * A fresh access token. All callers of this page share one request; other tabs are kept out by a lock where the browser has one,
 * and elsewhere the server's grace for lost replies covers the overlap.
 * Resolves to 'fresh', 'ended' (log in again) or 'unreachable' (keep the session, try later; also where no answer came in time).
 *
 * @param {number} [patienceMillis] for whom less than ten seconds is long
 */
export function refresh(patienceMillis) {
  if (!refreshing) {
    refreshing = inOneTab(exchange).finally(() => { refreshing = null; });
  }
  return within(Math.min(patienceMillis || PATIENCE_MILLIS, PATIENCE_MILLIS), refreshing);
}

function within(millis, outcome) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('unreachable'), millis);
    outcome.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function inOneTab(work) {
  return navigator.locks ? navigator.locks.request('gatehouse.' + refreshKey(), work) : work();
}

async function exchange() {
  const refreshToken = storedRefreshToken();
  if (refreshToken === null) return 'ended';
  const answer = await ask(refreshToken);
  if (!answer) return 'unreachable';
  const { status, login, businessTime } = answer;
  if (status === 400 || status === 401 || status === 403) {
    forget();
    return 'ended';
  }
  if (!login || !login.accessToken) return 'unreachable';
  // Before anybody is told of the session: the first page asks for today.
  noteBusinessTime(businessTime);
  accessToken = login.accessToken;
  storeRefreshToken(login.refreshToken);
  if (login.me) setMe(login.me);
  return 'fresh';
}

/** Null where nobody answered; a proxy's page is no answer either, whatever its status says. */
async function ask(refreshToken) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), ANSWER_MILLIS);
  try {
    const response = await fetch(API + '/auth/refresh', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': acceptLanguage(), 'Gatehouse-Side': side() },
      body: JSON.stringify({ refreshToken }),
      cache: 'no-store',
      signal: patience.signal
    });
    return { status: response.status, login: response.ok ? await response.json() : null, businessTime: response.headers.get('Gatehouse-Time') };
  } catch (noNetwork) {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function storedRefreshToken() {
  return readPreference(refreshKey(), null) || volatileRefreshToken;
}

function storeRefreshToken(token) {
  volatileRefreshToken = writePreference(refreshKey(), token) ? null : token;
}
