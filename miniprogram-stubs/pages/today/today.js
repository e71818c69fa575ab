const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const health = require('../../utils/health.js');
const outbox = require('../../utils/outbox.js');
const page = require('../../utils/page.js');
const session = require('../../utils/session.js');

const formOf = (round, members) => '/pages/family/family?round=' + round + '&ids=' + members.map(member => member.residentId).join(',');

/** The words under the title of the round that is asked for now. */
function countdown(day, round) {
  const minutes = health.minutesLeft(day, round);
  const clockWords = health.cutOffClock(day, round);
  if (minutes <= 0) return { words: '已过 ' + clockWords + ' 截止时间。现在仍可上报，会记为迟报。', pressing: true };
  const left = minutes >= 60 ? Math.floor(minutes / 60) + ' 小时 ' + minutes % 60 + ' 分' : minutes + ' 分钟';
  return { words: '今日 ' + clockWords + ' 截止，还有 ' + left, pressing: minutes <= 30 };
}

/** What is asked for now: one button for everybody who is missing. */
function askedNow(day, waiting) {
  const round = health.currentRound(day);
  const words = health.roundWords(round);
  const missing = health.missingOf(day, round, waiting);
  if (missing.length === 0) {
    const kept = day.members.some(member => health.waitsFor(waiting, day, member.residentId, round));
    const next = round === 'MORNING' ? '下一次：下午 ' + health.measuredClock(day, 'AFTERNOON') : '';
    return { title: kept ? words + '已填好，等待发送' : words + '全家都报好了', complete: !kept, note: kept ? '' : next };
  }
  if (!health.hasOpened(day, round)) return { title: words + '测温 ' + health.opensClock(day, round) + ' 开始', complete: false, note: '' };
  const left = countdown(day, round);
  return {
    title: missing.length === day.members.length ? words + '测温，请上报' : words + '还差 ' + missing.length + ' 人',
    complete: false, note: left.words, pressing: left.pressing, form: formOf(round, missing),
    button: missing.length > 1 ? '全家上报' : '上报体温', buttonNote: missing.length + ' 人 · 先按上次填好'
  };
}

/** A second, smaller button: the morning that was forgotten, or the afternoon ahead of its time. */
function askedToo(day, waiting) {
  const now = health.currentRound(day);
  if (now === 'AFTERNOON') {
    const earlier = health.missingOf(day, 'MORNING', waiting);
    return earlier.length ? { words: '补报上午（' + earlier.length + ' 人）', form: formOf('MORNING', earlier) } : null;
  }
  const early = health.missingOf(day, 'MORNING', waiting).length === 0 && health.hasOpened(day, 'AFTERNOON')
    ? health.missingOf(day, 'AFTERNOON', waiting) : [];
  return early.length ? { words: '提前报下午（' + early.length + ' 人）', form: formOf('AFTERNOON', early) } : null;
}

function lineOf(day, member, round, waiting) {
  const state = health.stateOf(day, member, round, waiting);
  const report = health.reportOf(member, round);
  return {
    id: member.residentId, name: member.name, temperature: report ? health.shown(report.temperature) : '',
    fever: Boolean(report) && health.isFever(Math.round(report.temperature * 10)),
    state, stateWords: health.stateWords(state), look: health.stateLook(state),
    form: state !== 'WAITING' && (report || health.hasOpened(day, round)) ? formOf(round, [member]) : ''
  };
}

const roundOf = (day, round, waiting) => ({
  round, title: health.roundWords(round) + ' ' + health.measuredClock(day, round).replace(/^0/, ''),
  count: day.members.filter(member => health.reportOf(member, round)).length + ' / ' + day.members.length + ' 人',
  lines: day.members.map(member => lineOf(day, member, round, waiting))
});

/** That the household stays at home, how far it is, what is due; the one who stays longest speaks for the home. */
function stayOf(observations) {
  if (!observations.length) return null;
  const longest = observations.reduce((most, item) => (item.daysLeft > most.daysLeft ? item : most), observations[0]);
  return { words: '第 ' + longest.day + ' 天，共 ' + longest.days + ' 天', duties: health.dutiesOf(observations) };
}

page({
  data: { date: '', household: '', now: null, too: null, rounds: [], nobody: false, staff: false, alerts: [], stay: null },

  onLoad() {
    this.endOfOutbox = outbox.onChange(() => this.draw());
  },

  onUnload() {
    this.endOfOutbox();
  },

  async load() {
    const staff = !session.me().resident;
    this.setData({ staff });
    if (staff) return;
    const [day, alerts, observations] = await Promise.all([api.getTodaysRounds(), api.listMyAlerts(), api.listObservations({ state: 'OPEN', limit: 200 })]);
    health.keepDay(day);
    this.setData({ alerts: alerts.items.map(alert => health.guidanceOf(alert, day)), stay: stayOf(observations.items) });
    this.draw();
  },

  call120() {
    wx.makePhoneCall({ phoneNumber: '120' });
  },

  openServices() {
    wx.switchTab({ url: '/pages/services/services' });
  },

  draw() {
    const day = health.keptDay();
    const me = session.me();
    if (!day || !me) return;
    const waiting = outbox.mine();
    this.setData({
      date: clock.dateWords(day.date), household: me.household ? me.household.label : '', nobody: day.members.length === 0,
      now: askedNow(day, waiting), too: askedToo(day, waiting), rounds: health.ROUNDS.map(round => roundOf(day, round, waiting))
    });
  }
});
