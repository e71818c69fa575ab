const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const health = require('../../utils/health.js');
const page = require('../../utils/page.js');
const session = require('../../utils/session.js');

const DAYS = 14;
const REPORTED_AS = { SELF: '本人上报', HOUSEHOLD_MEMBER: '家人代报', STAFF: '工作人员代报' };

const order = report => report.date + (report.round === 'AFTERNOON' ? 'B' : 'A');

const drawn = report => ({
  id: report.id, day: clock.dateWords(report.date) + ' ' + health.roundWords(report.round), temperature: health.shown(report.temperature),
  fever: health.isFever(Math.round(report.temperature * 10)), symptoms: health.symptomWords(report.symptoms), note: report.note || '',
  state: report.version > 1 ? 'CORRECTED' : report.status === 'LATE' ? 'LATE' : 'REPORTED', by: REPORTED_AS[report.reportedAs] + ' ' + clock.momentWords(report.receivedAt),
  versions: null
});

/** What was reported for each member in the last two weeks, with what a correction replaced. */
page({
  data: { members: [], who: 0, days: DAYS, reports: [] },

  async load() {
    if (!this.data.members.length) {
      const members = (await api.listOwnHousehold()).items.map(member => ({ id: member.id, name: member.name }));
      this.setData({ members, who: Math.max(0, members.findIndex(member => member.id === session.me().resident.id)) });
    }
    const residentId = this.data.members[this.data.who].id;
    const listed = await api.listHealthReports({ residentId, from: clock.plusDays(clock.today(), 1 - DAYS), to: clock.today(), limit: 2 * DAYS });
    const reports = listed.items.slice().sort((one, other) => (order(one) < order(other) ? 1 : -1));
    this.setData({
      reports: reports.map(report => Object.assign(drawn(report), { look: health.stateLook(drawn(report).state), stateWords: health.stateWords(drawn(report).state) }))
    });
  },

  chooseWho(event) {
    this.setData({ who: Number(event.detail.value), reports: [] });
    return this.reload();
  },

  openVersions(event) {
    const at = event.currentTarget.dataset.at;
    return this.attempt(async () => {
      const listed = await api.listHealthReportVersions({ id: this.data.reports[at].id });
      this.setData({
        ['reports[' + at + '].versions']: listed.items.filter(version => version.replacedAt).map(version => ({
          number: version.version, words: health.shown(version.temperature) + ' ℃，' + health.symptomWords(version.symptoms) + '，' + version.reportedBy + ' '
            + clock.momentWords(version.receivedAt)
        }))
      });
    });
  }
});
