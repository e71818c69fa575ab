/* Lists that a gate keeps for the time without network: visitors of the day, who is out, emergency vehicles, the risk list. Gone when the guard logs out. */
import { get, getAll, getItems, Problem, worthRetrying } from '../../shared/api.js';
import { nowMillis, today } from '../../shared/clock.js';
import { keep, kept } from './keep.js';
import { isLineDown } from './line.js';

const EVERY_MILLIS = 60000;
const A_DAY_MILLIS = 24 * 3600000;
const LOADS = {
  visits: () => getAll('/visits', { atGate: true, date: today() }),
  outside: () => get('/outside').then(answer => answer.data.items),
  emergencies: () => getAll('/emergency-entries', { open: true }),
  regions: () => getItems('/risk-regions')
};

/** {items, at}: {@code at} is when they were known last, null where they are as the server has them now. */
export async function listOf(name) {
  try {
    const items = await LOADS[name]();
    await keep('list-' + name, { items, at: nowMillis() });
    return { items, at: null };
  } catch (error) {
    if (error instanceof Problem && !worthRetrying(error)) throw error;
    const held = await keptList(name);
    if (!held) throw error;
    return held;
  }
}

export async function keptList(name) {
  const held = await kept('list-' + name);
  return held && nowMillis() - held.at < A_DAY_MILLIS ? held : null;
}

/** The risk list as it was known last; none where none was. */
export const keptRegions = () => keptList('regions').then(held => (held ? held.items : []));

export async function forgetLists() {
  for (const name of Object.keys(LOADS)) await keep('list-' + name, null);
}

export function startLists() {
  const renew = () => { if (!isLineDown() && !document.hidden) Object.keys(LOADS).forEach(name => listOf(name).catch(() => undefined)); };
  renew();
  return setInterval(renew, EVERY_MILLIS);
}
