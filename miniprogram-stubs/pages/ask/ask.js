const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const once = require('../../utils/once.js');
const outing = require('../../utils/outing.js');
const page = require('../../utils/page.js');
const session = require('../../utils/session.js');
const { inWords } = require('../../utils/problem.js');

const DAYS_AHEAD = [0, 1, 2];
/* A rule that time alone does not lift within this is not told as a date. */
const SOON_MILLIS = 400 * 24 * 3600 * 1000;
const HINTS = {
  SUPPLIES: '在时段内出门，规则通过后马上可用。',
  WORK: '第一次由社区看证明，之后自动通过。',
  MEDICAL: '不占采购次数，由社区审批。急病请直接拨打 120。',
  ESSENTIAL_WORKER: '请填写工作证编号，由社区审批。',
  VEHICLE: '请填写车牌号，由社区审批。'
};
const WITH_DOCUMENT = ['WORK', 'ESSENTIAL_WORKER', 'VEHICLE'];

const isOver = slot => Date.parse(slot.endsAt) <= clock.nowMillis();

/** The slot of last time at the same gate and hour, else the next with a place. */
function asLastTime(slots, last) {
  const free = slots.filter(slot => outing.freeIn(slot) > 0);
  return last && free.find(slot => slot.gate.id === last.gate.id && clock.clockOf(slot.startsAt) === clock.clockOf(last.validFrom))
    || last && free.find(slot => slot.gate.id === last.gate.id) || free[0] || null;
}

/** Gates of these slots, each once. */
function gatesOf(slots) {
  const gates = [];
  slots.forEach(slot => {
    if (!gates.some(gate => gate.id === slot.gate.id)) gates.push({ id: slot.gate.id, words: slot.gate.name });
  });
  return gates;
}

/** When the rule in the way is lifted by time alone, in words; nothing where it is not. */
function possibleWords(from) {
  if (!from || Date.parse(from) - clock.nowMillis() > SOON_MILLIS) return '';
  const at = clock.clockOf(from);
  return '最早可以出门：' + clock.dateWords(clock.dateOf(from)) + (at === '00:00' ? '' : ' ' + at);
}

page({
  data: {
    members: [], who: '', kinds: outing.KINDS.map(kind => ({ id: kind, words: outing.kindWords(kind) })), kind: 'SUPPLIES', hint: HINTS.SUPPLIES,
    days: [], date: '', gates: [], gateId: '', slots: [], slotId: '', noSlots: '', full: false, purpose: '', certificate: '', vehiclePlate: '',
    withDocument: false, possible: '', toReport: false, done: null
  },

  onLoad() {
    this.once = once();
  },

  /** Opened as last time, so that the next tap sends. */
  async load() {
    if (this.data.days.length) return;
    const [family, listed] = await Promise.all([api.listOwnHousehold(), api.listOutingPasses({ limit: 50 })]);
    this.last = listed.items.find(pass => pass.kind === 'SUPPLIES' && pass.gate) || null;
    const known = this.last && family.items.some(member => member.id === this.last.residentId);
    const today = clock.today();
    this.setData({
      members: family.items.map(member => ({ id: member.id, words: member.name })),
      who: known ? this.last.residentId : session.me().resident.id,
      date: today
    });
    await this.loadSlots();
    this.setData({ days: DAYS_AHEAD.map(days => clock.plusDays(today, days)).map(date => ({ id: date, words: outing.dayWords(date) })) });
  },

  async loadSlots() {
    const asked = this.data.date;
    const listed = await api.listOutingSlots({ date: asked });
    if (asked !== this.data.date) return;
    this.all = listed.items.filter(slot => !isOver(slot));
    const first = asLastTime(this.all, this.last);
    const gates = gatesOf(this.all);
    this.setData({ gates, gateId: first ? first.gate.id : gates.length ? gates[0].id : '' });
    this.showSlots(first ? first.id : '');
  },

  showSlots(slotId) {
    const slots = this.all.filter(slot => slot.gate.id === this.data.gateId);
    const closed = slots.every(slot => slot.capacity === 0);
    const chosen = slots.find(slot => slot.id === slotId);
    this.setData({
      slots: closed ? [] : slots.map(slot => ({
        id: slot.id, words: clock.clockOf(slot.startsAt), note: outing.freeIn(slot) ? '余 ' + outing.freeIn(slot) : '已满', off: slot.capacity === 0
      })),
      noSlots: slots.length === 0 ? '这一天没有可选的时段，请换一天。' : closed ? '这个门岗当天不开放，请换门岗或日期。' : '',
      slotId: chosen ? slotId : '', full: Boolean(chosen) && outing.freeIn(chosen) === 0
    });
  },

  chooseWho(event) {
    this.setData({ who: event.detail.id });
  },

  chooseKind(event) {
    const kind = event.detail.id;
    this.setData({ kind, hint: HINTS[kind], withDocument: WITH_DOCUMENT.indexOf(kind) >= 0 });
  },

  chooseDay(event) {
    this.setData({ date: event.detail.id });
    return this.attempt(() => this.loadSlots(), true);
  },

  chooseGate(event) {
    this.setData({ gateId: event.detail.id });
    this.showSlots('');
  },

  chooseSlot(event) {
    this.showSlots(event.detail.id);
  },

  write(event) {
    this.setData({ [event.currentTarget.dataset.name]: event.detail.value });
  },

  body() {
    const data = this.data;
    const body = { residentId: data.who, kind: data.kind };
    if (data.kind === 'SUPPLIES') body.slotId = data.slotId;
    if (data.purpose.trim()) body.purpose = data.purpose.trim();
    if (data.withDocument && data.certificate.trim()) body.document = data.certificate.trim();
    if (data.kind === 'VEHICLE' && data.vehiclePlate.trim()) body.vehiclePlate = data.vehiclePlate.trim();
    return body;
  },

  send() {
    if (this.data.kind === 'SUPPLIES' && !this.data.slotId) {
      wx.showToast({ title: '请选时段', icon: 'none' });
      return Promise.resolve();
    }
    this.setData({ possible: '', toReport: false });
    return this.attempt(async () => this.setData({ done: outing.drawn(await this.once(api.requestOutingPass, this.body())) }));
  },

  /** The rule to act on first, when time lifts it, and the way there. */
  onFailure(fault) {
    this.setData({ possible: possibleWords(fault.possibleFrom), toReport: fault.slug === 'report-missing' });
    if (fault.slug === 'slot-full' || fault.slug === 'slot-past') this.loadSlots().catch(silence => this.setData({ failure: inWords(silence) }));
  },

  /** The line for a slot that is full. */
  wait() {
    this.setData({ possible: '', toReport: false });
    return this.attempt(async () => {
      await this.once(api.waitForSlot, { id: this.data.slotId }, { residentId: this.data.who });
      wx.showToast({ title: '已排队', icon: 'none' });
      wx.navigateBack();
    });
  },

  report() {
    wx.switchTab({ url: '/pages/today/today' });
  },

  show() {
    wx.redirectTo({ url: '/pages/code/code?id=' + this.data.done.id });
  },

  back() {
    wx.navigateBack();
  }
});
