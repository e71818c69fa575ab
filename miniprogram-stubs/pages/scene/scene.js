const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const page = require('../../utils/page.js');
const session = require('../../utils/session.js');

const TODAY = '/pages/today/today';
const SERVICES = '/pages/services/services';
const LOGIN_PAGE = '/pages/login/login';

const PORTALS = { RESIDENT: '居民页面', STAFF: '工作人员页面' };
const BROWSERS = { WECHAT: '微信', EDGE: 'Edge 浏览器', FIREFOX: '火狐浏览器', CHROME: 'Chrome 浏览器', SAFARI: 'Safari 浏览器', OTHER: '浏览器' };
const SYSTEMS = {
  HARMONY: '鸿蒙', ANDROID: '安卓', IOS: '苹果手机', IPAD: '苹果平板', WINDOWS: 'Windows 电脑', MAC: '苹果电脑', LINUX: 'Linux 电脑', OTHER: '其他设备'
};
/* The first letter of a scene in which a browser asks to be logged in; of others the server says what they are. */
const LOGIN = 'l';

/** What a scanned code of the mini program leads to: a browser's login, a gate, a door card, a courier's link. */
page({
  guest: true,

  data: { asked: null, outcome: '', gate: '', compound: '' },

  onLoad(query) {
    this.scene = decodeURIComponent(query.scene || '');
  },

  async load() {
    if (this.data.asked || this.data.outcome) return;
    if (this.scene.charAt(0) === LOGIN) {
      await this.askForLogin();
      return;
    }
    const found = await api.resolveScene({ scene: this.scene }, { repeatable: true });
    if (found.kind === 'PORTAL_LOGIN') await this.askForLogin();
    else if (found.kind === 'COURIER_LINK') wx.redirectTo({ url: '/pages/courier/courier?token=' + encodeURIComponent(found.link.token) });
    else if (found.kind === 'DOOR_CARD') await this.openDoorCard(found);
    else await this.openGate(found);
  },

  /** Who lives there already is let in; whoever does not is led to the form with the card's code in it. */
  async openDoorCard(found) {
    if (await session.enter()) wx.switchTab({ url: TODAY });
    else wx.reLaunch({ url: LOGIN_PAGE + (found.inviteCode ? '?code=' + encodeURIComponent(found.inviteCode) : '') });
  },

  /** At a gate guards scan; residents have what they show there. */
  async openGate(found) {
    const inside = await session.enter();
    if (inside && session.may('scanPass')) wx.redirectTo({ url: '/pages/scan/scan' });
    else if (inside) wx.switchTab({ url: SERVICES });
    else this.setData({ outcome: 'gate', gate: found.gate.name, compound: found.compound.name });
  },

  async askForLogin() {
    if (!await session.enter()) {
      this.toLogin();
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

  /** A number that was not the screen's, or too late: it is over for good. A code that is none any more says so. */
  onFailure(fault) {
    if (fault.status === 409) this.setData({ asked: null, outcome: 'over' });
    if (fault.status === 404) this.setData({ asked: null, outcome: 'unknown', failure: null });
  },

  home() {
    wx.reLaunch({ url: TODAY });
  }
});
