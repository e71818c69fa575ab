/*
 * What was done where the line is poor, with its photos: a ticket, an arrival, a finish. Everything is kept on the device before its first
 * attempt, in the order in which it was done, and leaves only when the server has answered for good. A key belongs to its step, not to the
 * attempt: what was sent and not heard is not done twice. It belongs to the person who did it and waits for their next login.
 */
import { Problem, request, worthRetrying } from './api.js';
import { newUuid } from './ids.js';
import { uploadPhoto } from './photo-upload.js';
import { currentMe, onSession } from './session.js';
import { useEffect, useState } from './ui.js';

const NAME = 'gatehouse-sending';
const STORE = 'batches';
const PAUSES_SECONDS = [4, 10, 20, 40];
const memory = new Map();
/* A look that began before something left must not bring it back. */
const gone = new Set();
const listeners = new Set();
const outcomes = new Map();
const progress = new Map();
let opened = null;
const lanes = { first: null, photos: null };
let timer = null;
let attempts = 0;
let lastAt = 0;

function open() {
  if (!opened) {
    opened = new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'key' });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }
  return opened;
}

async function run(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const asked = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** A browser that forbids stores, or whose store is full, still sends as long as the page is open. */
async function keep(batch) {
  memory.set(batch.key, batch);
  await run('readwrite', store => store.put(batch)).catch(() => undefined);
  tell();
}

async function drop(key) {
  memory.delete(key);
  gone.add(key);
  progress.delete(key);
  await run('readwrite', store => store.delete(key)).catch(() => undefined);
  tell();
}

async function all() {
  const stored = await run('readonly', store => store.getAll()).catch(() => []);
  stored.filter(batch => !memory.has(batch.key) && !gone.has(batch.key)).forEach(batch => memory.set(batch.key, batch));
  return Array.from(memory.values()).sort((one, other) => one.at - other.at);
}

const tell = () => listeners.forEach(listener => listener());

/** Those of whoever is logged in, oldest first; a refused one carries `refusal`, the server's words. */
export async function mySending() {
  const me = currentMe();
  return me ? (await all()).filter(batch => batch.owner === me.id) : [];
}

export const discardSending = drop;

/**
 * Sends something, and then its photos; `{id}` in their path is the id that the first answer gave. Nobody waits for the photos.
 *
 * @param {string} chain what must be done in order: of one chain nothing overtakes what waits
 * @param {{path: string, body?: object, photo?: Blob}[]} steps
 * @param {object} about what the pages show while it waits
 * @returns {Promise<{sent?: object, waiting: boolean}>} sent: the answer to the first step; waiting: something is still to be sent; throws a refusal
 */
export async function hand(chain, steps, about) {
  const batch = { key: newUuid(), owner: currentMe().id, chain, at: lastAt = Math.max(Date.now(), lastAt + 1), about, made: null, done: 0, refusal: null,
    steps: steps.map(step => Object.assign({ key: newUuid() }, step)) };
  await keep(batch);
  // A round that is under way may have looked before this one was kept.
  if (lanes.first) await lanes.first;
  await runLane('first');
  const outcome = outcomes.get(batch.key) || {};
  outcomes.delete(batch.key);
  if (outcome.refused) {
    await drop(batch.key);
    throw outcome.refused;
  }
  return { sent: outcome.sent, waiting: memory.has(batch.key) };
}

/** Sends whatever waits; stops where nobody answers. */
export function flush() {
  return Promise.all([runLane('first'), runLane('photos')]);
}

function runLane(lane) {
  if (!lanes[lane]) lanes[lane] = sendAll(lane).finally(() => { lanes[lane] = null; });
  return lanes[lane];
}

async function sendAll(lane) {
  const stuck = new Set();
  for (const batch of await mySending()) {
    if ((batch.done > 0) !== (lane === 'photos')) continue;
    if (batch.refusal || stuck.has(batch.chain)) {
      stuck.add(batch.chain);
      continue;
    }
    try {
      await (lane === 'photos' ? sendPhotos(batch) : sendFirst(batch));
      attempts = 0;
    } catch (error) {
      if (worthRetrying(error)) {
        await markTried();
        schedule(error.retryAfterSeconds);
        return;
      }
      stuck.add(batch.chain);
      if (!(error instanceof Problem)) console.error(error);
      if (lane === 'first') outcomes.set(batch.key, { refused: error });
      await keep(Object.assign({}, memory.get(batch.key) || batch, { refusal: error.detail || error.title || String(error.status || error) }));
    }
  }
}

/** From now on the pages say that it waits; what is answered at once need not flash up. */
async function markTried() {
  for (const batch of await mySending()) if (!batch.tried) await keep(Object.assign({}, batch, { tried: true }));
}

async function sendFirst(batch) {
  const step = batch.steps[0];
  const answer = step.photo ? await uploadPhoto(step.path, step.photo, step.key, part => { progress.set(batch.key, part); tell(); })
    : (await request('POST', step.path, { body: step.body, idempotencyKey: step.key })).data;
  outcomes.set(batch.key, { sent: answer });
  if (batch.steps.length === 1) {
    await drop(batch.key);
    return;
  }
  await keep(Object.assign({}, memory.get(batch.key) || batch, { done: 1, made: answer.id }));
  // Photos are long: whatever else is done meanwhile goes past them.
  if (lanes.photos) lanes.photos.then(() => runLane('photos'));
  else runLane('photos');
}

async function sendPhotos(begun) {
  let batch = begun;
  while (batch.done < batch.steps.length) {
    const step = batch.steps[batch.done];
    await uploadPhoto(step.path.replace('{id}', encodeURIComponent(batch.made)), step.photo, step.key, part => { progress.set(batch.key, part); tell(); });
    batch = Object.assign({}, memory.get(batch.key) || batch, { done: batch.done + 1 });
    progress.delete(batch.key);
    await keep(batch);
  }
  await drop(batch.key);
}

function schedule(seconds) {
  clearTimeout(timer);
  timer = setTimeout(flush, (seconds || PAUSES_SECONDS[Math.min(attempts++, PAUSES_SECONDS.length - 1)]) * 1000);
}

let started = false;

/** At the opening of the portal, and by every page that shows what waits. */
export function startSending() {
  if (!started) {
    started = true;
    window.addEventListener('online', () => { attempts = 0; flush(); });
    document.addEventListener('visibilitychange', () => { if (!document.hidden) flush(); });
    onSession(me => { if (me) flush(); });
  }
  flush();
}

/** {items: what waits or was refused, progressOf(batch) 0…1 of all its steps}: drawn anew whenever something was kept, sent or refused. */
export function useSending() {
  const [items, setItems] = useState([]);
  useEffect(() => {
    let over = false;
    const look = () => mySending().then(mine => { if (!over) setItems(mine.filter(batch => batch.tried || batch.refusal || batch.done > 0)); });
    listeners.add(look);
    look();
    startSending();
    return () => { over = true; listeners.delete(look); };
  }, []);
  return { items, progressOf: batch => (batch.done + (progress.get(batch.key) || 0)) / batch.steps.length };
}
