/*
 * Every page of the mini program: the person's size of type, a session before anything is asked, and what went wrong in words.
 * `load` is asked whenever the page comes to the front; `guest: true` is a page for those who are not logged in.
 */
const font = require('./font.js');
const session = require('./session.js');
const { inWords, Problem, Unreachable } = require('./problem.js');

const LOGIN = '/pages/login/login';

module.exports = definition => Page(Object.assign({}, definition, {
  data: Object.assign({ rootFontSize: font.rootSize(), failure: null, busy: false, loading: true }, definition.data),

  onLoad(query) {
    this.query = query;
    if (definition.onLoad) definition.onLoad.call(this, query);
  },

  async onShow() {
    this.setData({ rootFontSize: font.rootSize() });
    if (definition.onShow) definition.onShow.call(this);
    if (!definition.guest && !await session.enter()) {
      this.toLogin();
      return;
    }
    const bar = this.getTabBar && this.getTabBar();
    if (bar) bar.look();
    await this.reload();
  },

  /** What the page shows, from the server; also the button of a failure. */
  async reload() {
    if (!definition.load) return;
    await this.attempt(() => definition.load.call(this), true);
    this.setData({ loading: false });
  },

  /** Back here afterwards: whoever scanned something need not scan it again. */
  toLogin() {
    const query = Object.keys(this.query).map(name => name + '=' + this.query[name]).join('&');
    session.wanted = query ? '/' + this.route + '?' + query : '';
    wx.reLaunch({ url: LOGIN });
  },

  async onPullDownRefresh() {
    await this.reload();
    wx.stopPullDownRefresh();
  },

  /**
   * Runs something that may be refused: busy meanwhile (then a second tap does nothing), and what went wrong on the page.
   * @returns {Promise<any>} what it gives, undefined where it failed
   */
  async attempt(work, quiet) {
    if (this.data.busy && !quiet) return undefined;
    this.setData(quiet ? { failure: null } : { busy: true, failure: null });
    try {
      return await work();
    } catch (fault) {
      if (fault instanceof Problem && fault.status === 401 && !session.me() && !definition.guest) {
        this.toLogin();
      } else {
        if (!(fault instanceof Problem || fault instanceof Unreachable)) console.error(fault);
        this.setData({ failure: inWords(fault) });
        // It stands on top, and the button that failed may be far below.
        if (!quiet) wx.pageScrollTo({ scrollTop: 0 });
        if (definition.onFailure) definition.onFailure.call(this, fault);
      }
      return undefined;
    } finally {
      if (!quiet) this.setData({ busy: false });
    }
  },

  /** data-url of what was tapped. */
  go(event) {
    wx.navigateTo({ url: event.currentTarget.dataset.url });
  }
}));
