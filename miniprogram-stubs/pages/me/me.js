const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const outbox = require('../../utils/outbox.js');
const page = require('../../utils/page.js');
const session = require('../../utils/session.js');
const { Problem } = require('../../utils/problem.js');

const RELATIONS = {
  HEAD: '户主', SPOUSE: '配偶', CHILD: '子女', PARENT: '父母', GRANDPARENT: '祖父母', GRANDCHILD: '孙辈', SIBLING: '兄弟姐妹', TENANT: '租户', CARER: '照护人', OTHER: '其他'
};

const ROLES = {
  GUARD: '门岗', GRID_WORKER: '网格员', DISPATCHER: '物业调度', REPAIRMAN: '维修员', OFFICE: '社区', HEALTH_CENTRE: '卫生服务中心', SUBDISTRICT: '街道', ADMIN: '管理员'
};
const FIELDS = { NAME: '姓名', PHONE: '手机号', ID_NUMBER: '身份证号', REPORTER: '匿名投诉', HEALTH: '健康信息' };
const SHORTEST_PASSWORD = 8;

const drawnDisclosure = seen => ({
  id: seen.id, by: [ROLES[seen.by.role] || '', seen.by.name || ''].filter(part => part).join(' '), what: '查看了' + seen.residentName + '的' + (FIELDS[seen.field] || '信息'),
  reason: seen.reason || '', at: clock.momentWords(seen.at)
});

page({
  data: { name: '', compound: '', household: '', members: [], disclosures: null, next: null, sms: null, changing: false, entered: { password: '', newPassword: '' }, faults: {} },

  async load() {
    const me = session.me();
    this.setData({ name: me.name, compound: me.compound.name, household: me.household ? me.household.label + ' 室' : '' });
    if (!session.may('listOwnHousehold')) return;
    const listed = await api.listOwnHousehold();
    const seen = await api.listMyDisclosures({ limit: 5 });
    this.setData({ disclosures: seen.items.map(drawnDisclosure), next: seen.next });
    this.setData({ sms: await api.getSmsPreference() });
    this.setData({ members: listed.items.map(member => ({ id: member.id, name: member.name, relation: RELATIONS[member.relation] || '', hasAccount: member.hasAccount })) });
  },

  more() {
    return this.attempt(async () => {
      const seen = await api.listMyDisclosures({ limit: 20, cursor: this.data.next });
      this.setData({ disclosures: this.data.disclosures.concat(seen.items.map(drawnDisclosure)), next: seen.next });
    });
  },

  chooseSms(event) {
    return this.attempt(async () => {
      const sms = await api.setSmsPreference({ wanted: event.detail.value });
      this.setData({ sms });
      wx.showToast({ title: sms.wanted ? '已恢复短信提醒' : '不再给您发短信', icon: 'none' });
    });
  },

  openPassword() {
    this.setData({ changing: true, entered: { password: '', newPassword: '' }, faults: {} });
  },

  enter(event) {
    const name = event.currentTarget.dataset.name;
    this.setData({ ['entered.' + name]: event.detail.value, ['faults.' + name]: '' });
  },

  savePassword() {
    const faults = {};
    if (!this.data.entered.password) faults.password = '请填现在的密码';
    if (this.data.entered.newPassword.length < SHORTEST_PASSWORD) faults.newPassword = '密码至少要 ' + SHORTEST_PASSWORD + ' 位';
    this.setData({ faults });
    if (Object.keys(faults).length) return Promise.resolve();
    return this.attempt(async () => {
      await api.changePassword(this.data.entered);
      this.setData({ changing: false, entered: { password: '', newPassword: '' } });
      wx.showToast({ title: '密码已修改', icon: 'none' });
    });
  },

  onFailure(fault) {
    // The switch stands where it was put; what holds is what the server said last.
    if (this.data.sms) this.setData({ sms: Object.assign({}, this.data.sms) });
    if (fault instanceof Problem) this.setData({ faults: { password: fault.at('/password'), newPassword: fault.at('/newPassword') } });
  },

  readPrivacy() {
    wx.openPrivacyContract();
  },

  leave() {
    const waiting = outbox.mine().length;
    wx.showModal({
      title: '要退出登录吗？',
      content: waiting ? '还有 ' + waiting + ' 份没有发出去。退出后它们留在这部手机上，等您下次登录再发送。' : '下次可以用微信再登录。',
      success: answer => {
        if (answer.confirm) this.leaveNow();
      }
    });
  },

  leaveNow() {
    return this.attempt(async () => {
      await session.leave();
      wx.reLaunch({ url: '/pages/login/login' });
    });
  }
});
