const api = require('../../utils/api.js');
const carriers = require('../../utils/carriers.js');
const clock = require('../../utils/clock.js');
const page = require('../../utils/page.js');
const uuid = require('../../utils/uuid.js');
const { Problem } = require('../../utils/problem.js');

const EMPTY = { building: '', unit: '', room: '', phoneTail: '', trackingTail: '' };

/** Whose it is, as the courier wrote it; null while it is not whole. */
function addressOf(by, entered) {
  if (by === 'phone') return /^\d{4}$/.test(entered.phoneTail) ? { phoneTail: entered.phoneTail } : null;
  const address = { building: entered.building.trim(), unit: entered.unit.trim(), room: entered.room.trim() };
  return address.building && address.unit && address.room ? address : null;
}

/** A courier's page: no login, one gate, nothing of any resident. */
page({
  guest: true,

  data: { link: null, by: 'phone', entered: EMPTY, carriers: carriers.CARRIERS, carrier: 0, perishable: false, count: 0, done: '', complete: false },

  onLoad(query) {
    this.headers = { 'Gate-Link': decodeURIComponent(query.token || '') };
    this.key = uuid();
  },

  async load() {
    const link = await api.getCourierLink({ headers: this.headers });
    this.setData({ link: { gate: link.gate, until: clock.clockOf(link.expiresAt) }, count: link.registered });
  },

  /** Another parcel than the one that may be under way gets a key of its own. */
  change(changes) {
    this.key = uuid();
    const next = Object.assign({}, { by: this.data.by, entered: this.data.entered }, changes);
    this.setData(Object.assign(changes, { done: '', complete: Boolean(addressOf(next.by, next.entered) && next.entered.trackingTail.trim()) }));
  },

  chooseBy(event) {
    this.change({ by: event.currentTarget.dataset.id });
  },

  enter(event) {
    this.change({ entered: Object.assign({}, this.data.entered, { [event.currentTarget.dataset.name]: event.detail.value }) });
  },

  chooseCarrier(event) {
    this.change({ carrier: Number(event.detail.value) });
  },

  togglePerishable() {
    this.change({ perishable: !this.data.perishable });
  },

  register() {
    if (!this.data.complete) return Promise.resolve();
    const body = Object.assign({
      trackingTail: this.data.entered.trackingTail.trim(), carrier: carriers.CARRIERS[this.data.carrier].code, perishable: this.data.perishable, disinfected: false
    }, addressOf(this.data.by, this.data.entered));
    return this.attempt(async () => {
      await api.registerParcel(body, { open: true, headers: this.headers, idempotencyKey: this.key });
      this.change({ entered: EMPTY, count: this.data.count + 1 });
      this.setData({ done: body.trackingTail });
    });
  },

  onFailure(fault) {
    if (fault instanceof Problem && fault.status === 401) this.setData({ link: null });
  }
});
