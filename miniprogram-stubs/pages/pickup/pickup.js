const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const outing = require('../../utils/outing.js');
const page = require('../../utils/page.js');
const { inWords } = require('../../utils/problem.js');

const DAYS_AHEAD = [0, 1];

/** One booking for everything that waits at a gate. */
page({
  data: { count: '', days: [], date: '', slots: null },

  onLoad(query) {
    this.id = query.id;
    this.gateId = query.gate;
    this.setData({ count: query.count });
  },

  async load() {
    if (!this.data.date) {
      const today = clock.today();
      this.setData({ date: today, days: DAYS_AHEAD.map(days => clock.plusDays(today, days)).map(date => ({ id: date, words: outing.dayWords(date) })) });
    }
    const asked = this.data.date;
    const listed = await api.listPickupSlots({ gateId: this.gateId, date: asked });
    if (asked !== this.data.date) return;
    this.setData({
      slots: listed.items.filter(slot => Date.parse(slot.endsAt) > clock.nowMillis()).map(slot => ({
        id: slot.id, words: clock.clockOf(slot.startsAt), note: outing.freeIn(slot) ? '余 ' + outing.freeIn(slot) : '约满', off: outing.freeIn(slot) === 0
      }))
    });
  },

  chooseDay(event) {
    this.setData({ date: event.detail.id, slots: null });
    return this.reload();
  },

  /** The tap on a slot books it. */
  book(event) {
    return this.attempt(async () => {
      await api.bookPickup({ id: this.id }, { slotId: event.detail.id });
      wx.showToast({ title: '已预约' });
      wx.navigateBack();
    });
  },

  /** Somebody was faster: what is left now. */
  onFailure(fault) {
    if (fault.slug === 'slot-full' || fault.slug === 'slot-past') this.load().catch(silence => this.setData({ failure: inWords(silence) }));
  }
});
