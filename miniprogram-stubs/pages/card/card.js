const api = require('../../utils/api.js');
const once = require('../../utils/once.js');
const outing = require('../../utils/outing.js');
const page = require('../../utils/page.js');

const PIXELS = 900;

/** A card for somebody without a phone: its code stands, names nobody, and can be stopped. */
page({
  data: { pass: null, picture: '' },

  onLoad(query) {
    this.id = query.id;
    this.once = once();
  },

  async load() {
    const [pass, picture] = await Promise.all([api.getOutingPass({ id: this.id }), api.getOutingQr({ id: this.id, card: true, size: PIXELS })]);
    this.setData({ pass: outing.drawn(pass), picture });
  },

  /** Where it can be kept, sent on and printed. */
  open() {
    wx.previewImage({ urls: [this.data.picture], showmenu: true });
  },

  revoke() {
    wx.showModal({
      title: '停用已打印的卡？', content: '以前打印的卡马上不能用了，会换一张新的。', confirmText: '停用', cancelText: '不停用',
      success: answer => {
        if (answer.confirm) this.revokeNow();
      }
    });
  },

  revokeNow() {
    return this.attempt(async () => {
      await this.once(api.revokeOutingCard, { id: this.id }, {});
      wx.showToast({ title: '已停用，现在是新卡', icon: 'none' });
      await this.reload();
    });
  }
});
