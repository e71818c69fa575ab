/*
 * Scans on their way. Each is kept before its first attempt and leaves only when the server has taken it; its nonce makes it one
 * movement however often it is sent. What the server does not take stays and is shown.
 */
import { post, Problem, problemOf, Unreachable, worthRetrying } from '../../shared/api.js';
import { nowMillis } from '../../shared/clock.js';
import { newUuid } from '../../shared/ids.js';
import { chinaTime, PATIENCE_MILLIS, refusal, sendActs } from './acts.js';
import { decide } from './decide.js';
import { dequeue, enqueue, queued } from './keep.js';
import { kitNow, noteSeen, refreshKit, seenNow } from './kit.js';
import { isLineDown, noteLine, tell } from './line.js';

const AT_ONCE = 100;
const RETRY_MILLIS = 5000;
let atOnce = AT_ONCE;
let flushing = null;

/** Scans that wait. */
export const waiting = () => queued().then(all => all.filter(each => each.decided && !each.refused));

function bodyOf(scan) {
  const body = { code: scan.code, gateId: scan.gateId, direction: scan.direction, nonce: scan.nonce, scannedAt: chinaTime(scan.clock || scan.at) };
  if (scan.tenths !== null) body.temperature = scan.tenths / 10;
  if (scan.mask !== null) body.mask = scan.mask;
  return body;
}

/**
 * Decides about somebody at the gate: by the server, or by the kit where it does not answer in time.
 * @returns {Promise<{allowed, reason, colour?, household?, warnings, offline: boolean, nonce}>}
 */
export async function scanNow(wish) {
  const scan = Object.assign({ nonce: newUuid(), at: nowMillis(), clock: Date.now(), decided: false, admitted: false }, wish);
  await enqueue(scan);
  try {
    if (navigator.onLine === false) throw new Unreachable();
    const answer = (await post('/gate-scans', bodyOf(scan), { patienceMillis: isLineDown() ? PATIENCE_MILLIS / 2 : PATIENCE_MILLIS })).data;
    noteLine(true);
    await dequeue(scan.nonce);
    return Object.assign({ offline: false }, answer);
  } catch (error) {
    if (error instanceof Problem && !worthRetrying(error)) {
      await dequeue(scan.nonce);
      throw error;
    }
    noteLine(false);
    return byItself(scan);
  }
}

async function byItself(scan) {
  const decision = await decide(scan, kitNow(), seenNow(), scan.at);
  // Digits that this gate could not read are no refusal: sent as one, the server would find them good and take it for a movement.
  if (decision.reason === 'typed-offline') await dequeue(scan.nonce);
  else await enqueue(Object.assign({}, scan, { decided: true, admitted: decision.allowed, number: decision.number || null }));
  if (decision.allowed) await noteSeen(decision.number, scan.direction);
  tell();
  return Object.assign({ offline: true, nonce: scan.nonce }, decision);
}

/** They are let through all the same: the server is told so, and marks it. */
export async function letThrough(answer, wish) {
  const scan = Object.assign({}, wish, { nonce: newUuid(), at: nowMillis(), clock: Date.now(), decided: true, admitted: true, number: answer.number || null });
  await enqueue(scan);
  await noteSeen(scan.number, scan.direction);
  tell();
  flush();
}

/** Sends what waits; again and again until nothing does. */
export function flush() {
  if (!flushing) flushing = send().then(sendActs).finally(() => { flushing = null; });
  return flushing;
}

async function send() {
  const all = (await queued()).filter(each => !each.kind && !each.refused).sort((one, other) => one.at - other.at);
  // What was being asked when the page was closed was answered to nobody: the gate let nobody through by it.
  const list = all.filter(each => each.decided || nowMillis() - each.at > 60000).slice(0, atOnce);
  if (!list.length) return;
  let results;
  try {
    results = (await post('/gate-scans/batch', { scans: list.map(scan => Object.assign(bodyOf(scan), { admitted: Boolean(scan.admitted) })) })).data.results;
  } catch (error) {
    if (await isForOneOfThem(list, error)) return send();
    noteLine(false);
    tell();
    return;
  }
  noteLine(true);
  for (let i = 0; i < list.length; i++) await settle(list[i], results[i]);
  atOnce = Math.min(AT_ONCE, atOnce * 2);
  tell();
  refreshKit();
  if (results.every(result => result.status < 500)) await send();
}

async function settle(scan, result) {
  if (result.status < 400) await dequeue(scan.nonce);
  else if (result.status < 500) await refuse(scan, problemOf(result.status, result.problem));
}

/** A list of which something is wrong, or which is too long: half of it goes next, until the one is found that holds up the others. */
async function isForOneOfThem(list, error) {
  if (!(error instanceof Problem) || ![400, 413].includes(error.status)) return false;
  if (list.length === 1) await refuse(list[0], error);
  atOnce = Math.ceil(list.length / 2);
  return true;
}

const refuse = (scan, problem) => enqueue(Object.assign({}, scan, { decided: true, refused: refusal(problem) }));

/** What was not taken of one guard may be taken of the next. */
export async function sendAgain(scan) {
  await enqueue(Object.assign({}, scan, { refused: null }));
  tell();
  flush();
}

export function startSending() {
  window.addEventListener('online', flush);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) flush(); });
  setInterval(() => { if (navigator.onLine !== false) flush(); }, RETRY_MILLIS);
  flush();
}
