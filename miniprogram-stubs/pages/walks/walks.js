const api = require('../../utils/api.js');
const once = require('../../utils/once.js');
const outbox = require('../../utils/outbox.js');
const page = require('../../utils/page.js');
const photos = require('../../utils/photos.js');
const purchases = require('../../utils/purchases.js');
const walks = require('../../utils/walks.js');
const { Problem } = require('../../utils/problem.js');

const AT_ONCE = 200;
const WITH_COST = ['ASK_MORE', 'BUY'];
const WITH_NOTE = ['CANCEL', 'REJECT'];
/* What somebody says who buys, or who is in charge of it; the likeliest first. */
const STEP_WORDS = { ACCEPT: '我来买', BUY: '已买好', ASK_MORE: '要超预算，问住户', GIVE_BACK: '买不了，退回', REJECT: '不接受', CANCEL: '取消' };
const LOOKS = { ACCEPT: 'primary', BUY: 'primary', ASK_MORE: '' };
const FIELDS = ['cost', 'note'];

const purchaseDrawn = item => Object.assign(purchases.drawn(item, STEP_WORDS), {
  title: item.household, buyer: item.buyer ? item.buyer + ' 代买' : '', takesReceipt: item.mine && item.state === 'ACCEPTED', receiptWords: item.hasReceipt ? '重拍小票' : '拍小票',
  steps: Object.keys(STEP_WORDS).filter(step => item.possible.indexOf(step) >= 0 && (step !== 'BUY' || item.hasReceipt))
    .map(step => ({ step, words: STEP_WORDS[step], look: step in LOOKS ? LOOKS[step] : 'link' }))
});

/** For whoever was named as volunteer, and for grid workers: what is carried to doors, one step after the other, and what is bought. Why is told nowhere. */
page({
  data: {
    tabs: [{ id: 'walks', words: '送货' }, { id: 'buy', words: '代购' }], tab: 'walks', filters: [{ id: 'all', words: '全部' }, { id: 'mine', words: '我接的' }], filter: 'all',
    heaps: null, purchases: null, doing: '', doingWords: '', asksCost: false, asksNote: false, cost: '', note: '', faults: {}
  },

  onLoad() {
    this.once = once();
    this.tasks = [];
  },

  async load() {
    if (this.data.tab === 'walks') {
      this.tasks = (await api.listDoorTasks({ mine: this.data.filter === 'mine' ? true : null, limit: AT_ONCE })).items;
      this.draw();
    } else {
      this.setData({ purchases: (await api.listPurchases({ unfinished: true, limit: AT_ONCE })).items.map(purchaseDrawn) });
    }
  },

  draw() {
    this.setData({ heaps: walks.byBuilding(this.tasks, outbox.mine()) });
  },

  chooseTab(event) {
    this.setData({ tab: event.detail.id, doing: '' });
    return this.reload();
  },

  chooseFilter(event) {
    this.setData({ filter: event.detail.id });
    return this.reload();
  },

  /** Kept on the phone before it is sent: at a door there is often no signal. */
  step(event) {
    const { id, step } = event.currentTarget.dataset;
    return this.tell(id, step, { call: 'addDoorTaskEvent', args: [{ id }, { event: step, at: new Date().toISOString() }] }, []);
  },

  async show(event) {
    const { id } = event.currentTarget.dataset;
    const chosen = await photos.choose(1);
    return chosen.length ? this.tell(id, 'PHOTO', { call: 'addDoorTaskPhoto', args: [{ id }, chosen[0]] }, chosen) : undefined;
  },

  tell(id, step, sent, files) {
    const task = this.tasks.find(one => one.id === id);
    return this.attempt(async () => {
      const outcome = await outbox.hand([sent], {
        title: '送货 ' + task.household + '：' + walks.stepWords(step), files, walk: id, state: walks.stateAfter(step), after: 'walk ' + id
      });
      this.draw();
      if (!outcome.waiting) await this.reload();
    });
  },

  async photographReceipt(event) {
    const { id } = event.currentTarget.dataset;
    const chosen = await photos.choose(1);
    if (!chosen.length) return undefined;
    return this.attempt(async () => {
      await this.once(api.addPurchaseReceipt, { id }, chosen[0]);
      photos.forget(chosen[0]);
      await this.reload();
    });
  },

  buy(event) {
    const { id, step } = event.currentTarget.dataset;
    const asksCost = WITH_COST.indexOf(step) >= 0;
    const asksNote = WITH_NOTE.indexOf(step) >= 0;
    this.said = step;
    if (!asksCost && !asksNote) return this.say(id);
    this.setData({ doing: id, doingWords: STEP_WORDS[step], asksCost, asksNote, cost: '', note: '', faults: {} });
    return Promise.resolve();
  },

  write(event) {
    const name = event.currentTarget.dataset.name;
    this.setData({ [name]: event.detail.value, ['faults.' + name]: '' });
  },

  end() {
    this.setData({ doing: '' });
  },

  confirm(event) {
    const { asksCost, cost, asksNote, note } = this.data;
    const faults = {};
    if (asksCost && !(Number(cost) > 0)) faults.cost = '请填金额，例如 46.8';
    if (asksNote && !note.trim()) faults.note = '请写原因';
    this.setData({ faults });
    return Object.keys(faults).length ? Promise.resolve() : this.say(event.currentTarget.dataset.id);
  },

  say(id) {
    const { doing, asksCost, cost, asksNote, note } = this.data;
    const more = doing === id ? Object.assign(asksCost ? { cost: Number(cost) } : {}, asksNote ? { note: note.trim() } : {}) : {};
    return this.attempt(async () => {
      await this.once(api.addPurchaseEvent, { id }, Object.assign({ event: this.said }, more));
      this.setData({ doing: '' });
      wx.showToast({ title: '已记下', icon: 'none' });
      await this.reload();
    });
  },

  onFailure(fault) {
    if (!(fault instanceof Problem)) return;
    const faults = {};
    FIELDS.forEach(name => { faults[name] = fault.at('/' + name); });
    this.setData({ faults, 'failure.faults': fault.besides(FIELDS.map(name => '/' + name)) });
  }
});
