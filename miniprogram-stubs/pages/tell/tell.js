const page = require('../../utils/page.js');
const tickets = require('../../utils/tickets.js');

const KINDS = [
  { kind: 'REPAIR', words: '报修', what: '水、电、气、电梯、门窗', ask: '什么坏了？' },
  { kind: 'COMPLAINT', words: '投诉', what: '噪音、卫生、停车、聚集', ask: '投诉什么？' },
  { kind: 'ENQUIRY', words: '咨询', what: '办事、缴费、防控政策', ask: '想问什么？' },
  { kind: 'SUGGESTION', words: '建议', what: '怎样更好', ask: '有什么建议？' }
];
const FIND_FROM = 10;
const FORM = '/pages/ticketform/ticketform?category=';

/** What for, then about what; emergencies in red. */
page({
  data: { kinds: KINDS, kind: '', ask: '', words: '', finds: false, categories: [] },

  onLoad(query) {
    this.all = [];
    if (KINDS.some(each => each.kind === query.kind)) this.asked = query.kind;
  },

  async load() {
    this.all = await tickets.categories();
    if (this.asked) this.show(this.asked);
  },

  show(kind) {
    const mine = this.all.filter(category => category.kind === kind);
    const words = this.data.words.trim();
    this.setData({
      kind, ask: KINDS.find(each => each.kind === kind).ask, finds: mine.length > FIND_FROM,
      categories: mine.filter(category => category.name.indexOf(words) >= 0)
        .map(category => ({ code: category.code, name: category.name, urgent: category.levels.normal === 'EMERGENCY' }))
    });
  },

  chooseKind(event) {
    const kind = event.currentTarget.dataset.kind;
    const mine = this.all.filter(category => category.kind === kind);
    if (mine.length === 1) {
      wx.navigateTo({ url: FORM + mine[0].code });
      return;
    }
    this.setData({ words: '' });
    this.show(kind);
  },

  find(event) {
    this.setData({ words: event.detail.value });
    this.show(this.data.kind);
  },

  otherKind() {
    this.asked = '';
    this.setData({ kind: '' });
  }
});
