/* How a parcel reads. */
const { carrierName } = require('./carriers.js');
const clock = require('./clock.js');

const STATE_WORDS = {
  AT_GATE: '待取', BOOKED: '已预约', COLLECTED: '已取', AT_DOOR: '已送到门口', RETURNED: '已退回', LOST: '遗失', DAMAGED: '破损'
};
const LOOKS = { AT_GATE: 'warn', BOOKED: 'info', COLLECTED: 'good', AT_DOOR: 'good', LOST: 'bad', DAMAGED: 'bad' };

exports.isWaiting = parcel => parcel.state === 'AT_GATE' || parcel.state === 'BOOKED';

exports.slotWords = slot => clock.momentWords(slot.startsAt) + '–' + clock.clockOf(slot.endsAt);

/** A pickup code as a QR code holds it. */
exports.scanned = code => code.replace(/-/g, '');

exports.drawn = parcel => ({
  id: parcel.id, name: carrierName(parcel.carrier) + ' …' + parcel.trackingTail, perishable: parcel.perishable, gate: parcel.gate.name,
  stateWords: parcel.brought ? '送上门' : parcel.returnDue ? '该退回' : STATE_WORDS[parcel.state],
  look: parcel.brought ? 'info' : parcel.returnDue ? 'bad' : LOOKS[parcel.state] || '', brought: parcel.brought,
  at: clock.momentWords(parcel.endedAt || parcel.registeredAt)
});

/** What waits at one gate belongs together: one booking, one code. */
exports.heaps = parcels => {
  const found = [];
  parcels.filter(exports.isWaiting).forEach(parcel => {
    let heap = found.find(one => one.gateId === parcel.gate.id);
    if (!heap) {
      heap = { gateId: parcel.gate.id, gate: parcel.gate.name, first: parcel.id, parcels: [], slot: '', urgent: false, brought: true };
      found.push(heap);
    }
    heap.parcels.push(exports.drawn(parcel));
    if (!heap.slot && parcel.slot) heap.slot = exports.slotWords(parcel.slot);
    heap.urgent = heap.urgent || parcel.perishable && !parcel.brought;
    heap.brought = heap.brought && parcel.brought;
  });
  return found;
};
