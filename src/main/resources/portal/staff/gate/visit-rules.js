/* What a gate without network decides about a visitor, on what it knew last; the server judges again when the line is back. */
import { today } from '../../shared/clock.js';
import { holds } from '../../shared/regions.js';

/**
 * {allowed, reason} in the server's order of reasons.
 * @param {{feverAbove: number, regions: object[]}} known what the gate knew last
 */
export function decideVisit(visit, check, known, nowMillis) {
  const reason = ofState(visit, nowMillis) || ofCheck(Object.assign({ regionCode: visit.regionCode }, check), known);
  return { allowed: reason === null, reason: reason || 'ok' };
}

function ofState(visit, nowMillis) {
  if (visit.state === 'CANCELLED') return 'cancelled';
  if (visit.state === 'INSIDE') return 'already-inside';
  if (visit.state === 'LEFT') return 'already-left';
  if (nowMillis < Date.parse(visit.validFrom)) return 'not-yet';
  return nowMillis > Date.parse(visit.validUntil) ? 'too-late' : null;
}

export function ofCheck(check, known) {
  if (check.regionCode && known.regions.some(region => isListed(region, today()) && holds(region.regionCode, check.regionCode))) return 'region-listed';
  if (check.temperature > known.feverAbove) return 'fever';
  if (check.healthCode !== 'GREEN') return 'health-code';
  if (!check.mask) return 'no-mask';
  if (!check.hostPresent) return 'host-absent';
  return check.nameChecked ? null : 'name-not-checked';
}

const isListed = (region, day) => region.from <= day && (!region.to || day <= region.to);

const characters = code => code.normalize('NFKC').toUpperCase().replace(/[\s\-‐-―_.·]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

/** The visit of a code that somebody shows, by its tag; undefined where this gate knows none. */
export async function visitOfCode(visits, code) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(characters(code))));
  const tag = Array.from(hash.slice(0, 3), byte => byte.toString(16).padStart(2, '0')).join('').slice(0, 5);
  return visits.find(visit => visit.codeTag === tag);
}

/** The visits as this gate knows them: with what it has done since and not sent. */
export function withActs(visits, acts) {
  const state = {};
  acts.filter(item => item.offline && !item.refused).forEach(item => {
    if (item.kind === 'visit-enter' && item.admitted) state[item.id] = 'INSIDE';
    if (item.kind === 'visit-leave') state[item.id || item.of] = 'LEFT';
  });
  const walkIns = acts.filter(item => item.kind === 'walk-in' && item.offline && !item.refused).map(item => ({ id: item.nonce, local: true, state: 'INSIDE',
    visitorName: item.body.visitorName, household: item.body.household, phone: item.body.phone, purpose: item.body.purpose || '', enteredAt: item.at }));
  return walkIns.concat(visits).map(visit => (state[visit.id] ? Object.assign({}, visit, { state: state[visit.id], waiting: true }) : visit))
    .filter(visit => visit.state !== 'LEFT');
}
