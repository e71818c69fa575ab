const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const once = require('../../utils/once.js');
const outing = require('../../utils/outing.js');
const page = require('../../utils/page.js');

const AT_ONCE = 50;
const SHOWN_PAST = 10;
const ANYBODY = 'anybody';

const waitingDrawn = place => ({
  id: place.id, slotId: place.slotId, residentId: place.residentId, offered: place.state === 'OFFERED',
  when: outing.leaveWords(place.startsAt, place.endsAt) + (place.gate ? ' · ' + place.gate.name : ''),
  words: place.state === 'OFFERED' ? clock.clockOf(place.offeredUntil) + ' 前确认；' + place.residentName + ' 出门。' : '前面还有 ' + place.ahead + ' 户。有名额会通知您。'
});

/** What the big button says under its words. */
const askNote = last => (last ? '照上次：' + last.residentName + ' · ' + clock.clockOf(last.validFrom) + ' · ' + last.gate.name : '选时段，马上知道结果');

page({
  data: { waiting: [], open: [], past: [], askNote: '', none: false, buyers: [], buyer: ANYBODY },

  onLoad() {
    this.once = once();
  },

  async load() {
    const [listed, family, lines, named] = await Promise.all([
      api.listOutingPasses({ limit: AT_ONCE }), api.listOwnHousehold(), api.listWaiting(), api.getBuyer()]);
    const open = listed.items.filter(pass => outing.isLive(pass) || pass.state === 'PENDING');
    this.setData({
      waiting: lines.items.filter(place => place.state === 'WAITING' || place.state === 'OFFERED').map(waitingDrawn),
      open: open.map(outing.drawn),
      past: listed.items.filter(pass => open.indexOf(pass) < 0).slice(0, SHOWN_PAST).map(outing.drawn),
      none: listed.items.length === 0,
      askNote: askNote(listed.items.find(pass => pass.kind === 'SUPPLIES' && pass.gate)),
      buyers: family.items.length > 1 ? [{ id: ANYBODY, words: '不指定' }].concat(family.items.map(member => ({ id: member.id, words: member.name }))) : [],
      buyer: named.residentId || ANYBODY
    });
  },

  take(event) {
    const place = this.data.waiting[event.currentTarget.dataset.at];
    return this.attempt(async () => {
      const pass = await this.once(api.requestOutingPass, { residentId: place.residentId, kind: 'SUPPLIES', slotId: place.slotId });
      wx.showToast({ title: pass.state === 'APPROVED' ? '已通过' : '已提交，等待审批' });
      await this.reload();
    });
  },

  leaveLine(event) {
    return this.attempt(async () => {
      await api.leaveWaiting({ id: event.currentTarget.dataset.id });
      await this.reload();
    });
  },

  cancel(event) {
    const id = event.currentTarget.dataset.id;
    wx.showModal({
      title: '取消这次出行？', content: '时段会让给别人，采购次数退回。', confirmText: '确定取消', cancelText: '不取消',
      success: answer => {
        if (answer.confirm) this.cancelNow(id);
      }
    });
  },

  cancelNow(id) {
    return this.attempt(async () => {
      await this.once(api.cancelOutingPass, { id }, {});
      wx.showToast({ title: '已取消' });
      await this.reload();
    });
  },

  nameBuyer(event) {
    const id = event.detail.id;
    return this.attempt(async () => {
      const named = await api.nameBuyer(id === ANYBODY ? {} : { residentId: id });
      this.setData({ buyer: named.residentId || ANYBODY });
      wx.showToast({ title: '已保存' });
    });
  }
});
