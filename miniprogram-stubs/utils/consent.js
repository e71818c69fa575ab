/* Subscribe messages: one consent is one message. Asked at a tap, because WeChat shows its question only then. */
const api = require('./api.js');
const outbox = require('./outbox.js');
const session = require('./session.js');

/* So many in hand, and nobody is asked. */
const ENOUGH = 2;
const AT_ONCE = 3;

/** The ids of templates of these kinds of which too few messages are accepted; empty where the server has none. Before the tap: WeChat wants its question at once. */
exports.lacking = async kinds => {
  const listed = await api.listSubscriptions();
  const own = session.appId();
  // of several mini programs WeChat asks for the templates of this one only, and for none where another's is among them
  return listed.items.filter(item => (!own || item.appId === own) && kinds.indexOf(item.kind) >= 0 && item.accepted < ENOUGH).map(item => item.templateId).slice(0, AT_ONCE);
};

/** To be called within the tap's handler. Resolves to how many were accepted. */
exports.ask = templateIds => new Promise(resolve => {
  wx.requestSubscribeMessage({
    tmplIds: templateIds,
    success: answer => resolve(templateIds.filter(id => answer[id] === 'accept')),
    fail: () => resolve([])
  });
}).then(async accepted => {
  if (accepted.length) await outbox.hand([{ call: 'acceptSubscriptions', args: [{ templateIds: accepted }] }], { title: '消息提醒' });
  return accepted.length;
});
