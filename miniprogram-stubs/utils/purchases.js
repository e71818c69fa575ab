/* How a purchase reads, to whoever asked for it and to whoever buys. */
const clock = require('./clock.js');

const STATE_WORDS = {
  REQUESTED: '待接单', ACCEPTED: '已接单', ASKING: '待确认金额', BOUGHT: '已买好', DELIVERED: '已送到', CLOSED: '已完成', CANCELLED: '已取消', REJECTED: '未接受'
};
const LOOKS = { ASKING: 'warn', BOUGHT: 'info', DELIVERED: 'info', CLOSED: 'good', REJECTED: 'bad' };
const PAY_WORDS = { WECHAT: '收到后微信转', CASH_AT_DOOR: '现金放门口', OFFICE: '社区代付' };

exports.payWords = payBy => PAY_WORDS[payBy];

/** "青菜 1 斤" for each thing. */
exports.goods = items => items.map(one => one.name + ' ' + one.quantity + ' ' + one.unit);

/** What everybody sees of it. @param {Object<string, string>} stepWords of the steps that this page offers */
exports.drawn = (item, stepWords) => ({
  id: item.id, stateWords: STATE_WORDS[item.state], look: LOOKS[item.state] || '', goods: exports.goods(item.items),
  terms: '最多 ' + item.allowed + ' 元 · ' + PAY_WORDS[item.payBy] + ' · ' + clock.dateWords(item.wantedOn) + ' 要', note: item.note || '',
  asked: item.asked ? '要花 ' + item.asked + ' 元，比同意的 ' + item.allowed + ' 元多。' : '', cost: item.cost ? '实付 ' + item.cost + ' 元' : '', endNote: item.endNote || '',
  receipt: item.hasReceipt ? [{ id: item.id }] : [], steps: item.possible.filter(step => stepWords[step]).map(step => ({ step, words: stepWords[step] }))
});
