const page = require('../../utils/page.js');
const session = require('../../utils/session.js');

/** What can be done here, each for those who may: `needs` is the operation that the page cannot do without; `resident`: for one's own household. */
const SERVICES = [
  { url: '/pages/today/today', tab: true, words: '上报体温', what: '全家一次报好', needs: 'getTodaysRounds' },
  { url: '/pages/passes/passes', words: '出行', what: '申请出门，出示出入码', needs: 'requestOutingPass', resident: true },
  { url: '/pages/visits/visits', words: '访客邀请', what: '请人来家里，先在这里登记', needs: 'createVisit', resident: true },
  { url: '/pages/parcels/parcels', words: '快递', what: '预约取件，出示取件码', needs: 'bookPickup', resident: true },
  { url: '/pages/door/door', words: '送货上门与代购', what: '走不到门岗，或不能出门时', needs: 'createPurchase', resident: true },
  { url: '/pages/tickets/tickets', words: '报修与投诉', what: '报修、投诉、提问，看办理进展', needs: 'submitTicket', resident: true },
  { url: '/pages/history/history', words: '体温记录', what: '每人每次的记录', needs: 'listHealthReports', resident: true },
  { url: '/pages/travel/travel', words: '旅居史申报', what: '外出返回时填', needs: 'declareTravel', resident: true },
  { url: '/pages/observation/observation', words: '居家观察', what: '每天要做什么，还有几天', needs: 'listObservations', resident: true },
  { url: '/pages/walks/walks', words: '送货与代购', what: '给走不到门岗的邻居送到门口、代买东西', needs: 'listDoorTasks' },
  { url: '/pages/scan/scan', words: '门岗扫码', what: '出入证放行', needs: 'scanPass' }
];

page({
  data: { services: [] },

  load() {
    this.setData({ services: SERVICES.filter(service => session.may(service.needs) && (!service.resident || session.me().resident)) });
  },

  open(event) {
    const service = this.data.services[event.currentTarget.dataset.at];
    if (service.tab) wx.switchTab({ url: service.url });
    else wx.navigateTo({ url: service.url });
  }
});
