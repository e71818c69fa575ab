const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const gatekit = require('../../utils/gatekit.js');
const health = require('../../utils/health.js');
const outbox = require('../../utils/outbox.js');
const page = require('../../utils/page.js');
const session = require('../../utils/session.js');
const uuid = require('../../utils/uuid.js');
const { inWords, Unreachable } = require('../../utils/problem.js');

const USUAL = ['36.0', '36.3', '36.5', '36.7', '37.0'];
const COLOURS = { PINK: '粉色证', GREEN: '绿色证' };
/* General words: why the office keeps somebody at home is not for the gate. */
const OFFICE = '暂不能外出，请联系社区';
const REASONS = {
  forged: '通行码无效', 'expired-code': '通行码已过期，请刷新', 'not-approved': '通行证未获批准', 'not-yet': '未到出行时段', 'too-late': '出行时段已过',
  'already-out': '此证已用过', 'not-out': '没有出门记录', revoked: '通行证已取消，或纸质证已作废', fever: '体温偏高，请到一旁等候', 'no-mask': '请戴好口罩', 'alert-open': OFFICE,
  'under-observation': OFFICE, suspended: OFFICE, 'level-sealed': OFFICE, 'report-missing': '今天的测温还没填报', 'other-compound': '不是本小区的通行证',
  'turned-back': '断网时门岗未放行', 'not-in-kit': '本机资料中没有此证，可能是别的小区的，也可能是刚办的：请先向社区核实'
};
const WARNINGS = { overdue: '超过返回时间', 'card-revoked': '纸质证已作废，请换新证', 'other-gate': '预约的是另一个门', 'clock-wrong': '本机时间不准', conflict: '与规则不符，社区会核对', 'not-in-kit': '本机资料中没有此证' };
/* Where this phone cannot tell, and what helps. */
const CANNOT_TELL = { 'no-kit': '本机还没有放行资料，请电话向社区核实。', 'typed-offline': '断网时无法核验 8 位数字，请改为扫码。' };

/** @param here of when the kit is by which this phone decided; empty where the server did */
const drawn = (answer, direction, here) => ({
  allowed: answer.allowed, word: answer.allowed ? (direction === 'OUT' ? '可以出门' : '可以进门') : '不能放行', why: answer.allowed ? '' : REASONS[answer.reason] || OFFICE,
  household: answer.household || '', colour: COLOURS[answer.colour] || '', warnings: answer.warnings.map(warning => WARNINGS[warning]).filter(words => words),
  here: here || '', mayInsist: !answer.allowed && answer.reason !== 'forged'
});

/** Code, then what the guard asks and measures, then the answer, then the next. */
page({
  data: { gates: [], gate: 0, code: '', typed: '', direction: 'OUT', usual: USUAL, text: '', mask: true, verdict: null, dark: '' },

  load() {
    const gates = session.me().gates || [];
    this.setData({ gates, gate: Math.min(this.data.gate, Math.max(0, gates.length - 1)) });
    return gatekit.refresh();
  },

  chooseGate(event) {
    this.setData({ gate: Number(event.detail.value) });
  },

  scan() {
    wx.scanCode({ scanType: ['qrCode'], success: found => this.take(found.result) });
  },

  type(event) {
    this.setData({ typed: event.detail.value });
  },

  enterTyped() {
    if (this.data.typed.trim()) this.take(this.data.typed);
  },

  take(code) {
    this.setData({ code: code.trim(), typed: '', text: '', mask: true, verdict: null, dark: '', failure: null });
    gatekit.refresh();
  },

  chooseDirection(event) {
    this.setData({ direction: event.currentTarget.dataset.id });
  },

  chooseMask(event) {
    this.setData({ mask: event.currentTarget.dataset.on });
  },

  setTemperature(event) {
    this.setData({ text: event.currentTarget.dataset.text });
  },

  measure(event) {
    this.setData({ text: event.detail.value });
  },

  /** As the API takes it; null where what was measured is no reading. */
  wish() {
    const tenths = this.data.text === '' ? null : health.readTenths(this.data.text);
    if (this.data.text !== '' && !health.isPlausible(tenths)) return null;
    return Object.assign({ code: this.data.code, gateId: this.data.gates[this.data.gate].id, direction: this.data.direction, mask: this.data.mask, nonce: uuid() },
      tenths === null ? {} : { temperature: tenths / 10 });
  },

  decide() {
    const wish = this.wish();
    if (!wish) {
      wx.showToast({ title: health.implausibleWords(), icon: 'none' });
      return Promise.resolve();
    }
    return this.attempt(async () => {
      this.asked = wish;
      try {
        // Where there was no line a moment ago nobody waits for a second attempt.
        const answer = await api.scanPass(wish, { repeatable: !this.lineDown });
        this.lineDown = false;
        this.show(answer, wish, '');
        if (answer.allowed) gatekit.noteSeen(wish.code, wish.direction);
      } catch (fault) {
        if (!(fault instanceof Unreachable)) throw fault;
        this.lineDown = true;
        this.decideHere(wish, fault);
      }
    });
  },

  show(answer, wish, here) {
    wx.vibrateShort({ type: answer.allowed ? 'light' : 'heavy' });
    this.setData({ verdict: drawn(answer, wish.direction, here) });
  },

  /** By what this phone knew last; the server is told, by the same nonce, and judges again. */
  decideHere(wish, fault) {
    const answer = gatekit.decide(wish, clock.nowMillis());
    if (CANNOT_TELL[answer.reason]) {
      this.setData({ dark: CANNOT_TELL[answer.reason] });
      throw fault;
    }
    this.show(answer, wish, clock.clockOf(clock.localOf(gatekit.knownSince())));
    if (answer.allowed) gatekit.noteSeen(wish.code, wish.direction);
    const scan = Object.assign({}, wish, { admitted: answer.allowed, scannedAt: new Date().toISOString() });
    outbox.hand([{ call: 'scanPasses', args: [{ scans: [scan] }] }], { title: '门岗通行记录' }).catch(refused => this.setData({ failure: inWords(refused) }));
  },

  /** They went through all the same: entered as it was, and the office looks at it. Kept on the phone until the server has it. */
  letThrough() {
    const scan = Object.assign({}, this.asked, { nonce: uuid(), admitted: true, scannedAt: new Date().toISOString() });
    gatekit.noteSeen(scan.code, scan.direction);
    return this.attempt(async () => {
      await outbox.hand([{ call: 'scanPasses', args: [{ scans: [scan] }] }], { title: '门岗通行记录' });
      wx.showToast({ title: '已记录，社区会核对', icon: 'none' });
      this.next();
    });
  },

  next() {
    this.asked = null;
    this.setData({ code: '', verdict: null, dark: '', failure: null });
  }
});
