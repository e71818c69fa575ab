/* How a ticket reads. */
const api = require('./api.js');
const clock = require('./clock.js');

const KIND_WORDS = { REPAIR: '报修', COMPLAINT: '投诉', ENQUIRY: '咨询', SUGGESTION: '建议' };
const STATE_WORDS = {
  SUBMITTED: '待受理', ACCEPTED: '已受理', ASSIGNED: '已派单', ON_SITE: '已到场', WAITING: '暂停', DONE: '待确认', CONFIRMED: '已确认', REOPENED: '返工', CLOSED: '已关单',
  CANCELLED: '已撤销', MERGED: '已合并'
};
const LOOKS = { SUBMITTED: 'warn', ACCEPTED: 'info', ASSIGNED: 'info', ON_SITE: 'info', WAITING: 'warn', DONE: 'good', CONFIRMED: 'good', REOPENED: 'late' };
const OPEN = ['SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED'];
const EVENT_WORDS = {
  SUBMIT: '提交', ACCEPT: '受理', ASSIGN: '派单', ARRIVE: '到场', PAUSE: '暂停', RESUME: '继续', FINISH: '完成', CONFIRM: '确认解决', REOPEN: '要求返工', RATE: '评价', FOLLOW_UP: '回访',
  CANCEL: '撤销', MERGE: '合并', CONSENT: '社区同意', CLOSE: '关单', BREACH: '超时', ESCALATE: '逐级上报', DEADLINE: '时限改动', JOIN: '另有一件并入', NOTE: '备注', PHOTO: '照片',
  WORKER: '外来施工人员', DISCLOSE: '查看报事人', POLICE: '移交公安', CLASSIFY: '调整事项或紧急程度'
};
const REASON_WORDS = {
  BY_RULE: '按规则派单', POLICY_CHANGED: '管理规则有改动', CALENDAR_CHANGED: '工作日历有改动', NOT_CONFIRMED_IN_TIME: '到期未确认', NOT_RATED_IN_TIME: '到期未评价',
  PAUSE_OVER: '暂停到期', LATE_ON_SITE: '到场超时', LATE_DONE: '完成超时', NOBODY_IN_CHARGE: '这一级没有人，直接上报', CHAIN_ENDS: '已到最高一级', MERGED_HERE: '同一件事并入'
};
const ROLE_WORDS = {
  REPORTER: '报事人', RESIDENT: '居民', ASSIGNEE: '师傅', REPAIRMAN: '师傅', DISPATCHER: '客服调度', OFFICE: '社区', SUBDISTRICT: '街道', GUARD: '门岗', GRID_WORKER: '网格员',
  HEALTH_CENTRE: '卫生服务中心', ADMIN: '管理员', CLOCK: '系统'
};
const MOST_STARS = 5;

let names = null;

/** All categories; asked for once while the mini program runs. */
exports.categories = async () => {
  if (!names) names = (await api.listTicketCategories()).items;
  return names;
};

exports.nameOf = code => {
  const found = (names || []).find(category => category.code === code);
  return found ? found.name : '';
};

exports.kindWords = kind => KIND_WORDS[kind];

exports.stateWords = state => STATE_WORDS[state];

exports.look = state => LOOKS[state] || '';

exports.isOpen = ticket => OPEN.indexOf(ticket.state) >= 0;

exports.stars = rating => '★★★★★'.slice(0, rating) + '☆☆☆☆☆'.slice(0, MOST_STARS - rating);

/** "今天 18:00", "明天 09:30", or with its date. */
exports.momentWords = iso => {
  const date = clock.dateOf(iso);
  const day = date === clock.plusDays(clock.today(), 1) ? '明天' : date === clock.plusDays(clock.today(), -1) ? '昨天' : '';
  return day ? day + ' ' + clock.clockOf(iso) : clock.momentWords(iso);
};

/** The promise that is due next: {what: 'onSite'|'done', at, late}; null where none runs. */
function nextDue(ticket) {
  if (!exports.isOpen(ticket)) return null;
  const what = ticket.dueAt.onSite && !ticket.onSiteAt && ticket.state !== 'ON_SITE' ? 'onSite' : 'done';
  return { what, at: ticket.dueAt[what], late: !ticket.paused && Date.parse(ticket.dueAt[what]) < clock.nowMillis() };
}

/** The deadline in plain words, as one says it at a counter. */
function dueWords(ticket) {
  if (ticket.state === 'DONE' && ticket.own) return '已经办完，请您确认';
  const due = nextDue(ticket);
  if (!due) return ticket.doneAt ? exports.momentWords(ticket.doneAt) + ' 办完' : '';
  if (ticket.paused) return ticket.resumeAt ? '暂停到' + exports.momentWords(ticket.resumeAt) : '暂停计时';
  const moment = exports.momentWords(due.at);
  const repair = ticket.kind === 'REPAIR';
  const words = due.what === 'onSite' ? (repair ? '师傅' + moment + ' 前到' : moment + ' 前到现场') : moment + (repair ? ' 前修好' : ' 前答复');
  return due.late ? '已超时：原定' + words : words;
}

exports.placeWords = place => (place.building ? place.building + ' 栋 ' : '') + place.text;

/** Where neighbours do not read where it is, or not yet; empty otherwise. */
function placeStands(ticket) {
  if (!ticket.own || !ticket.placeStanding) return '';
  return ticket.placeStanding.state === 'REFUSED' ? '地点的文字没有向邻居公开：' + ticket.placeStanding.answer + '。维修照常进行。'
    : '地点的文字等工作人员看过后，邻居才能看到；维修照常进行。';
}

/** A ticket as the pages show it; the categories have been asked for. */
exports.drawn = ticket => {
  const due = nextDue(ticket);
  return {
    id: ticket.id, number: ticket.number, name: exports.nameOf(ticket.category) || KIND_WORDS[ticket.kind], description: ticket.description,
    stateWords: STATE_WORDS[ticket.state], look: exports.look(ticket.state), place: exports.placeWords(ticket.place), due: dueWords(ticket), late: Boolean(due && due.late),
    escalated: due && due.late && ticket.escalatedTo ? '已上报：' + ROLE_WORDS[ticket.escalatedTo] : '', asked: ticket.own && ticket.state === 'DONE',
    open: exports.isOpen(ticket), own: ticket.own, anonymous: ticket.anonymous, consent: ticket.consent === 'NEEDED', placeStands: placeStands(ticket)
  };
};

/** Everything that happened, oldest first. */
exports.trail = ticket => (ticket.events || []).map((entry, place) => ({
  key: place, words: EVENT_WORDS[entry.event] + (entry.assignee ? ' → ' + entry.assignee : ''),
  details: [REASON_WORDS[entry.reason], entry.rating ? exports.stars(entry.rating) : '', entry.note, entry.until ? '到' + exports.momentWords(entry.until) : '']
    .filter(words => words),
  at: exports.momentWords(entry.at) + ' · ' + (entry.by.name || ROLE_WORDS[entry.by.role])
}));

/** What another reported and one follows: states and times, nothing of theirs. */
exports.progress = item => ({
  id: item.id, number: item.number, name: item.category ? exports.nameOf(item.category) : '与您的合并办理', stateWords: STATE_WORDS[item.state], look: exports.look(item.state),
  due: !item.doneAt && exports.isOpen(item) ? exports.momentWords(item.dueAt) + ' 前办完' : '',
  stages: item.stages.map((stage, place) => ({ key: place, words: STATE_WORDS[stage.state], at: exports.momentWords(stage.at) }))
});

exports.publicDrawn = item => ({
  id: item.id, name: exports.nameOf(item.category), stateWords: STATE_WORDS[item.state], look: exports.look(item.state), place: exports.placeWords(item.place),
  since: exports.momentWords(item.submittedAt) + ' 报修，' + item.followers + ' 人关注',
  due: item.doneAt ? exports.momentWords(item.doneAt) + ' 办完' : exports.momentWords(item.dueAt) + ' 前修好', own: item.own, following: item.following
});
