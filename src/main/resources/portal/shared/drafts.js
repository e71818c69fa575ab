/*
 * Reports that were sent but not answered. Each is stored before its first attempt and leaves only when the server has answered
 * for good, so that closing the page, a dead battery or a lift without signal loses nothing. The Idempotency-Key belongs to the draft,
 * not to the attempt: a report whose answer was lost is not entered twice.
 * A draft belongs to the person who made it and waits for their next login.
 */
import { Problem, request, worthRetrying } from './api.js';
import { newUuid } from './ids.js';
import { readPreference, writePreference } from './preferences.js';
import { currentMe } from './session.js';

const STORE = 'drafts';
const PAUSES_SECONDS = [5, 15, 30, 60];
const listeners = new Set();
const inFlight = new Set();
let memoryOnly = [];
let attempts = 0;
let timer = null;

function stored() {
  try {
    return JSON.parse(readPreference(STORE, '[]'));
  } catch (damaged) {
    return [];
  }
}

function all() {
  return stored().concat(memoryOnly);
}

function keep(draft) {
  const others = stored().filter(other => other.key !== draft.key);
  memoryOnly = memoryOnly.filter(other => other.key !== draft.key);
  if (!writePreference(STORE, JSON.stringify(others.concat(draft)))) memoryOnly.push(draft);
  changed();
}

export function discard(key) {
  memoryOnly = memoryOnly.filter(other => other.key !== key);
  writePreference(STORE, JSON.stringify(stored().filter(other => other.key !== key)));
  changed();
}

function changed() {
  listeners.forEach(listener => listener());
}

/** Called when a draft was made, answered or given up; with the answer when one came in the background. */
export function onDrafts(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Drafts of the person logged in; a refused one carries `refusal` (the server's words) and is not repeated by itself. */
export function myDrafts() {
  const me = currentMe();
  return me ? all().filter(draft => draft.owner === me.id) : [];
}

/**
 * Sends a report. Resolves to {sent: answer} or, when nobody answered, {waiting: draft}: it is kept and repeated.
 * A refusal is thrown (the form is still open and shows it) and leaves no draft behind.
 */
export async function send(path, body, about) {
  const me = currentMe();
  const draft = { key: newUuid(), owner: me.id, path, body, about, madeAt: new Date().toISOString() };
  keep(draft);
  try {
    return { sent: await attempt(draft) };
  } catch (error) {
    if (worthRetrying(error)) {
      schedule();
      return { waiting: draft };
    }
    discard(draft.key);
    throw error;
  }
}

async function attempt(draft) {
  inFlight.add(draft.key);
  try {
    const answer = await request('POST', draft.path, { body: draft.body, idempotencyKey: draft.key });
    discard(draft.key);
    return answer;
  } finally {
    inFlight.delete(draft.key);
  }
}

/** Repeats whatever waits, one after the other; stops at the first that again finds no server. Only the server refuses, in its words. */
export async function retryNow() {
  for (const draft of myDrafts()) {
    if (draft.refusal || inFlight.has(draft.key)) continue;
    try {
      const answer = await attempt(draft);
      attempts = 0;
      const refused = refusalsIn(answer);
      if (refused) keep(Object.assign({}, draft, { refusal: refused }));
      changed();
    } catch (error) {
      if (!(error instanceof Problem) || worthRetrying(error)) {
        schedule(error.retryAfterSeconds);
        return;
      }
      keep(Object.assign({}, draft, { refusal: error.detail || error.title || String(error.status) }));
    }
  }
}

/** A batch is answered member by member: what was not taken must be shown, also when nobody waited for the answer. */
function refusalsIn(answer) {
  const results = (answer.data && answer.data.results) || [];
  return results.filter(result => result.problem).map(result => result.problem.detail || result.problem.title).join(' ');
}

function schedule(seconds) {
  clearTimeout(timer);
  const pause = seconds || PAUSES_SECONDS[Math.min(attempts++, PAUSES_SECONDS.length - 1)];
  timer = setTimeout(retryNow, pause * 1000);
}

export function startRetrying() {
  window.addEventListener('online', () => { attempts = 0; retryNow(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) retryNow(); });
  window.addEventListener('storage', event => { if (event.key === 'gatehouse.' + STORE) changed(); });
  retryNow();
}
