const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const once = require('../../utils/once.js');
const page = require('../../utils/page.js');
const regions = require('../../utils/regions.js');
const { Problem } = require('../../utils/problem.js');

const STATE_WORDS = { EXPECTED: '未到', INSIDE: '在小区内', LEFT: '已离开', CANCELLED: '已取消', EXPIRED: '已过期' };
const LOOKS = { EXPECTED: 'info', INSIDE: 'good' };
const AT_ONCE = 50;
const LONGEST_AHEAD_DAYS = 30;
const FIELDS = ['visitorName', 'phone', 'expectedAt', 'purpose', 'regionCode', 'idNumber', 'plate'];
const EMPTY = { visitorName: '', phone: '', purpose: '', idNumber: '', plate: '' };
const NONE_OF_THEM = 'none';
/** Where the visitor comes from; {@code choices}: the regions of the risk list within it. */
const NOWHERE = { provinceName: '', places: [], place: '', placeName: '', choices: [], listed: '' };
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
  data: { visits: null, inviting: false, entered: EMPTY, from: NOWHERE, provinces: regions.PROVINCES, date: '', time: '', firstDate: '', lastDate: '', faults: {} },

  onLoad() {
    this.once = once();
  },

  async load() {
    const [listed, risks] = await Promise.all([api.listVisits({ limit: AT_ONCE }), api.listRiskRegions()]);
    this.risks = risks.items;
    this.setData({ visits: listed.items.map(drawn) });
  },

  begin() {
    this.setData(Object.assign({
      inviting: true, entered: EMPTY, from: NOWHERE, faults: {}, failure: null, firstDate: clock.today(), lastDate: clock.plusDays(clock.today(), LONGEST_AHEAD_DAYS)
    }, soon()));
  },

  end() {
    this.setData({ inviting: false, failure: null });
  },

  write(event) {
    this.setData({ ['entered.' + event.currentTarget.dataset.name]: event.detail.value });
  },

  /** A province without places below it is a place itself. */
  chooseProvince(event) {
    const province = regions.PROVINCES[event.detail.value];
    const places = regions.placesOf(province.code);
    this.showFrom({ provinceName: province.name, places, place: places.length ? '' : province.code + '0000', placeName: '' });
  },

  choosePlace(event) {
    const place = this.data.from.places[event.detail.value];
    this.showFrom(Object.assign({}, this.data.from, { place: place.code, placeName: place.name }));
  },

  showFrom(from) {
    const within = from.place ? regions.listedWithin(this.risks || [], from.place) : [];
    const choices = within.length ? within.map(region => ({ id: region.regionCode, words: region.regionName })).concat({ id: NONE_OF_THEM, words: '都不是' }) : [];
    this.setData({ from: Object.assign({}, from, { choices, listed: '' }), 'faults.regionCode': '' });
  },

  chooseListed(event) {
    this.setData({ 'from.listed': event.currentTarget.dataset.id });
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
    ['idNumber', 'plate'].forEach(name => {
      if (entered[name].trim()) body[name] = entered[name].trim();
    });
    const from = this.data.from;
    if (from.provinceName && (!from.place || from.choices.length && !from.listed)) {
      this.setData({ 'faults.regionCode': from.place ? '请选择是否来自其中的中高风险地区' : '请选择市、区' });
      return undefined;
    }
    // A city with listed regions in it, and from none of them: there is no code for that; it is asked again at the gate.
    if (from.place && from.listed !== NONE_OF_THEM) body.regionCode = from.listed || from.place;
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
