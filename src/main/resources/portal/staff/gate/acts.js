/*
 * Visitors and emergency vehicles on their way, in the same queue as scans. Each is kept before its first attempt and leaves only when
 * the server has answered for it; its nonce makes it one entry however often it is sent. What the server does not take stays and is shown.
 */
import { post, Problem, Unreachable, worthRetrying } from '../../shared/api.js';
import { nowMillis } from '../../shared/clock.js';
import { newUuid } from '../../shared/ids.js';
import { dequeue, enqueue, keep, kept, queued } from './keep.js';
import { isLineDown, noteLine, tell } from './line.js';

/** Longer than this nobody waits at a gate: then the gate decides by itself. */
export const PATIENCE_MILLIS = 2500;
/** What was being asked so long ago was answered to nobody. */
const FORGOTTEN_MILLIS = 60000;
const MADE_AT_MOST = 200;

export const chinaTime = millis => new Date(millis + 8 * 3600000).toISOString().slice(0, 23) + '+08:00';

const decided = item => (item.offline ? { admitted: item.admitted } : {});
const CALLS = {
  emergency: item => ['/emergency-entries', { gateId: item.gateId, service: item.service, nonce: item.nonce, enteredAt: chinaTime(item.clock || item.at) }],
  'emergency-leave': (item, id) => ['/emergency-entries/' + id + '/leave', { gateId: item.gateId, leftAt: chinaTime(item.clock || item.at) }],
  'visit-enter': (item, id) => ['/visits/' + id + '/enter', Object.assign({ gateId: item.gateId, nonce: item.nonce, enteredAt: chinaTime(item.clock || item.at) },
    item.body, decided(item))],
  'visit-leave': (item, id) => ['/visits/' + id + '/leave', Object.assign({ gateId: item.gateId, nonce: item.nonce, leftAt: chinaTime(item.clock || item.at) },
    decided(item))],
  'walk-in': item => ['/visits/walk-ins', Object.assign({ gateId: item.gateId, nonce: item.nonce, enteredAt: chinaTime(item.clock || item.at) }, item.body)]
};

const byTime = list => list.sort((one, other) => one.at - other.at);
export const acts = () => queued().then(all => byTime(all.filter(item => item.kind)));
/** What the server did not take, scans among them. */
export const refused = () => queued().then(all => byTime(all.filter(item => item.refused)));
/** Why, in the server's words. */
export const refusal = problem => [problem.title, problem.detail].concat(problem.errors.map(each => each.detail)).filter(Boolean).join(' ') || String(problem.status);

/**
 * Does what a guard has tapped: by the server or, where it does not answer in time, by the gate itself.
 * @param {{kind: string, gateId: string, id?: string, of?: string}} wish {@code of}: the nonce of what it is about, where that still waits
 * @param {() => object} byItself what the gate decides without the server
 * @returns {Promise<object>} the server's answer or the gate's decision, with {@code offline}
 */
export async function act(wish, byItself) {
  const item = Object.assign({ nonce: newUuid(), at: nowMillis(), clock: Date.now(), asking: true, offline: false }, wish);
  await enqueue(item);
  try {
    if (navigator.onLine === false) throw new Unreachable();
    const answer = await send(item, isLineDown() ? PATIENCE_MILLIS / 2 : PATIENCE_MILLIS);
    noteLine(true);
    await settle(item, answer);
    tell();
    return Object.assign({ offline: false }, answer);
  } catch (error) {
    if (error instanceof Problem && !worthRetrying(error)) {
      await dequeue(item.nonce);
      throw error;
    }
    noteLine(false);
    const decision = byItself ? byItself() : { allowed: true };
    await enqueue(Object.assign({}, item, { asking: false, offline: true, admitted: decision.allowed }));
    tell();
    return Object.assign({ offline: true }, decision);
  }
}

async function send(item, patienceMillis) {
  const id = item.id || ((await kept('made')) || {})[item.of];
  if (item.of && !id) throw new Unreachable();
  const [path, body] = CALLS[item.kind](item, id);
  return (await post(path, body, { patienceMillis })).data;
}

async function settle(item, answer) {
  const made = item.kind === 'emergency' ? answer.id : item.kind === 'walk-in' ? answer.visit.id : null;
  if (made) await keep('made', Object.fromEntries(Object.entries((await kept('made')) || {}).slice(1 - MADE_AT_MOST).concat([[item.nonce, made]])));
  await dequeue(item.nonce);
  // The server had turned them back before its answer was lost, and the gate let them in: that is news of its own.
  if (item.kind === 'visit-enter' && item.admitted && !answer.moved) await enqueue(Object.assign({}, item, { nonce: newUuid() }));
}

/** Sends what waits, in the order in which it happened; false where there is no line. */
export async function sendActs() {
  const list = (await acts()).filter(item => !item.refused && (!item.asking || nowMillis() - item.at > FORGOTTEN_MILLIS));
  for (const item of list) {
    try {
      await settle(item, await send(item));
      noteLine(true);
    } catch (error) {
      if (!(error instanceof Problem) || worthRetrying(error)) {
        noteLine(false);
        return false;
      }
      await refuse(item, error);
    }
    tell();
  }
  return true;
}

async function refuse(item, problem) {
  // Another gate has signed the vehicle out before: there is nothing left to say.
  if (item.kind === 'emergency-leave' && problem.status === 409) await dequeue(item.nonce);
  else await enqueue(Object.assign({}, item, { asking: false, refused: refusal(problem) }));
}

/** Puts right what the server did not take, and sends it. */
export async function correct(item, body) {
  await enqueue(Object.assign({}, item, { nonce: newUuid(), body, refused: null }));
  await giveUp(item);
  sendActs();
}

/** After somebody has read it. */
export async function giveUp(item) {
  await dequeue(item.nonce);
  tell();
}
