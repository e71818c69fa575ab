/* How a pass reads. */
const clock = require('./clock.js');

const KIND_WORDS = { SUPPLIES: '采购', WORK: '上班', MEDICAL: '就医', ESSENTIAL_WORKER: '保障岗位', VEHICLE: '车辆' };
const STATE_WORDS = {
  PENDING: '待审批', APPROVED: '已通过', REJECTED: '未通过', CANCELLED: '已取消', OUT: '在外', RETURNED: '已回', OVERDUE: '超时未归', EXPIRED: '未使用'
};
const LOOKS = { PENDING: 'warn', APPROVED: 'good', OUT: 'info', OVERDUE: 'bad', REJECTED: 'bad' };
const RULE_WORDS = {
  'report-missing': '今天的测温还没有填报，填报后即可使用。',
  'under-observation': '居家观察期间暂停使用。',
  'alert-open': '健康情况尚待社区确认，处理完后恢复。',
  'level-sealed': '所在区域正在封控。'
};

exports.KINDS = ['SUPPLIES', 'WORK', 'MEDICAL', 'ESSENTIAL_WORKER', 'VEHICLE'];

exports.kindWords = kind => KIND_WORDS[kind];

exports.isLive = pass => pass.state === 'APPROVED' || pass.state === 'OUT' || pass.state === 'OVERDUE';

exports.freeIn = slot => Math.max(0, slot.capacity - slot.taken);

exports.dayWords = date => (date === clock.today() ? '今天' : clock.dateWords(date));

/** "今天 10:00–10:30 出门" */
exports.leaveWords = (from, until) => exports.dayWords(clock.dateOf(from)) + ' ' + clock.clockOf(from) + '–' + clock.clockOf(until) + ' 出门';

/** A pass as the pages show it. */
exports.drawn = pass => {
  const suspended = pass.state === 'APPROVED' && pass.suspendedBy ? pass.suspendedBy : [];
  return {
    id: pass.id, name: pass.residentName, kind: KIND_WORDS[pass.kind], colour: pass.colour.toLowerCase(), reason: pass.reason || '',
    stateWords: suspended.length ? '暂停' : STATE_WORDS[pass.state], look: suspended.length ? 'bad' : LOOKS[pass.state] || '',
    leave: exports.leaveWords(pass.validFrom, pass.leaveBy),
    back: '最晚 ' + clock.clockOf(pass.validUntil) + ' 回来' + (pass.gate ? ' · ' + pass.gate.name : ''),
    suspended: suspended.map(rule => RULE_WORDS[rule] || ''), approved: pass.state === 'APPROVED', pending: pass.state === 'PENDING', live: exports.isLive(pass),
    cancellable: pass.possible.indexOf('CANCEL') >= 0
  };
};
