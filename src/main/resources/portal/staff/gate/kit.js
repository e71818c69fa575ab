/* The gate kit: fetched while there is a line, kept for the time without one, and always shown with its age. */
import { get, request } from '../../shared/api.js';
import { nowMillis, noteBusinessTime } from '../../shared/clock.js';
import { keep, kept, queued } from './keep.js';

const EVERY_MILLIS = 20000;
const CHINA_MILLIS = 8 * 3600000;
const listeners = new Set();
let held = null;
let seen = {};

export const kitNow = () => held && held.kit;
export const seenNow = () => seen;
export const onKit = listener => { listeners.add(listener); return () => listeners.delete(listener); };
const tell = () => listeners.forEach(listener => listener());

/** Since when nothing newer is known; null where nothing is. */
export const knownSince = () => (held ? held.checkedAt : null);

export async function openKit() {
  held = (await kept('kit')) || null;
  seen = (await kept('seen')) || {};
  if (held && Math.abs(nowMillis() - Date.now()) < 10) rememberClock(held.aheadMillis);
  tell();
  refreshKit();
  setInterval(refreshKit, EVERY_MILLIS);
  window.addEventListener('online', refreshKit);
}

/** Nobody has told the time since the page was opened: a device whose clock is wrong goes by what was told last. */
function rememberClock(aheadMillis) {
  noteBusinessTime(new Date(Date.now() + aheadMillis + CHINA_MILLIS).toISOString().slice(0, 23) + '+08:00');
}

export async function refreshKit() {
  try {
    const answer = await request('GET', '/gate-kit', held ? { ifNoneMatch: held.etag } : {});
    const checked = { checkedAt: nowMillis(), aheadMillis: nowMillis() - Date.now() };
    held = Object.assign(answer.status === 304 ? Object.assign({}, held) : { kit: answer.data, etag: answer.etag }, checked);
    if (answer.status !== 304) await forgetSeen();
    await keep('kit', held);
    tell();
  } catch (noLine) {
    tell();
  }
}

/** A new kit knows what this gate has sent; what still waits is known here only. */
async function forgetSeen() {
  const numbers = (await queued()).map(item => item.number);
  seen = Object.fromEntries(Object.entries(seen).filter(([number]) => numbers.includes(number)));
  await keep('seen', seen);
}

export async function noteSeen(number, direction) {
  if (!number) return;
  seen = Object.assign({}, seen, { [number]: direction === 'OUT' ? 'OUT' : 'RETURNED' });
  await keep('seen', seen);
}

export const gateHistory = gateId => get('/gate-scans', { gateId, limit: 50 }).then(answer => answer.data.items);
