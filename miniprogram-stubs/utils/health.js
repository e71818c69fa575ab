/* What the pages know about reports: pure functions of the day as the server gave it, of what waits in the outbox, and of the compound's time. */
const clock = require('./clock.js');
const session = require('./session.js');

const SYMPTOMS = {
  FEVER: '发热', DRY_COUGH: '干咳', FATIGUE: '乏力', SORE_THROAT: '咽痛', DIARRHOEA: '腹泻', DYSPNOEA: '呼吸困难',
  LOSS_OF_SMELL_OR_TASTE: '嗅觉或味觉减退', OTHER: '其他'
};
const ROUND_WORDS = { MORNING: '上午', AFTERNOON: '下午' };
const STATE_WORDS = { REPORTED: '已报', LATE: '迟报', CORRECTED: '已更正', WAITING: '待发送', MISSING: '漏报', DUE: '未报', NOT_DUE: '未到时间' };
const STATE_LOOKS = { REPORTED: 'good', LATE: 'late', CORRECTED: 'info', WAITING: 'late', MISSING: 'bad', DUE: 'late', NOT_DUE: '' };

/* Tenths of a degree, so that 36.6 + 0.1 is 36.7. What is believed to be a living person's reading, and above what an alert begins, are rules of the compound; what is shipped until the day's rounds have told them. */
let rules = { feverAbove: 37.3, temperatureMin: 34, temperatureMax: 43, acknowledgeMinutes: 10, travelDays: 14 };
const lowestTenths = () => Math.round(rules.temperatureMin * 10);
const highestTenths = () => Math.round(rules.temperatureMax * 10);
const feverAboveTenths = () => Math.round(rules.feverAbove * 10);
const USUAL_TENTHS = 365;

exports.ROUNDS = ['MORNING', 'AFTERNOON'];
exports.roundWords = round => ROUND_WORDS[round];
exports.stateWords = state => STATE_WORDS[state];
exports.stateLook = state => STATE_LOOKS[state];

exports.symptomWords = symptoms => (symptoms.length ? symptoms.map(symptom => SYMPTOMS[symptom]).join('、') : '没有不舒服');
exports.symptomChoices = chosen => Object.keys(SYMPTOMS).map(code => ({ code, words: SYMPTOMS[code], on: chosen.indexOf(code) >= 0 }));

exports.shown = celsius => (celsius === null || celsius === undefined ? '' : (Math.round(celsius * 10) / 10).toFixed(1));
exports.implausibleWords = () => '体温应在 ' + (lowestTenths() / 10).toFixed(1) + ' 到 ' + (highestTenths() / 10).toFixed(1) + ' 之间';
exports.feverWords = () => '高于 ' + (feverAboveTenths() / 10).toFixed(1) + '℃，上报后社区会马上联系您。';
exports.acknowledgeWords = () => '社区 ' + rules.acknowledgeMinutes + ' 分钟内会看到，并打电话联系您。请保持电话畅通。';
exports.travelDays = () => rules.travelDays;
exports.isPlausible = tenths => tenths !== null && tenths >= lowestTenths() && tenths <= highestTenths();
exports.isFever = tenths => tenths !== null && tenths > feverAboveTenths();

/** "36.5", "36,5", "３６．５" and "365" are all 36.5; null for what is no reading to one decimal. */
exports.readTenths = text => {
  const plain = String(text).replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[,，。．・·]/g, '.').replace(/[℃°Cc\s]/g, '');
  if (/^\d{3}$/.test(plain)) return Number(plain);
  return /^\d{1,2}(\.\d?)?$/.test(plain) ? Math.round(Number(plain) * 10) : null;
};

/** The text of a reading, a step up or down. */
exports.stepped = (text, tenthsMore) => {
  const tenths = exports.readTenths(text);
  const next = tenths === null ? USUAL_TENTHS : Math.max(lowestTenths(), Math.min(highestTenths(), tenths + tenthsMore));
  return (next / 10).toFixed(1);
};

const roundOf = (day, round) => day.rounds.find(one => one.round === round);

exports.opensClock = (day, round) => clock.clockOf(roundOf(day, round).opensAt);
exports.measuredClock = (day, round) => clock.clockOf(roundOf(day, round).measuredAt);
exports.cutOffClock = (day, round) => clock.clockOf(roundOf(day, round).cutOffAt);
exports.minutesLeft = (day, round) => Math.ceil((Date.parse(roundOf(day, round).cutOffAt) - clock.nowMillis()) / 60000);
exports.hasOpened = (day, round) => Date.parse(roundOf(day, round).opensAt) <= clock.nowMillis();

const timeToMeasure = (day, round) => Date.parse(roundOf(day, round).measuredAt) <= clock.nowMillis();

/** The page asks for the afternoon when its measuring time comes; until then for the morning, though the afternoon is taken earlier. */
exports.currentRound = day => (timeToMeasure(day, 'AFTERNOON') ? 'AFTERNOON' : 'MORNING');

exports.reportOf = (member, round) => member.reports.find(report => report.round === round) || null;

/** What "as last time" means for a round: the reading just before it, of this morning or of an earlier day. */
exports.lastOf = (member, round) => round === 'AFTERNOON' && exports.reportOf(member, 'MORNING') || member.lastReport || null;

/** @param waiting the outbox's things of this person */
exports.waitsFor = (waiting, day, residentId, round) => waiting.some(thing => !thing.refusal && thing.about.date === day.date
  && thing.about.round === round && thing.about.residentIds.indexOf(residentId) >= 0);

exports.missingOf = (day, round, waiting) => day.members
  .filter(member => !exports.reportOf(member, round) && !exports.waitsFor(waiting, day, member.residentId, round));

/** One of the keys of STATE_WORDS. */
exports.stateOf = (day, member, round, waiting) => {
  if (exports.waitsFor(waiting, day, member.residentId, round)) return 'WAITING';
  const report = exports.reportOf(member, round);
  if (report) return report.version > 1 ? 'CORRECTED' : report.status === 'LATE' ? 'LATE' : 'REPORTED';
  if (exports.minutesLeft(day, round) <= 0) return 'MISSING';
  return timeToMeasure(day, round) ? 'DUE' : 'NOT_DUE';
};

const GUIDANCE = {
  OPEN: { title: '需要留意，社区已收到提醒', now: '社区会在 {clock} 前看到，并打电话联系您。请保持电话畅通。', way: '系统收到上报', at: 'openedAt' },
  ACKNOWLEDGED: { title: '：社区正在处理', now: '工作人员已经看到，会打电话联系您。请保持电话畅通，有变化请再填报一次。', way: '工作人员确认', at: 'acknowledgedAt' },
  ESCALATED: { title: '：已请卫生服务中心协助', now: '街道和社区卫生服务中心已收到，会安排下一步。请等电话，不要自己乘车就医。', way: '上报街道和卫生服务中心', at: 'escalatedAt' },
  TRANSFERRED: { title: '：正在送医', now: '请准备好身份证、医保卡和口罩，听从医护人员安排。家人请留在家中。', way: '安排送医', at: 'transferredAt' },
  CLOSED: { title: '：已处理完', now: '这次提醒已处理完；能否出行，以出入证为准。如果又不舒服，请马上再填报一次。', way: '处理完成', at: 'closedAt' }
};

/** What a household is told of an alert about one of its members: what happens now, how far it has come. */
exports.guidanceOf = (alert, day) => {
  const words = GUIDANCE[alert.state];
  const over = alert.state === 'CLOSED';
  const member = day.members.find(one => one.residentId === alert.residentId);
  const advice = [];
  if (!over && alert.state !== 'TRANSFERRED') advice.push('请留在家里，戴好口罩，和家人分开房间，开窗通风。');
  if (alert.passesSuspended) advice.push('处理完之前，出入证暂停使用。');
  return {
    id: alert.id, over, title: alert.residentName + words.title, now: words.now.replace('{clock}', clock.clockOf(alert.acknowledgeBy)), advice,
    breathing: !over && Boolean(member) && member.reports.some(report => report.symptoms.indexOf('DYSPNOEA') >= 0),
    way: Object.keys(GUIDANCE).map(state => GUIDANCE[state]).filter(step => alert[step.at])
      .sort((one, other) => Date.parse(alert[one.at]) - Date.parse(alert[other.at])).map(step => clock.momentWords(alert[step.at]) + ' ' + step.way)
  };
};

const OWN_DUTIES = { REPORT: '测体温并填报', PROOF: '补填返回前后的核酸阴性结果', TEST: '做核酸检测，由社区安排' };

/** What the household itself has to do today for those who stay at home, each duty once. */
exports.dutiesOf = observations => Object.keys(OWN_DUTIES).map(duty => ({
  duty, words: OWN_DUTIES[duty], names: observations.filter(item => item.due.indexOf(duty) >= 0).map(item => item.residentName).join('、')
})).filter(one => one.names);

let last = { whose: '', day: null };

const whose = () => (session.me() ? session.me().id : '');

/** The day as whoever is logged in last saw it, so that the form opens without network; only in memory. */
exports.keepDay = day => {
  last = { whose: whose(), day };
  rules = day.rules;
  return day;
};
exports.keptDay = () => (last.whose === whose() ? last.day : null);
