const page = require('../../utils/page.js');
const session = require('../../utils/session.js');
const uuid = require('../../utils/uuid.js');
const { inWords, Problem } = require('../../utils/problem.js');

const TODAY = '/pages/today/today';
const POINTERS = ['inviteCode', 'name', 'phone', 'password', 'code', 'newPassword'];
const SHORTEST_PASSWORD = 8;
const CODE_DIGITS = 8;

/** The code of a door card: of a mini-program link, or of the printed address that WeChat hands over as `q`. */
function codeOf(query) {
  if (query.code) return query.code;
  const found = /[?&]code=([^&]+)/.exec(query.q ? decodeURIComponent(query.q) : '');
  return found ? decodeURIComponent(found[1]) : '';
}

/** As somebody types it who copies it from paper: with spaces, or in wide digits. */
const plainDigits = text => text.replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/\D/g, '');

const plainPhone = phone => phone.replace(/[\s-]/g, '').replace(/^(\+?86)(?=1\d{10}$)/, '');

page({
  guest: true,

  data: { way: 'asking', entered: { inviteCode: '', name: '', phone: '', password: '', code: '', newPassword: '', again: '' }, faults: {}, fromCard: false },

  onLoad(query) {
    const inviteCode = codeOf(query);
    this.setData({ 'entered.inviteCode': inviteCode, fromCard: inviteCode !== '', way: session.left() ? 'left' : 'asking' });
  },

  async load() {
    if (this.data.way === 'asking') await this.askWeChat();
  },

  /** Whom WeChat says this is: known, or to be bound. Where WeChat does not answer, the password still works. */
  async askWeChat() {
    const outcome = await session.askWeChat();
    if (outcome.me) {
      this.enterHouse();
      return;
    }
    this.bindingToken = outcome.bindingToken || null;
    this.setData({ way: this.bindingToken ? 'bind' : 'password', failure: outcome.fault ? inWords(outcome.fault) : null });
  },

  enter(event) {
    const name = event.currentTarget.dataset.name;
    this.setData({ ['entered.' + name]: event.detail.value, ['faults.' + name]: '' });
  },

  byPassword() {
    this.setData({ way: 'password', failure: null });
  },

  again() {
    this.setData({ way: 'asking' });
    return this.reload();
  },

  /** The button for phone numbers: WeChat hands over a code, which only the server can turn into a number. */
  bindPhone(event) {
    const code = event.detail.code;
    if (!code) return Promise.resolve();
    return this.attempt(async () => {
      await session.bindByPhone(this.bindingToken, code);
      this.enterHouse();
    });
  },

  bindCard() {
    const entered = this.data.entered;
    const faults = {};
    if (!entered.inviteCode.trim()) faults.inviteCode = '请填门牌卡上的邀请码';
    if (!entered.name.trim()) faults.name = '请填姓名';
    if (!/^1\d{10}$/.test(plainPhone(entered.phone))) faults.phone = '请填 11 位手机号，例如 13800001111';
    this.setData({ faults });
    if (Object.keys(faults).length) return Promise.resolve();
    const body = { inviteCode: entered.inviteCode.trim(), name: entered.name.trim(), phone: plainPhone(entered.phone), bindingToken: this.bindingToken };
    const same = JSON.stringify(body);
    if (!this.key || this.key.of !== same) this.key = { id: uuid(), of: same };
    return this.attempt(async () => {
      await session.activate(body, this.key.id);
      this.enterHouse();
    });
  },

  logIn() {
    const entered = this.data.entered;
    const faults = {};
    if (!entered.phone.trim()) faults.phone = '请填 11 位手机号，例如 13800001111';
    if (!entered.password) faults.password = '请填密码';
    this.setData({ faults });
    if (Object.keys(faults).length) return Promise.resolve();
    return this.attempt(async () => {
      await session.logInByPassword(plainPhone(entered.phone), entered.password);
      this.enterHouse();
    });
  },

  openReset() {
    this.setData({ way: 'reset', failure: null, faults: {} });
  },

  resetPassword() {
    const entered = this.data.entered;
    const code = plainDigits(entered.code);
    const faults = {};
    if (!/^1\d{10}$/.test(plainPhone(entered.phone))) faults.phone = '请填 11 位手机号，例如 13800001111';
    if (code.length !== CODE_DIGITS) faults.code = '重置码是 ' + CODE_DIGITS + ' 位数字';
    if (entered.newPassword.length < SHORTEST_PASSWORD) faults.newPassword = '密码至少要 ' + SHORTEST_PASSWORD + ' 位';
    if (entered.again !== entered.newPassword) faults.again = '两次填的密码不一样';
    this.setData({ faults });
    if (Object.keys(faults).length) return Promise.resolve();
    return this.attempt(async () => {
      await session.resetPassword({ phone: plainPhone(entered.phone), code, newPassword: entered.newPassword });
      this.enterHouse();
    });
  },

  onFailure(fault) {
    if (!(fault instanceof Problem)) return;
    const faults = {};
    POINTERS.forEach(name => { faults[name] = fault.at('/' + name); });
    this.setData({ faults });
    // A binding token that is spent or too old: WeChat is asked once more, what was entered stays.
    if (fault.slug === 'binding-not-usable') this.askWeChat();
  },

  enterHouse() {
    this.setData({ 'entered.password': '', 'entered.newPassword': '', 'entered.again': '' });
    const wanted = session.wanted;
    session.wanted = '';
    if (wanted) wx.reLaunch({ url: wanted });
    else wx.switchTab({ url: TODAY });
  }
});
