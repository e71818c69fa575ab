const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const health = require('../../utils/health.js');
const page = require('../../utils/page.js');

const CAUSES = {
  RISK_REGION: '中高风险地区来返', CASE_CONTACT: '密切接触', POSITIVE_TEST: '检测阳性', OTHER_PROVINCE: '外省来返', HOUSEHOLD: '同住人员', STAFF: '社区登记'
};
const RESULTS = { NEGATIVE: '阴性', POSITIVE: '阳性' };
const STATES = { OPEN: '观察中', RELEASED: '已解除', TRANSFERRED: '已转诊' };

const drawn = item => ({
  id: item.id, name: item.residentName, days: '第 ' + item.day + ' 天，共 ' + item.days + ' 天', part: Math.round(item.day / item.days * 100), cause: CAUSES[item.cause] || '',
  test: item.testDueOn ? (item.testDueOn <= clock.today() ? '今天要做核酸检测，请等社区安排。' : '下次核酸 ' + clock.dateWords(item.testDueOn)) : '',
  end: clock.dateWords(item.endsOn) + '起，检测全部阴性后由社区解除。',
  tests: item.events.filter(event => event.event === 'TEST' && !event.withdrawn).map(event => clock.dateWords(event.takenOn) + ' ' + RESULTS[event.result])
});

page({
  data: { open: [], over: [], duties: [], report: false, proof: false, followUp: false },

  async load() {
    const listed = await api.listObservations({ limit: 200 });
    const open = listed.items.filter(item => item.state === 'OPEN');
    this.setData({
      open: open.map(drawn), duties: health.dutiesOf(open), report: open.some(item => item.roundsDue.length > 0), proof: open.some(item => item.due.indexOf('PROOF') >= 0),
      followUp: open.some(item => item.due.indexOf('FOLLOW_UP') >= 0),
      over: listed.items.filter(item => item.state !== 'OPEN').map(item => ({
        id: item.id, name: item.residentName, state: STATES[item.state], days: clock.dateWords(item.startsOn) + ' 至 ' + clock.dateWords(clock.dateOf(item.endedAt))
      }))
    });
  },

  toReport() {
    wx.switchTab({ url: '/pages/today/today' });
  }
});
