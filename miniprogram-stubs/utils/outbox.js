/*
 * What was told and is not yet answered. Each thing is in the phone's storage before its first attempt and leaves it only when the server has
 * answered for good, so that closing WeChat, a dead battery or a lift without signal loses nothing. The Idempotency-Key belongs to the step, not
 * to the attempt: what was sent and not heard is not entered twice. It belongs to whoever made it and waits for their next login.
 */
const api = require('./api.js');
const photos = require('./photos.js');
const session = require('./session.js');
const uuid = require('./uuid.js');
const { inWords, worthRepeating } = require('./problem.js');

const STORE = 'outbox';
const PAUSES_SECONDS = [5, 15, 30, 60];
/* In a step's parameters: the id of what the first step made. */
const MADE = '$made';

const listeners = [];
const inFlight = {};
let flushing = null;
let timer = null;
let pauses = 0;

const all = () => wx.getStorageSync(STORE) || [];

function write(things) {
  wx.setStorageSync(STORE, things);
  listeners.slice().forEach(listener => listener());
}

const keep = thing => write(all().filter(other => other.key !== thing.key).concat(thing).sort((one, other) => one.madeAt - other.madeAt));

const drop = key => write(all().filter(thing => thing.key !== key));

/** Photos of a thing that is over need no room on the phone any more. */
const over = thing => {
  drop(thing.key);
  (thing.about.files || []).forEach(photos.forget);
};

/** The person gives it up. */
exports.discard = key => all().filter(thing => thing.key === key).forEach(over);

/** Told when something was kept, answered, refused or given up; returns what ends it. */
exports.onChange = listener => {
  listeners.push(listener);
  return () => listeners.splice(listeners.indexOf(listener), 1);
};

/** Those of whoever is logged in, oldest first; a refused one has `refusal`, the server's words, and is not repeated by itself. */
exports.mine = () => {
  const me = session.me();
  return me ? all().filter(thing => thing.owner === me.id) : [];
};

/**
 * Sends something once.
 *
 * @param {{call: string, args: any[]}[]} steps operationIds with the arguments of their functions in api.js, in order; a parameter '$made' is the id that
 *        the first answer gave. Only operations with an Idempotency-Key, or that may be repeated.
 * @param {{title: string, files?: string[]}} about what the pages show while it waits; files: photos that the phone keeps until then
 * @returns {Promise<{sent?: any, waiting: boolean}>} sent: the first step's answer; waiting: something is still to be sent. Throws a refusal of the first step.
 */
exports.hand = async (steps, about) => {
  const thing = {
    key: uuid(), owner: session.me().id, madeAt: Date.now(), about, done: 0, made: null,
    steps: steps.map(step => ({ call: step.call, args: step.args, key: uuid() }))
  };
  keep(thing);
  let sent;
  try {
    sent = await sendSteps(thing, answer => { sent = answer; });
    return { sent, waiting: false };
  } catch (fault) {
    const begun = sent !== undefined;
    if (worthRepeating(fault)) {
      schedule(fault.retryAfterSeconds);
      return { sent, waiting: true };
    }
    if (begun) {
      keep(Object.assign({}, current(thing), { refusal: inWords(fault).advice }));
      return { sent, waiting: true };
    }
    drop(thing.key);
    throw fault;
  }
};

const current = thing => all().find(other => other.key === thing.key) || thing;

/** Sends what is left of it and takes it out of the box; resolves to the first answer of this turn. */
async function sendSteps(begun, onFirst) {
  let thing = begun;
  let first;
  inFlight[thing.key] = true;
  try {
    while (thing.done < thing.steps.length) {
      const step = thing.steps[thing.done];
      const args = step.args.map(arg => (arg && arg.id === MADE ? Object.assign({}, arg, { id: thing.made }) : arg));
      const answer = await api[step.call].apply(null, args.concat({ idempotencyKey: step.key }));
      if (first === undefined) {
        first = answer === undefined ? null : answer;
        if (thing.done === 0 && onFirst) onFirst(first);
      }
      thing = Object.assign({}, thing, { done: thing.done + 1, made: thing.made || answer && answer.id });
      if (thing.done < thing.steps.length) keep(thing);
    }
    over(thing);
    return first;
  } finally {
    delete inFlight[begun.key];
  }
}

/** A batch is answered member by member: what was not taken must be shown also when nobody waited for the answer. */
const refusalsIn = answer => ((answer && answer.results) || []).filter(result => result.problem)
  .map(result => result.problem.detail || result.problem.title).join(' ');

/** Repeats whatever waits, one after the other; stops at the first that again finds no server. */
exports.flush = () => {
  if (!flushing) {
    flushing = repeatAll().then(() => { flushing = null; });
  }
  return flushing;
};

async function repeatAll() {
  for (const thing of exports.mine()) {
    if (thing.refusal || inFlight[thing.key]) continue;
    try {
      const refused = refusalsIn(await sendSteps(thing));
      pauses = 0;
      if (refused) keep(Object.assign({}, thing, { refusal: refused }));
    } catch (fault) {
      if (worthRepeating(fault)) {
        schedule(fault.retryAfterSeconds);
        return;
      }
      keep(Object.assign({}, current(thing), { refusal: inWords(fault).advice }));
    }
  }
}

function schedule(seconds) {
  clearTimeout(timer);
  const pause = seconds || PAUSES_SECONDS[Math.min(pauses, PAUSES_SECONDS.length - 1)];
  pauses++;
  timer = setTimeout(exports.flush, pause * 1000);
}

session.onChange(me => { if (me) exports.flush(); });
