/*
 * The gate's own decision, for the time without network: the same order of reasons as the server's, on what the kit knew. The server
 * judges again when the line is back and marks what it sees otherwise.
 */
import { isGenuine, isOfNow, readCode } from './codes.js';

/**
 * @param {{code: string, direction: string, tenths: number|null, mask: boolean|null}} scan
 * @param {object} kit what the gate knew last
 * @param {object} seen {number: 'OUT'|'RETURNED'} by this gate since then
 * @returns {Promise<{allowed: boolean, reason: string, colour?: string, number?: string, warnings: string[]}>}
 */
export async function decide(scan, kit, seen, nowMillis) {
  const code = readCode(scan.code);
  if (!kit) return { allowed: false, reason: 'no-kit', warnings: [] };
  if (!code) return { allowed: false, reason: /^\d{8}$/.test(scan.code.trim()) ? 'typed-offline' : 'forged', warnings: [] };
  if (!await isGenuine(code, kit.keys)) return { allowed: false, reason: 'forged', warnings: [] };
  const pass = kit.passes.find(each => each.number === code.number);
  const found = against(scan, code, pass, kit, seen[code.number], nowMillis);
  return { allowed: found.length === 0, reason: found[0] || 'ok', colour: pass && pass.colour, number: code.number,
    warnings: pass || found[0] === 'not-in-kit' || kit.revoked.includes(code.number) ? [] : ['not-in-kit'] };
}

function against(scan, code, pass, kit, seenAs, nowMillis) {
  const standing = seenAs || (pass && pass.standing) || null;
  const leaving = scan.direction === 'OUT';
  const revoked = kit.revoked.includes(code.number);
  const reasons = [];
  const add = (holds, reason) => { if (holds) reasons.push(reason); };
  add(!code.card && !isOfNow(code, kit.policy.stepSeconds, nowMillis), 'expired-code');
  add(leaving && pass && nowMillis < Date.parse(pass.validFrom), 'not-yet');
  add(leaving && pass && nowMillis > Date.parse(pass.leaveBy), 'too-late');
  add(leaving && (standing === 'OUT' || standing === 'RETURNED'), 'already-out');
  // Who left by the other gate may be unknown here: only who was seen coming back cannot come back again.
  add(!leaving && standing === 'RETURNED', 'not-out');
  add(leaving && (revoked || code.card && pass && pass.card !== code.step), 'revoked');
  add(scan.tenths !== null && scan.tenths > Math.round(kit.policy.feverAbove * 10), 'fever');
  add(scan.mask === false, 'no-mask');
  add(leaving && pass && pass.suspended, 'suspended');
  // Of another compound, or given since: this gate cannot tell, and a live code of anywhere must not open it.
  add(!pass && !revoked && !standing, 'not-in-kit');
  return reasons;
}

/** Which way somebody most likely goes. */
export function guessDirection(text, kit, seen) {
  const code = readCode(text);
  const pass = code && kit && kit.passes.find(each => each.number === code.number);
  const standing = code && (seen[code.number] || (pass && pass.standing));
  return standing === 'OUT' ? 'IN' : 'OUT';
}
