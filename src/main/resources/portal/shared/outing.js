/* How a pass looks and reads, for residents and staff alike. */
import { clockOf, dateOf, today } from './clock.js';
import { dateWords } from './health.js';
import { t } from './i18n.js';
import { html } from './ui.js';

export const KINDS = ['SUPPLIES', 'WORK', 'MEDICAL', 'ESSENTIAL_WORKER', 'VEHICLE'];
const TAGS = { PENDING: 'waiting', APPROVED: 'good', OUT: 'info', RETURNED: '', OVERDUE: 'bad', REJECTED: 'missing', CANCELLED: '', EXPIRED: '' };

export function PassTag({ pass }) {
  const suspended = pass.state === 'APPROVED' && pass.suspendedBy;
  return html`<span class=${'tag ' + (suspended ? 'bad' : TAGS[pass.state])} data-state=${pass.state}>
    ${t(suspended ? 'pass.suspended' : 'pass.state.' + pass.state)}</span>`;
}

/** "Today 10:00–10:30", or with its date. */
export const leaveWords = pass => (dateOf(pass.validFrom) === today() ? within(pass, t('pass.today')) : datedWords(pass));

/** With its date in any case, for paper. */
export const datedWords = pass => within(pass, dateWords(dateOf(pass.validFrom)));

const within = (pass, day) => t('pass.leave', { day, from: clockOf(pass.validFrom), to: clockOf(pass.leaveBy) });

export const backWords = pass => t('pass.back', { clock: clockOf(pass.validUntil) });

export const isLive = pass => pass.state === 'APPROVED' || pass.state === 'OUT' || pass.state === 'OVERDUE';

/** Slots of a day by gate: [{gate, slots}] */
export function byGate(slots) {
  const gates = [];
  slots.forEach(slot => {
    let place = gates.find(one => one.gate.id === slot.gate.id);
    if (!place) {
      place = { gate: slot.gate, slots: [] };
      gates.push(place);
    }
    place.slots.push(slot);
  });
  return gates;
}

export const freeIn = slot => Math.max(0, slot.capacity - slot.taken);
