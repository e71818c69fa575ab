const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const once = require('../../utils/once.js');
const page = require('../../utils/page.js');
const parcels = require('../../utils/parcels.js');

const AT_ONCE = 100;
const SHOWN_PAST = 20;
const DAYS = [1, 3, 7];

/** The midnight at which it ends belongs to the day before. */
const collectorDrawn = collector => ({
  id: collector.id, name: collector.name, code: collector.code || '', scanned: parcels.scanned(collector.code || ''), until: clock.dateWords(clock.plusDays(clock.dateOf(collector.validUntil), -1)) + ' 之内有效'
});

/** What waits on top with its code one tap away, then who else may collect, then what was. */
page({
  data: {
    heaps: null, past: [], collectors: [], shownCollector: '', naming: false, name: '', days: '1', dayChoices: DAYS.map(days => ({ id: String(days), words: days + ' 天' }))
  },

  onLoad() {
    this.once = once();
  },

  async load() {
    const [listed, named] = await Promise.all([api.listParcels({ limit: AT_ONCE }), api.listCollectors()]);
    this.setData({
      heaps: parcels.heaps(listed.items),
      past: listed.items.filter(parcel => !parcels.isWaiting(parcel)).slice(0, SHOWN_PAST).map(parcels.drawn),
      collectors: named.items.map(collectorDrawn)
    });
  },

  cancelBooking(event) {
    return this.attempt(async () => {
      await api.cancelPickup({ id: event.currentTarget.dataset.id });
      wx.showToast({ title: '已取消预约' });
      await this.reload();
    });
  },

  showCode(event) {
    const id = event.currentTarget.dataset.id;
    this.setData({ shownCollector: id === this.data.shownCollector ? '' : id });
  },

  copyCode(event) {
    const collector = this.data.collectors[event.currentTarget.dataset.at];
    wx.setClipboardData({ data: '取件码 ' + collector.code + '，' + collector.until + '。请到门岗出示。' });
  },

  withdraw(event) {
    const id = event.currentTarget.dataset.id;
    return this.attempt(async () => {
      await api.withdrawCollector({ id });
      await this.reload();
    });
  },

  begin() {
    this.setData({ naming: true, name: '', days: '1' });
  },

  end() {
    this.setData({ naming: false, failure: null });
  },

  writeName(event) {
    this.setData({ name: event.detail.value });
  },

  chooseDays(event) {
    this.setData({ days: event.detail.id });
  },

  send() {
    return this.attempt(async () => {
      await this.once(api.nameCollector, { name: this.data.name.trim(), days: Number(this.data.days) });
      this.setData({ naming: false });
      await this.reload();
    });
  }
});
