/* How a parcel looks and reads, for residents, guards, the office and couriers alike. */
import { carrierName } from './carriers.js';
import { clockOf, dateOf, today } from './clock.js';
import { dateWords } from './health.js';
import { t } from './i18n.js';
import { html } from './ui.js';

const TAGS = { AT_GATE: 'waiting', BOOKED: 'info', COLLECTED: 'good', AT_DOOR: 'good', RETURNED: '', LOST: 'bad', DAMAGED: 'bad' };

export const isWaiting = parcel => parcel.state === 'AT_GATE' || parcel.state === 'BOOKED';

/** "今天 10:00", or with its date. */
export const momentWords = at => (dateOf(at) === today() ? t('parcel.today') : dateWords(dateOf(at))) + ' ' + clockOf(at);

export const slotWords = slot => momentWords(slot.startsAt) + '–' + clockOf(slot.endsAt);

export function ParcelTag({ parcel }) {
  const state = parcel.toSort ? 'TO_SORT' : parcel.brought ? 'BROUGHT' : parcel.returnDue ? 'RETURN_DUE' : parcel.state;
  return html`<span class=${'tag ' + (parcel.toSort || parcel.returnDue ? 'bad' : parcel.brought ? 'info' : TAGS[parcel.state])} data-state=${state}>${t('parcel.state.' + state)}</span>`;
}

/** Carrier, tail, and what must not be overlooked. */
export const parcelName = parcel => html`<span class="strong">${carrierName(parcel.carrier)}</span> <span
    class="num nowrap">…${parcel.trackingTail}</span>${parcel.perishable && html` <span class="tag bad">${t('parcel.perishable')}</span>`}`;
