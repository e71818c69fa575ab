/*
 * What the gate knows for the time without network, and its own decision by it: the same order of reasons as the portal's gate page and the
 * server. The server judges again when the line is back and marks what it sees otherwise.
 */
const api = require('./api.js');
const clock = require('./clock.js');
const gatecode = require('./gatecode.js');
const outbox = require('./outbox.js');
const session = require('./session.js');

const STORE = 'gatekit';
const FRESH_MILLIS = 20000;

let held = null;
let refreshing = null;

/** Of whoever is on duty: another guard may stand at another compound's gate. */
function mine() {
  const me = session.me();
  if (!held) held = wx.getStorageSync(STORE) || null;
  return held && me && held.owner === me.id ? held : null;
}

function keep(next) {
  held = next;
  try {
    wx.setStorageSync(STORE, next);
  } catch (full) {
    // WeChat keeps a megabyte of one thing: a larger kit holds for as long as the mini program runs.
    wx.removeStorageSync(STORE);
  }
}

/** Asks for what is new, at most every twenty seconds; whether there is a line shows elsewhere. */
exports.refresh = () => {
  const known = mine();
  if (!session.may('getGateKit') || known && Math.abs(clock.nowMillis() - known.checkedAt) < FRESH_MILLIS) return Promise.resolve();
  if (!refreshing) refreshing = ask(known).then(() => { refreshing = null; }, () => { refreshing = null; });
  return refreshing;
};

async function ask(known) {
  const owner = session.me().id;
  let etag = '';
  const kit = await api.getGateKit({ headers: known ? { 'If-None-Match': known.etag } : {}, answer: told => { etag = told.header('ETag'); } });
  const seen = mine() ? mine().seen : {};
  // A new kit knows what this phone has told; what still waits is known here only.
  const waits = outbox.mine().some(thing => thing.steps.some(step => step.call === 'scanPasses'));
  if (kit) keep({ owner, kit, etag, checkedAt: clock.nowMillis(), seen: waits ? seen : {} });
  else if (known) keep(Object.assign({}, known, { checkedAt: clock.nowMillis(), seen }));
}

/** Since when nothing newer is known: millis; null where nothing is. */
exports.knownSince = () => (mine() ? mine().checkedAt : null);

/** Somebody went through here, whoever decided it: the kit at hand does not know. */
exports.noteSeen = (text, direction) => {
  const known = mine();
  const code = gatecode.read(text);
  if (known && code) keep(Object.assign({}, known, { seen: Object.assign({}, known.seen, { [code.number]: direction === 'OUT' ? 'OUT' : 'RETURNED' }) }));
};

/**
 * @param {{code: string, direction: string, temperature?: number, mask: boolean}} scan
 * @returns {{allowed: boolean, reason: string, colour?: string, number?: string, warnings: string[]}}
 */
exports.decide = (scan, nowMillis) => {
  const code = gatecode.read(scan.code);
  const known = mine();
  if (!known) return { allowed: false, reason: 'no-kit', warnings: [] };
  if (!code) return { allowed: false, reason: /^\d{8}$/.test(scan.code.trim()) ? 'typed-offline' : 'forged', warnings: [] };
  if (!gatecode.isGenuine(code, known.kit.keys)) return { allowed: false, reason: 'forged', warnings: [] };
  const pass = known.kit.passes.find(each => each.number === code.number);
  const reasons = against(scan, code, pass, known, nowMillis);
  return { allowed: reasons.length === 0, reason: reasons[0] || 'ok', colour: pass && pass.colour, number: code.number,
    warnings: pass || reasons[0] === 'not-in-kit' || known.kit.revoked.indexOf(code.number) >= 0 ? [] : ['not-in-kit'] };
};

function against(scan, code, pass, known, nowMillis) {
  const kit = known.kit;
  const standing = known.seen[code.number] || pass && pass.standing || null;
  const leaving = scan.direction === 'OUT';
  const revoked = kit.revoked.indexOf(code.number) >= 0;
  const reasons = [];
  const add = (holds, reason) => { if (holds) reasons.push(reason); };
  add(!code.card && !gatecode.isOfNow(code, kit.policy.stepSeconds, nowMillis), 'expired-code');
  add(leaving && pass && nowMillis < Date.parse(pass.validFrom), 'not-yet');
  add(leaving && pass && nowMillis > Date.parse(pass.leaveBy), 'too-late');
  add(leaving && (standing === 'OUT' || standing === 'RETURNED'), 'already-out');
  // Who left by another gate may be unknown here: only who was seen coming back cannot come back again.
  add(!leaving && standing === 'RETURNED', 'not-out');
  add(leaving && (revoked || code.card && pass && pass.card !== code.step), 'revoked');
  add(scan.temperature !== undefined && Math.round(scan.temperature * 10) > Math.round(kit.policy.feverAbove * 10), 'fever');
  add(scan.mask === false, 'no-mask');
  add(leaving && pass && pass.suspended, 'suspended');
  // Of another compound, or given since: this gate cannot tell, and a live code of anywhere must not open it.
  add(!pass && !revoked && !standing, 'not-in-kit');
  return reasons;
}
