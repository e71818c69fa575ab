const api = require('../../utils/api.js');
const health = require('../../utils/health.js');
const outbox = require('../../utils/outbox.js');
const page = require('../../utils/page.js');
const { inWords, Problem } = require('../../utils/problem.js');

const SECOND_TAP = '核对无误，上报';

/** One entry of the form, as it was last time; what was reported already is corrected. */
function asLastTime(member, round) {
  const reported = health.reportOf(member, round);
  const before = reported || health.lastOf(member, round);
  const chosen = before ? before.symptoms : [];
  // "Other" says nothing without its words, and a correction loses none
  const keepsNote = reported || chosen.indexOf('OTHER') >= 0;
  return drawn({
    id: member.residentId, name: member.name, included: true, opened: chosen.length > 0, fault: '', corrected: Boolean(reported),
    text: before ? health.shown(before.temperature) : '', chosen, note: keepsNote && before.note || ''
  });
}

/** With what the page shows of it. */
const drawn = entry => Object.assign({}, entry, {
  fever: health.isFever(health.readTenths(entry.text)), symptomWords: health.symptomWords(entry.chosen), symptoms: health.symptomChoices(entry.chosen)
});

const reportOf = (entry, day, round) => Object.assign(
  { residentId: entry.id, date: day.date, round, temperature: health.readTenths(entry.text) / 10, symptoms: entry.chosen },
  entry.note.trim() ? { note: entry.note.trim() } : {});

const resultOf = (entry, report) => ({
  id: entry.id, name: entry.name, temperature: health.shown(report.temperature), late: report.status === 'LATE', alert: Boolean(report.alertId),
  breathing: report.symptoms.indexOf('DYSPNOEA') >= 0
});

page({
  data: { title: '', feverWords: '', acknowledgeWords: '', entries: [], send: '', sent: [], alerting: '', breathing: false, waiting: false, over: false },

  onLoad(query) {
    this.round = query.round;
    this.ids = query.ids.split(',');
    this.setData({ feverWords: health.feverWords(), acknowledgeWords: health.acknowledgeWords() });
  },

  async load() {
    if (this.day) return;
    this.day = health.keptDay() || health.keepDay(await api.getTodaysRounds());
    const members = this.day.members.filter(member => this.ids.indexOf(member.residentId) >= 0);
    this.show(members.map(member => asLastTime(member, this.round)));
    this.setData({ title: health.roundWords(this.round) + '测温' + (members.length > 1 ? ' · 全家' : '') });
  },

  show(entries) {
    const included = entries.filter(entry => entry.included);
    this.setData({
      entries,
      send: included.length === 0 ? '' : this.data.sent.length ? '改好了，再报'
        : included.length === 1 ? (included[0].corrected ? '更正' : '上报') + included[0].name + '的体温' : SECOND_TAP + '（' + included.length + ' 人）'
    });
  },

  change(event, part) {
    const id = event.currentTarget.dataset.id;
    this.show(this.data.entries.map(entry => (entry.id === id ? drawn(Object.assign({}, entry, part(entry))) : entry)));
  },

  less(event) {
    this.change(event, entry => ({ text: health.stepped(entry.text, -1), fault: '' }));
  },

  more(event) {
    this.change(event, entry => ({ text: health.stepped(entry.text, 1), fault: '' }));
  },

  type(event) {
    this.change(event, () => ({ text: event.detail.value, fault: '' }));
  },

  note(event) {
    this.change(event, () => ({ note: event.detail.value }));
  },

  openSymptoms(event) {
    this.change(event, () => ({ opened: true }));
  },

  toggle(event) {
    const code = event.currentTarget.dataset.code;
    this.change(event, entry => ({
      chosen: entry.chosen.indexOf(code) >= 0 ? entry.chosen.filter(other => other !== code) : entry.chosen.concat(code)
    }));
  },

  well(event) {
    this.change(event, () => ({ chosen: [] }));
  },

  leaveOut(event) {
    this.change(event, entry => ({ included: !entry.included }));
  },

  /** The second tap. */
  send() {
    const included = this.data.entries.filter(entry => entry.included);
    const faulty = included.filter(entry => !health.isPlausible(health.readTenths(entry.text)));
    if (faulty.length) {
      this.show(this.data.entries.map(entry => (faulty.indexOf(entry) < 0 ? entry
        : Object.assign({}, entry, { fault: entry.text === '' ? '请填体温' : health.implausibleWords() + '，例如 36.5' }))));
      return Promise.resolve();
    }
    return this.attempt(async () => {
      const reports = included.map(entry => reportOf(entry, this.day, this.round));
      const outcome = await outbox.hand([{ call: 'submitHealthReports', args: [{ reports }] }], {
        title: health.roundWords(this.round) + '体温：' + included.map(entry => entry.name).join('、'),
        date: this.day.date, round: this.round, residentIds: included.map(entry => entry.id), names: included.map(entry => entry.name), after: 'reports ' + this.day.date + ' ' + this.round
      });
      if (outcome.sent) this.take(included, outcome.sent.results);
      else this.setData({ entries: [], send: '', waiting: true, over: true });
    });
  },

  /** Each member has an answer of its own. */
  take(included, results) {
    const done = [];
    const left = [];
    included.forEach((entry, index) => {
      const result = results[index];
      if (result.report) {
        done.push(resultOf(entry, result.report));
      } else {
        const words = inWords(new Problem(result.status, result.problem));
        left.push(Object.assign({}, entry, { fault: words.faults[0] || words.advice }));
      }
    });
    const sent = this.data.sent.concat(done);
    const alerting = sent.filter(one => one.alert);
    this.setData({
      sent, over: left.length === 0, alerting: alerting.map(one => one.name).join('、'), breathing: alerting.some(one => one.breathing)
    });
    this.show(left);
  },

  call120() {
    wx.makePhoneCall({ phoneNumber: '120' });
  },

  back() {
    if (getCurrentPages().length > 1) wx.navigateBack();
    else wx.switchTab({ url: '/pages/today/today' });
  }
});
