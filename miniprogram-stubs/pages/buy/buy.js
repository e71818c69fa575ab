const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const once = require('../../utils/once.js');
const page = require('../../utils/page.js');
const { Problem } = require('../../utils/problem.js');

const BLANK = { name: '', quantity: '1', unit: '份' };
const MOST_ITEMS = 30;
const DAY_WORDS = ['今天', '明天', '后天'];
const PAYS = [{ id: 'WECHAT', words: '收到后微信转' }, { id: 'CASH_AT_DOOR', words: '现金放门口' }, { id: 'OFFICE', words: '社区代付' }];
const FIELDS = ['budget', 'wantedOn'];

/** What is to be bought; with `id`, in other words what was refused. */
page({
  data: { rewording: '', items: [BLANK], budget: '', payBy: 'WECHAT', pays: PAYS, days: [], wantedOn: '', note: '', faults: {}, full: false, filled: false },

  onLoad(query) {
    this.once = once();
    this.setData({ rewording: query.id || '', filled: !query.id });
    const today = clock.today();
    this.setData({ wantedOn: today, days: DAY_WORDS.map((words, days) => ({ id: clock.plusDays(today, days), words })) });
  },

  async load() {
    if (this.data.filled) return;
    const asked = await api.getPurchase({ id: this.data.rewording });
    this.setData({ items: asked.items.map(item => Object.assign({}, item, { quantity: String(item.quantity) })), note: asked.note || '', full: asked.items.length >= MOST_ITEMS, filled: true });
  },

  writeItem(event) {
    const { at, name } = event.currentTarget.dataset;
    this.setData({ ['items[' + at + '].' + name]: event.detail.value });
  },

  more() {
    const items = this.data.items.concat(BLANK);
    this.setData({ items, full: items.length >= MOST_ITEMS });
  },

  write(event) {
    this.setData({ [event.currentTarget.dataset.name]: event.detail.value });
  },

  choosePay(event) {
    this.setData({ payBy: event.detail.id });
  },

  chooseDay(event) {
    this.setData({ wantedOn: event.detail.id });
  },

  send() {
    const data = this.data;
    const body = {
      items: data.items.filter(item => item.name.trim()).map(item => ({ name: item.name.trim(), quantity: Number(item.quantity), unit: item.unit.trim() }))
    };
    if (!data.rewording) Object.assign(body, { budget: Number(data.budget), payBy: data.payBy, wantedOn: data.wantedOn });
    if (data.note.trim()) body.note = data.note.trim();
    this.setData({ faults: {} });
    return this.attempt(async () => {
      if (data.rewording) await this.once(api.rewordPurchase, { id: data.rewording }, body);
      else await this.once(api.createPurchase, body);
      wx.showToast({ title: '已提交' });
      wx.navigateBack();
    });
  },

  onFailure(fault) {
    if (!(fault instanceof Problem)) return;
    const faults = {};
    FIELDS.forEach(name => { faults[name] = fault.at('/' + name); });
    this.setData({ faults, 'failure.faults': fault.besides(FIELDS.map(name => '/' + name)) });
  }
});
