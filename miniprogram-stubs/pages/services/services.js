const page = require('../../utils/page.js');
const session = require('../../utils/session.js');

/** What can be done here, each for those who may: `needs` is the operation that the page cannot do without. */
const SERVICES = [
  { url: '/pages/today/today', tab: true, words: '上报体温', what: '全家一次报好', needs: 'submitHealthReports' }
];

page({
  data: { services: [] },

  load() {
    this.setData({ services: SERVICES.filter(service => session.may(service.needs)) });
  },

  open(event) {
    const service = this.data.services[event.currentTarget.dataset.at];
    if (service.tab) wx.switchTab({ url: service.url });
    else wx.navigateTo({ url: service.url });
  }
});
