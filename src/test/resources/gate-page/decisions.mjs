/* The portal's gate page and the mini program's decide alike without network; the reasons stand in the order of the API. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { createRequire } from 'node:module';
import { decide } from './staff/gate/decide.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const NOW = Date.parse('2026-11-22T09:30:00+08:00');
const STEP = Math.floor((NOW - Date.parse('2026-01-01T00:00:00+08:00')) / 30000);
const HOUR = 3600000;
const pair = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');

function base32(bytes) {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.padEnd(Math.ceil(bits.length / 5) * 5, '0').match(/.{5}/g) || []).map(five => ALPHABET[parseInt(five, 2)]).join('');
}

function code(number, { card = false, step = STEP, key = pair } = {}) {
  const payload = Buffer.alloc(12);
  payload[0] = 64 | (card ? 32 : 0) | 3;
  payload.writeUIntBE(step, 1, 3);
  Buffer.from(number, 'hex').copy(payload, 4);
  const signature = sign(null, Buffer.concat([Buffer.from('gatehouse pass 1'), payload]), key.privateKey);
  return base32(Buffer.concat([payload, signature, Buffer.alloc(8)]));
}

const iso = millis => new Date(millis).toISOString();
const pass = (number, standing, more) => Object.assign({ number, standing, colour: 'PINK', validFrom: iso(NOW - HOUR), leaveBy: iso(NOW + HOUR),
  validUntil: iso(NOW + 3 * HOUR), card: 2, suspended: false }, more);
const GOOD = '0000000000000001', TOMORROW = '0000000000000002', OVER = '0000000000000003', OUT = '0000000000000004', SUSPENDED = '0000000000000005',
  BACK = '0000000000000006', REVOKED = '0000000000000007', UNKNOWN = '0000000000000008', SEEN_OUT = '0000000000000009';
const kit = {
  keys: [{ hint: 3, publicKey: pair.publicKey.export({ format: 'jwk' }).x }], policy: { feverAbove: 37.3, stepSeconds: 30 },
  passes: [pass(GOOD, 'APPROVED'), pass(TOMORROW, 'APPROVED', { validFrom: iso(NOW + 24 * HOUR), leaveBy: iso(NOW + 25 * HOUR) }),
    pass(OVER, 'UNUSED', { leaveBy: iso(NOW - 1000) }), pass(OUT, 'OUT'), pass(SUSPENDED, 'APPROVED', { suspended: true }), pass(BACK, 'RETURNED')],
  revoked: [REVOKED]
};
const seen = { [SEEN_OUT]: 'OUT' };

/* The mini program's, with its surroundings replaced. */
const require = createRequire(new URL('./mini/utils/gatekit.js', import.meta.url));
const place = (name, exports) => { require.cache[require.resolve(name)] = { id: name, filename: name, loaded: true, exports }; };
['./api.js', './outbox.js'].forEach(name => place(name, {}));
place('./clock.js', { nowMillis: () => NOW });
place('./session.js', { me: () => ({ id: 'guard' }), may: () => false });
globalThis.wx = { getStorageSync: () => ({ owner: 'guard', kit, etag: '', checkedAt: NOW, seen }) };
const gatekit = require('./gatekit.js');

async function both(text, direction, { tenths = 365, mask = true, at = NOW } = {}) {
  const portal = await decide({ code: text, direction, tenths, mask }, kit, seen, at);
  const mini = gatekit.decide(Object.assign({ code: text, direction, mask }, tenths === null ? {} : { temperature: tenths / 10 }), at);
  assert.deepEqual({ ...mini }, { ...portal }, direction + ' ' + text);
  assert.equal(portal.allowed, portal.reason === 'ok');
  return portal.reason;
}

for (const [expected, text, direction, more] of [
  ['ok', code(GOOD), 'OUT'], ['ok', code(GOOD, { card: true, step: 2 }), 'OUT'], ['ok', code(OUT), 'IN'], ['ok', code(SEEN_OUT), 'IN'],
  ['forged', code(GOOD, { key: stranger }), 'OUT'], ['forged', 'A'.repeat(135), 'OUT'], ['typed-offline', '12345678', 'OUT'],
  ['expired-code', code(GOOD, { step: STEP - 2 }), 'OUT'], ['expired-code', code(UNKNOWN, { step: STEP - 2 }), 'OUT'],
  ['not-yet', code(TOMORROW), 'OUT'], ['ok', code(TOMORROW, { step: STEP + 2880 }), 'OUT', { at: NOW + 24 * HOUR }], ['too-late', code(OVER), 'OUT'],
  ['already-out', code(OUT), 'OUT'], ['already-out', code(BACK), 'OUT'], ['already-out', code(SEEN_OUT), 'OUT'], ['not-out', code(BACK), 'IN'],
  ['revoked', code(REVOKED), 'OUT'], ['revoked', code(GOOD, { card: true, step: 1 }), 'OUT'],
  ['fever', code(GOOD), 'OUT', { tenths: 374 }], ['ok', code(GOOD), 'OUT', { tenths: 373 }], ['ok', code(GOOD), 'OUT', { tenths: null }],
  ['no-mask', code(GOOD), 'OUT', { mask: false }], ['suspended', code(SUSPENDED), 'OUT'],
  // live, genuine, and of another compound or given since
  ['not-in-kit', code(UNKNOWN), 'OUT'], ['not-in-kit', code(UNKNOWN), 'IN'], ['not-in-kit', code(UNKNOWN, { card: true, step: 1 }), 'OUT'],
  ['fever', code(UNKNOWN), 'OUT', { tenths: 380 }]
]) assert.equal(await both(text, direction, more), expected, expected + ' ' + direction);

const numbers = [GOOD, TOMORROW, OVER, OUT, SUSPENDED, BACK, REVOKED, UNKNOWN, SEEN_OUT];
for (const number of numbers) for (const card of [false, true]) for (const step of card ? [1, 2] : [STEP, STEP - 3]) for (const direction of ['OUT', 'IN'])
  for (const tenths of [null, 365, 380]) for (const mask of [true, false]) await both(code(number, { card, step }), direction, { tenths, mask });
