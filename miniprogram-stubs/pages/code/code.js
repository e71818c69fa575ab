const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const outing = require('../../utils/outing.js');
const page = require('../../utils/page.js');
const { inWords, Problem, Unreachable, worthRepeating } = require('../../utils/problem.js');
const screen = require('../../utils/screen.js');

const RETRY_MILLIS = 4000;
const SHORTEST_MILLIS = 500;
const SECOND_MILLIS = 1000;

/** A pass's code, large and bright, drawn here, with the seconds until it changes. What is over is not shown any more. */
page({
  data: { pass: null, text: '', typed: '', seconds: 0, offline: false, refused: null },

  onLoad(query) {
    this.id = query.id;
  },

  onShow() {
    wx.setKeepScreenOn({ keepScreenOn: true });
    screen.brighten(this);
  },

  onHide() {
    this.rest();
  },

  onUnload() {
    this.rest();
  },

  /** The screen and the network as they were. */
  rest() {
    clearTimeout(this.timer);
    clearInterval(this.ticking);
    wx.setKeepScreenOn({ keepScreenOn: false });
    screen.dim(this);
  },

  async load() {
    clearTimeout(this.timer);
    clearInterval(this.ticking);
    this.ticking = setInterval(() => this.tick(), SECOND_MILLIS);
    const shown = this.next();
    const pass = await api.getOutingPass({ id: this.id });
    this.setData({ pass: outing.drawn(pass) });
    await shown;
  },

  /** Asks for the next code whenever the present one ends. */
  async next() {
    try {
      const code = await api.getOutingCode({ id: this.id });
      clock.note(code.now);
      this.expiresMillis = Date.parse(code.expiresAt);
      this.setData({ text: code.code, typed: code.typed.slice(0, 4) + ' ' + code.typed.slice(4), offline: false, refused: null });
      this.tick();
      this.again(Math.max(SHORTEST_MILLIS, this.expiresMillis - clock.nowMillis()));
    } catch (fault) {
      if (!(fault instanceof Problem || fault instanceof Unreachable)) throw fault;
      this.setData(fault instanceof Unreachable ? { offline: true } : { refused: inWords(fault) });
      if (worthRepeating(fault)) this.again(RETRY_MILLIS);
      else this.setData({ text: '' });
    }
  },

  again(millis) {
    if (this.inFront) this.timer = setTimeout(() => this.next(), millis);
  },

  tick() {
    const seconds = Math.max(0, Math.ceil(((this.expiresMillis || 0) - clock.nowMillis()) / SECOND_MILLIS));
    this.setData(seconds ? { seconds } : { seconds, text: '' });
  }
});
