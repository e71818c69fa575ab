const api = require('../utils/api.js');
const session = require('../utils/session.js');
const { Problem, Unreachable } = require('../utils/problem.js');

/** Own, because WeChat's has letters of 10 px that do not grow. */
Component({
  data: {
    at: '',
    unread: 0,
    tabs: [
      { url: '/pages/today/today', words: '今日' },
      { url: '/pages/services/services', words: '办事' },
      { url: '/pages/inbox/inbox', words: '消息' },
      { url: '/pages/me/me', words: '我的' }
    ]
  },
  methods: {
    /** Which tab is in front, and how many messages are unread. */
    async look() {
      const pages = getCurrentPages();
      this.setData({ at: '/' + pages[pages.length - 1].route });
      if (!session.may('listNotifications')) return;
      try {
        this.setUnread((await api.listNotifications({ unread: true, limit: 1 })).unread);
      } catch (fault) {
        // The page itself says that nobody answers.
        if (!(fault instanceof Problem || fault instanceof Unreachable)) throw fault;
      }
    },
    setUnread(unread) {
      this.setData({ unread });
    },
    open(event) {
      wx.switchTab({ url: event.currentTarget.dataset.url });
    }
  }
});
