/*
 * Who this phone is. The access token lives in memory only; the refresh token and who it is of are kept in the phone's storage, which WeChat
 * keeps apart for each mini program and person. Where the session has ended, WeChat's own login is asked before the person is.
 */
const api = require('./api.js');
const request = require('./request.js');
const { Problem, worthRepeating } = require('./problem.js');

const STORE = 'session';
/* Whoever left on purpose is not logged in again by WeChat until they ask for it. */
const LEFT = 'left';
const TOURIST = 'touristappid';

let accessToken = null;
let kept = wx.getStorageSync(STORE) || null;
let renewing = null;
let entering = null;
/* Whose session ended by itself here; nobody else is let in for them unasked. */
let awaited = null;
const listeners = [];

/** The page that somebody came for before they were logged in; '' for none. */
exports.wanted = '';

/** @returns {{id, name, roles, household?, resident?, permissions}|null} */
exports.me = () => (kept ? kept.me : null);

exports.may = operationId => Boolean(kept && kept.me.permissions.indexOf(operationId) >= 0);

/** Told whenever somebody logs in or out. */
exports.onChange = listener => {
  listeners.push(listener);
};

/** @param loggedIn the answer to any login */
exports.begin = loggedIn => {
  accessToken = loggedIn.accessToken;
  const somebody = loggedIn.me || exports.me();
  if (awaited && awaited.id !== somebody.id) exports.wanted = '';
  awaited = null;
  kept = { refreshToken: loggedIn.refreshToken, me: somebody };
  wx.setStorageSync(STORE, kept);
  wx.removeStorageSync(LEFT);
  listeners.forEach(listener => listener(somebody));
};

/** Ends it on this phone; what waits in the outbox stays for the next login of the same person. */
exports.forget = () => {
  accessToken = null;
  kept = null;
  wx.removeStorageSync(STORE);
  listeners.forEach(listener => listener(null));
};

/** One renewal for all who ask meanwhile: a refresh token is good once. */
function renew() {
  if (!renewing) {
    renewing = exchangeTokens().then(outcome => {
      renewing = null;
      return outcome;
    });
  }
  return renewing;
}

async function exchangeTokens() {
  if (kept) {
    try {
      exports.begin(await api.refreshSession({ refreshToken: kept.refreshToken }));
      return 'fresh';
    } catch (fault) {
      if (worthRepeating(fault) && fault.status !== 401) return 'unreachable';
      awaited = exports.me();
      exports.forget();
    }
  }
  if (wx.getStorageSync(LEFT)) return 'ended';
  const outcome = await byWeChat(awaited);
  if (outcome.me) return 'fresh';
  return outcome.fault && worthRepeating(outcome.fault) ? 'unreachable' : 'ended';
}

request.keepTokensBy({ token: () => accessToken, person: () => (kept ? kept.me.id : null), renew });

const codeOfWeChat = () => new Promise(resolve => wx.login({ success: told => resolve(told.code), fail: () => resolve(null) }));

/** WeChat's name of this mini program; nothing in the developer tool without one. */
function appId() {
  const own = wx.getAccountInfoSync().miniProgram.appId;
  return own && own !== TOURIST ? { appId: own } : {};
}

/**
 * {me}, or {bindingToken} for somebody whom nobody has bound yet, or {fault}. A code is good once, so nothing is repeated here.
 * `only`: who was logged in here, perhaps by password on another's phone. Anybody else whom WeChat names is let in when they ask for it.
 */
async function byWeChat(only) {
  const code = await codeOfWeChat();
  if (!code) return { fault: null };
  try {
    const answer = await api.logInByWeChat(Object.assign({ code }, appId()));
    if (answer.bindingToken) return { bindingToken: answer.bindingToken };
    if (only && only.id !== answer.me.id) {
      wx.setStorageSync(LEFT, true);
      return { fault: null };
    }
    exports.begin(answer);
    return { me: answer.me };
  } catch (fault) {
    return { fault };
  }
}

/** WeChat's name of this mini program, '' where it has none. */
exports.appId = () => appId().appId || '';

/** Whether the person logged out here on purpose. */
exports.left = () => Boolean(wx.getStorageSync(LEFT));

/** For the login page: WeChat's word on who this is, taken anew. */
exports.askWeChat = () => byWeChat(null);

/** Whether somebody is logged in, by what is kept or through WeChat; without network whoever was. */
exports.enter = () => {
  if (!entering) {
    entering = (kept ? Promise.resolve(true) : renew().then(outcome => outcome === 'fresh')).then(inside => {
      entering = null;
      return inside;
    });
  }
  return entering;
};

exports.bindByPhone = async (bindingToken, code) => exports.begin(await api.bindWeChatByPhone({ bindingToken, code }));

exports.activate = async (entered, key) => exports.begin(await api.activateAccount(entered, { idempotencyKey: key }));

exports.logInByPassword = async (phone, password) => exports.begin(await api.logIn({ phone, password }));

/** A new password by the code that the staff gave face to face. */
exports.resetPassword = async entered => exports.begin(await api.useResetCode(entered));

exports.leave = async () => {
  try {
    await api.logOut();
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
  }
  exports.forget();
  wx.setStorageSync(LEFT, true);
};
