const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const once = require('../../utils/once.js');
const page = require('../../utils/page.js');
const { Problem } = require('../../utils/problem.js');

const STATE_WORDS = { EXPECTED: '未到', INSIDE: '在小区内', LEFT: '已离开', CANCELLED: '已取消', EXPIRED: '已过期' };
const LOOKS = { EXPECTED: 'info', INSIDE: 'good' };
const AT_ONCE = 50;
const LONGEST_AHEAD_DAYS = 30;
const FIELDS = ['visitorName', 'phone', 'expectedAt', 'purpose', 'regionCode', 'idNumber', 'plate'];
const EMPTY = { visitorName: '', phone: '', purpose: '', regionCode: '', idNumber: '', plate: '' };
const HOUR_MILLIS = 3600000;

const drawn = visit => ({
  id: visit.id, name: visit.forgotten ? '访客（信息已到期清除）' : visit.visitorName, stateWords: STATE_WORDS[visit.state], look: LOOKS[visit.state] || '',
  when: clock.dateWords(clock.dateOf(visit.expectedAt)) + ' ' + clock.clockOf(visit.expectedAt) + (visit.purpose ? ' · ' + visit.purpose : ''),
  passed: visit.enteredAt ? clock.clockOf(visit.enteredAt) + ' 进入' + (visit.leftAt ? ' · ' + clock.clockOf(visit.leftAt) + ' 离开' : '') : '',
  code: visit.code || '', window: clock.clockOf(visit.validFrom) + ' 至 ' + clock.clockOf(visit.validUntil) + ' 之间可进入'
});

/** The next full hour, in the compound's time: {date, time}. */
function soon() {
  const next = clock.localOf(clock.nowMillis() + HOUR_MILLIS);
  return { date: next.slice(0, 10), time: next.slice(11, 13) + ':00' };
}

page({
  data: { visits: null, inviting: false, entered: EMPTY, date: '', time: '', firstDate: '', lastDate: '', faults: {} },

  onLoad() {
    this.once = once();
  },

  async load() {
    const listed = await api.listVisits({ limit: AT_ONCE });
    this.setData({ visits: listed.items.map(drawn) });
  },

  begin() {
    this.setData(Object.assign({
      inviting: true, entered: EMPTY, faults: {}, failure: null, firstDate: clock.today(), lastDate: clock.plusDays(clock.today(), LONGEST_AHEAD_DAYS)
    }, soon()));
  },

  end() {
    this.setData({ inviting: false, failure: null });
  },

  write(event) {
    this.setData({ ['entered.' + event.currentTarget.dataset.name]: event.detail.value });
  },

  chooseDate(event) {
    this.setData({ date: event.detail.value });
  },

  chooseTime(event) {
    this.setData({ time: event.detail.value });
  },

  send() {
    const entered = this.data.entered;
    const body = {
      visitorName: entered.visitorName.trim(), phone: entered.phone.trim(), purpose: entered.purpose.trim(),
      expectedAt: this.data.date + 'T' + this.data.time + ':00' + clock.offset()
    };
    ['regionCode', 'idNumber', 'plate'].forEach(name => {
      if (entered[name].trim()) body[name] = entered[name].trim();
    });
    this.setData({ faults: {} });
    return this.attempt(async () => {
      await this.once(api.createVisit, body);
      this.setData({ inviting: false });
      await this.reload();
    });
  },

  onFailure(fault) {
    if (!(fault instanceof Problem)) return;
    const faults = {};
    FIELDS.forEach(name => { faults[name] = fault.at('/' + name); });
    this.setData({ faults, 'failure.faults': fault.besides(FIELDS.map(name => '/' + name)) });
  },

  copy(event) {
    const visit = this.data.visits[event.currentTarget.dataset.at];
    wx.setClipboardData({ data: '访客码 ' + visit.code + '，' + visit.window + '。请到门岗出示，我来门岗接您。' });
  },

  cancel(event) {
    const id = event.currentTarget.dataset.id;
    wx.showModal({
      title: '取消邀请？', content: '访客码马上失效。', confirmText: '确定取消', cancelText: '不取消',
      success: answer => {
        if (answer.confirm) this.cancelNow(id);
      }
    });
  },

  cancelNow(id) {
    return this.attempt(async () => {
      await this.once(api.cancelVisit, { id }, {});
      wx.showToast({ title: '已取消' });
      await this.reload();
    });
  }
});
