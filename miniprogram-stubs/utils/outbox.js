/*
 * What was told and is not yet answered. Each thing is in the phone's storage before its first attempt and leaves it only when the server has
 * answered for good, so that closing WeChat, a dead battery or a lift without signal loses nothing. The Idempotency-Key belongs to the step, not
 * to the attempt: what was sent and not heard is not entered twice. It belongs to whoever made it and waits for their next login.
 */
const api = require('./api.js');
const photos = require('./photos.js');
const session = require('./session.js');
const uuid = require('./uuid.js');
const { inWords, isLineDown, Problem, Unreachable, worthRepeating } = require('./problem.js');

const STORE = 'outbox';
const PAUSES_SECONDS = [5, 15, 30, 60];
/* In a step's parameters: the id of what the first step made. */
const MADE = '$made';

const listeners = [];
const inFlight = {};
let flushing = null;
let timer = null;
let pauses = 0;
/* Something was handed over while others were being sent. */
let more = false;

const all = () => wx.getStorageSync(STORE) || [];

function write(things) {
  wx.setStorageSync(STORE, things);
  listeners.slice().forEach(listener => listener());
}

const keep = thing => write(all().filter(other => other.key !== thing.key).concat(thing).sort((one, other) => one.madeAt - other.madeAt));

const stands = thing => all().some(other => other.key === thing.key);

/** Once more as it is now, unless the person gave it up meanwhile. */
const rekeep = thing => {
  if (stands(thing)) keep(thing);
};

/** What was told before it of the same matter still waits: `after` names the matter. */
const waitsForAnother = thing => {
  const before = all().filter(other => other.owner === thing.owner && other.about.after === thing.about.after && !other.refusal);
  return Boolean(thing.about.after) && before.length > 0 && before[0].key !== thing.key;
};

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
 * @param {{title: string, files?: string[], names?: string[], after?: string}} about what the pages show while it waits; files: photos that the phone keeps
 *        until then; names: whose the members of a batch are; after: of what it is told, where one thing must not overtake another
 * @returns {Promise<{sent?: any, waiting: boolean}>} sent: the first step's answer; waiting: something is still to be sent. Throws a refusal of the first step.
 */
exports.hand = async (steps, about) => {
  const thing = {
    key: uuid(), owner: session.me().id, madeAt: Date.now(), about, done: 0, made: null,
    steps: steps.map(step => ({ call: step.call, args: step.args, key: uuid() }))
  };
  keep(thing);
  if (waitsForAnother(thing)) {
    sendTheRest();
    return { sent: undefined, waiting: true };
  }
  let sent;
  try {
    sent = await sendSteps(thing, answer => { sent = answer; });
    if (about.after) sendTheRest();
    return { sent, waiting: stands(thing) };
  } catch (fault) {
    if (worthRepeating(fault)) {
      schedule(fault.retryAfterSeconds);
      return { sent, waiting: true };
    }
    drop(thing.key);
    if (about.after) sendTheRest();
    throw fault;
  }
};

const current = thing => all().find(other => other.key === thing.key) || thing;

/** Which step was refused, in words: of a thing with photos every step after the first is one. */
const ofStep = (thing, fault) => ((thing.about.files || []).length ? '第 ' + thing.done + ' 张照片：' : '') + inWords(fault).advice;

/**
 * Sends what is left of it and takes it out of the box; resolves to the first answer of this turn. A refusal of the first step is thrown; one of a
 * later step keeps nothing from those after it, and what was refused stays in the box to be read.
 */
async function sendSteps(begun, onFirst) {
  let thing = begun;
  let first;
  inFlight[thing.key] = true;
  try {
    while (thing.done < thing.steps.length) {
      const step = thing.steps[thing.done];
      const args = step.args.map(arg => (arg && arg.id === MADE ? Object.assign({}, arg, { id: thing.made }) : arg));
      if (!isMine(thing)) throw new Problem(401, null, null);
      try {
        const answer = await api[step.call].apply(null, args.concat({ idempotencyKey: step.key }));
        if (first === undefined) {
          first = answer === undefined ? null : answer;
          if (thing.done === 0 && onFirst) onFirst(first);
        }
        thing = Object.assign({}, thing, { done: thing.done + 1, made: thing.made || answer && answer.id });
      } catch (fault) {
        if (thing.done === 0 || worthRepeating(fault)) throw fault;
        thing = Object.assign({}, thing, { done: thing.done + 1, refused: (thing.refused || []).concat(ofStep(thing, fault)) });
      }
      if (thing.done < thing.steps.length) rekeep(thing);
    }
    if (thing.refused) rekeep(Object.assign({}, thing, { refusal: thing.refused.join(' ') }));
    else over(thing);
    return first;
  } finally {
    delete inFlight[begun.key];
  }
}

/** Whoever is logged in meanwhile: it is sent only as the person who told it. */
function isMine(thing) {
  const me = session.me();
  return Boolean(me) && me.id === thing.owner;
}

/** A batch is answered member by member: what was not taken, and of whom, must be shown also when nobody waited for the answer. */
function refusalsIn(thing, answer) {
  const names = thing.about.names || [];
  return ((answer && answer.results) || []).map((result, place) => {
    if (!result.problem) return '';
    const words = inWords(new Problem(result.status, result.problem, null));
    return (names[place] ? names[place] + '：' : '') + (words.faults[0] || words.advice);
  }).filter(words => words).join(' ');
}

/**
 * Repeats whatever waits, one after the other. It ends where no server is found; what the server alone cannot do holds up nothing else, nor does one thing
 * with photos, which may be too much for a line that carries others.
 */
exports.flush = () => {
  if (!flushing) {
    flushing = repeatUntilNoMore().then(() => { flushing = null; });
  }
  return flushing;
};

function sendTheRest() {
  more = true;
  exports.flush();
}

async function repeatUntilNoMore() {
  do {
    more = false;
    await repeatAll();
  } while (more);
}

async function repeatAll() {
  let silence = false;
  for (const thing of exports.mine()) {
    if (thing.refusal || inFlight[thing.key] || !stands(thing) || waitsForAnother(thing)) continue;
    try {
      const refused = refusalsIn(thing, await sendSteps(thing));
      pauses = 0;
      if (refused) keep(Object.assign({}, thing, { refusal: refused }));
    } catch (fault) {
      if (!worthRepeating(fault)) {
        rekeep(Object.assign({}, current(thing), { refusal: inWords(fault).advice }));
        continue;
      }
      schedule(fault.retryAfterSeconds);
      const tooMuchForTheLine = fault instanceof Unreachable && (thing.about.files || []).length > 0 && !silence;
      if (isLineDown(fault) && !tooMuchForTheLine) return;
      silence = silence || tooMuchForTheLine;
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
