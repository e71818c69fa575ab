const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const page = require('../../utils/page.js');
const { Problem, Unreachable } = require('../../utils/problem.js');

const AT_ONCE = 30;
/* Where a message leads; what is not named here is told by its own words. Tabs are opened, other pages are laid on top. */
const TABS = { alert: '/pages/today/today', 'health-round': '/pages/today/today' };
const PLACES = {
  observation: '/pages/observation/observation', 'observation-day': '/pages/observation/observation',
  'outing-pass': '/pages/passes/passes', outing: '/pages/passes/passes', 'outing-waiting': '/pages/passes/passes', visit: '/pages/visits/visits',
  parcel: '/pages/parcels/parcels', 'door-task': '/pages/walks/walks', 'purchase-task': '/pages/walks/walks', door: '/pages/door/door', purchase: '/pages/door/door', ticket: '/pages/ticket/ticket?id={id}', 'ticket-public': '/pages/shared/shared'
};

const leadOf = message => {
  const kind = message.subject ? message.subject.kind : '';
  return TABS[kind] ? { tab: TABS[kind] } : PLACES[kind] ? { url: PLACES[kind].replace('{id}', encodeURIComponent(message.subject.id)) } : {};
};

const drawn = message => Object.assign({}, message, { at: clock.momentWords(message.createdAt), unread: !message.readAt, leads: Boolean(leadOf(message).tab || leadOf(message).url) });

page({
  data: { items: [], unread: 0, next: null },

  async load() {
    const listed = await api.listNotifications({ limit: AT_ONCE });
    this.setData({ items: listed.items.map(drawn), next: listed.next });
    this.count(listed.unread);
  },

  count(unread) {
    this.setData({ unread });
    const bar = this.getTabBar && this.getTabBar();
    if (bar) bar.setUnread(unread);
  },

  more() {
    return this.attempt(async () => {
      const listed = await api.listNotifications({ limit: AT_ONCE, cursor: this.data.next });
      this.setData({ items: this.data.items.concat(listed.items.map(drawn)), next: listed.next });
    });
  },

  /** Up to the newest that was seen, so that one that came meanwhile stays unread. */
  readAll() {
    return this.attempt(async () => {
      const left = await api.readNotifications({ upTo: this.data.items[0].id });
      this.setData({ items: this.data.items.map(item => Object.assign({}, item, { unread: false })) });
      this.count(left.unread);
    });
  },

  async open(event) {
    const message = this.data.items[event.currentTarget.dataset.at];
    const lead = leadOf(message);
    if (message.unread) {
      this.setData({ ['items[' + event.currentTarget.dataset.at + '].unread']: false });
      this.count(Math.max(0, this.data.unread - 1));
      await this.tellRead(message.id);
    }
    if (lead.tab) wx.switchTab({ url: lead.tab });
    if (lead.url) wx.navigateTo({ url: lead.url });
  },

  /** Unread again at the next look where it did not arrive; nobody is kept from the page for it. */
  async tellRead(id) {
    try {
      await api.readNotification({ id });
    } catch (fault) {
      if (!(fault instanceof Problem || fault instanceof Unreachable)) throw fault;
    }
  }
});
