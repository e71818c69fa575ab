/*
 * Steps at a door that were not answered yet. Each is stored before it is sent, with the picture where it is one, and leaves only when the
 * server has answered for good; they go in the order in which they were done. The key belongs to the step, so that none is entered twice.
 */
import { post, postPhoto, Problem, worthRetrying } from './api.js';
import { newUuid } from './ids.js';
import { nowMillis } from './clock.js';
import { readPreference, writePreference } from './preferences.js';
import { currentMe } from './session.js';

const STORE = 'walks';
const PAUSE_MILLIS = 8000;
const AFTER = { TAKE: 'TAKEN', PLACE: 'PLACED', PHOTO: 'SHOWN', RING: 'RUNG', LEAVE: 'DONE', GIVE_BACK: 'OPEN' };
const listeners = new Set();
/* What the server took since it was last asked, each with its place in the order of its answers. */
const taken = new Map();
let answers = 0;
let memory = null;
let sending = false;
let timer = null;

function all() {
  if (memory) return memory;
  try {
    memory = JSON.parse(readPreference(STORE, '[]'));
  } catch (damaged) {
    memory = [];
  }
  return memory;
}

function keep(steps) {
  memory = steps;
  // A full store loses nothing while the page is open.
  writePreference(STORE, JSON.stringify(steps));
  listeners.forEach(listener => listener());
}

const mine = () => all().filter(step => currentMe() && step.owner === currentMe().id);

export function onWalks(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The steps of a walk that wait, and the state that it is in once they have arrived. */
export function waitingFor(task) {
  const steps = mine().filter(step => step.task === task.id && !step.refusal);
  const refused = mine().find(step => step.task === task.id && step.refusal);
  return { count: steps.length, state: steps.length ? AFTER[steps[steps.length - 1].event] : (taken.has(task.id) ? taken.get(task.id).state : task.state), refusal: refused ? refused.refusal : null };
}

/** Until then the server knows less than this device. */
export const anythingWaits = () => mine().some(step => !step.refusal);

/** How many steps the server has answered: what is asked of it from now on knows of them. */
export const answered = () => answers;

/** The server was asked after so many answers; of a step that it took while that list was on its way, the list may know nothing. */
export const forgetTaken = known => taken.forEach(({ at }, task) => { if (at <= known) taken.delete(task); });

export function dropRefused(task) {
  keep(all().filter(step => step.task !== task.id));
}

/** @param {string} event a step, or PHOTO with its picture */
export function addStep(task, event, photo) {
  keep(all().concat({ key: newUuid(), owner: currentMe().id, task: task.id, event, photo: photo || null, at: new Date(nowMillis()).toISOString() }));
  return sendWalks();
}

function attempt(step) {
  const path = '/door-tasks/' + encodeURIComponent(step.task);
  return step.event === 'PHOTO' ? postPhoto(path + '/photo', step.photo, { idempotencyKey: step.key })
    : post(path + '/events', { event: step.event, at: step.at }, { idempotencyKey: step.key });
}

/** Sends what waits, one after the other; what the server refuses stays with its words, and so do the steps after it. */
export async function sendWalks() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  try {
    for (let step = next(); step; step = next()) {
      try {
        await attempt(step);
        taken.set(step.task, { state: AFTER[step.event], at: ++answers });
        const key = step.key;
        keep(all().filter(other => other.key !== key));
      } catch (error) {
        if (!(error instanceof Problem) || worthRetrying(error)) {
          timer = setTimeout(sendWalks, PAUSE_MILLIS);
          return;
        }
        const key = step.key;
        keep(all().map(other => (other.key === key ? Object.assign({}, other, { refusal: error.detail || error.title || String(error.status) }) : other)));
      }
    }
  } finally {
    sending = false;
  }
}

function next() {
  const steps = mine();
  return steps.find(step => !step.refusal && !steps.some(other => other.task === step.task && other.refusal));
}

window.addEventListener('online', sendWalks);
