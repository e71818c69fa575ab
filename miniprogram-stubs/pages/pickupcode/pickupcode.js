const api = require('../../utils/api.js');
const page = require('../../utils/page.js');
const parcels = require('../../utils/parcels.js');
const screen = require('../../utils/screen.js');

/** The code by which everything at the gate is handed over; kept on the page when the network goes, for it does not change. */
page({
  data: { code: '', scanned: '', gate: '', slot: '' },

  onLoad(query) {
    this.id = query.id;
  },

  onShow() {
    screen.brighten(this);
  },

  onHide() {
    this.rest();
  },

  onUnload() {
    this.rest();
  },

  rest() {
    screen.dim(this);
  },

  async load() {
    const [told, parcel] = await Promise.all([api.getPickupCode({ id: this.id }), api.getParcel({ id: this.id })]);
    this.setData({ code: told.code, scanned: parcels.scanned(told.code), gate: parcel.gate.name, slot: parcel.slot ? parcels.slotWords(parcel.slot) : '' });
  }
});
