const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const page = require('../../utils/page.js');

const PORTALS = { RESIDENT: '居民页面', STAFF: '工作人员页面' };
const BROWSERS = { WECHAT: '微信', EDGE: 'Edge 浏览器', FIREFOX: '火狐浏览器', CHROME: 'Chrome 浏览器', SAFARI: 'Safari 浏览器', OTHER: '浏览器' };
const SYSTEMS = {
  HARMONY: '鸿蒙', ANDROID: '安卓', IOS: '苹果手机', IPAD: '苹果平板', WINDOWS: 'Windows 电脑', MAC: '苹果电脑', LINUX: 'Linux 电脑', OTHER: '其他设备'
};
const LOGIN = 'l';

/** What a scanned code of the mini program leads to; its first letter says what it is. So far: a browser that asks to be logged in. */
page({
  data: { asked: null, outcome: '' },

  onLoad(query) {
    this.scene = decodeURIComponent(query.scene || '');
  },

  async load() {
    if (this.data.asked || this.data.outcome) return;
    if (this.scene.charAt(0) !== LOGIN) {
      this.setData({ outcome: 'unknown' });
      return;
    }
    const asked = await api.scanPortalLogin({ scene: this.scene });
    this.setData({
      asked: {
        portal: PORTALS[asked.portal], where: SYSTEMS[asked.system] + '上的' + BROWSERS[asked.browser], sameNetwork: asked.sameNetwork, at: clock.momentWords(asked.askedAt),
        numbers: asked.numbers
      }
    });
  },

  confirm(event) {
    return this.attempt(async () => {
      await api.confirmPortalLogin({ scene: this.scene, number: event.currentTarget.dataset.number });
      this.setData({ asked: null, outcome: 'confirmed' });
    });
  },

  refuse() {
    return this.attempt(async () => {
      await api.refusePortalLogin({ scene: this.scene });
      this.setData({ asked: null, outcome: 'refused' });
    });
  },

  /** A number that was not the screen's, or too late: it is over for good. */
  onFailure(fault) {
    if (fault.status === 409) this.setData({ asked: null, outcome: 'over' });
  },

  home() {
    wx.switchTab({ url: '/pages/today/today' });
  }
});
