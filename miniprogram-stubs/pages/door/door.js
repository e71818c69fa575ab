const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const once = require('../../utils/once.js');
const page = require('../../utils/page.js');
const purchases = require('../../utils/purchases.js');

/* What a household says of its own purchase. */
const STEP_WORDS = { AGREE: '同意多付', CLOSE: '已收到并付清', CANCEL: '取消代购' };
const SHOWN_PHOTOS = 5;
const AT_ONCE = 50;

/** Where volunteers do not read its words, or not yet; empty otherwise. */
function stands(item) {
  if (!item.held) return '';
  return item.answer ? '清单的文字没有给志愿者看：' + item.answer + '。改写一下就能重新送出；不改也可以，由工作人员来买。'
    : '清单的文字等工作人员看过后，志愿者才能看到；工作人员可以先接单。';
}

const purchaseDrawn = item => Object.assign(purchases.drawn(item, STEP_WORDS), {
  title: clock.dateWords(clock.dateOf(item.requestedAt)) + ' 的代购', stands: stands(item), rewordable: item.rewordable
});

function ownDrawn(own) {
  const arrangement = own.arrangement || {};
  const standing = arrangement.state === 'ASKED' || arrangement.state === 'GRANTED' ? arrangement : null;
  return {
    title: own.brought ? '快递会送到您家门口' : standing ? '已申请，等社区答复' : '快递到门岗自取',
    how: own.brought ? '不用下楼；放好后会通知您，等送货的人离开再开门。' : standing ? '答复后会通知您。' : '家里没人走得到门岗时，可以申请送货上门。',
    refused: arrangement.state === 'REFUSED' ? '上次申请未同意。' + (arrangement.answer || '') : '',
    standing: standing ? standing.id : '', until: standing ? '到 ' + clock.dateWords(standing.until) : '', asks: !own.brought && !standing,
    coming: own.tasks.filter(task => !task.endedAt && !task.hasPhoto).length,
    placed: own.tasks.filter(task => task.hasPhoto).slice(0, SHOWN_PHOTOS).map(task => ({
      id: task.id, words: clock.momentWords(task.shownAt) + ' 放在门口', photos: [{ id: task.id }]
    }))
  };
}

/** What is brought to one's own door, and what somebody buys for the household. */
page({
  data: { own: null, asking: false, note: '', purchases: [], cancelling: '', why: '' },

  onLoad() {
    this.once = once();
  },

  async load() {
    const [own, listed] = await Promise.all([api.getOwnDoor(), api.listPurchases({ home: true, limit: AT_ONCE })]);
    this.setData({ own: ownDrawn(own), purchases: listed.items.map(purchaseDrawn) });
  },

  begin() {
    this.setData({ asking: true, note: '' });
  },

  write(event) {
    this.setData({ [event.currentTarget.dataset.name]: event.detail.value });
  },

  ask() {
    const note = this.data.note.trim();
    return this.attempt(async () => {
      await this.once(api.arrangeDoor, note ? { note } : {});
      this.setData({ asking: false });
      wx.showToast({ title: '已提交' });
      await this.reload();
    });
  },

  end() {
    return this.attempt(async () => {
      await this.once(api.decideDoorArrangement, { id: this.data.own.standing }, { event: 'END' });
      wx.showToast({ title: '已结束' });
      await this.reload();
    });
  },

  step(event) {
    const { id, step } = event.currentTarget.dataset;
    if (step === 'CANCEL' && this.data.cancelling !== id) {
      this.setData({ cancelling: id, why: '' });
      return Promise.resolve();
    }
    const note = step === 'CANCEL' ? this.data.why.trim() : '';
    if (step === 'CANCEL' && !note) {
      wx.showToast({ title: '请写原因', icon: 'none' });
      return Promise.resolve();
    }
    return this.attempt(async () => {
      await this.once(api.addPurchaseEvent, { id }, Object.assign({ event: step }, note ? { note } : {}));
      this.setData({ cancelling: '' });
      wx.showToast({ title: '已记下' });
      await this.reload();
    });
  }
});
