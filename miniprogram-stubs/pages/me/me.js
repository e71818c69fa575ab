const api = require('../../utils/api.js');
const outbox = require('../../utils/outbox.js');
const page = require('../../utils/page.js');
const session = require('../../utils/session.js');

const RELATIONS = {
  HEAD: '户主', SPOUSE: '配偶', CHILD: '子女', PARENT: '父母', GRANDPARENT: '祖父母', GRANDCHILD: '孙辈', SIBLING: '兄弟姐妹', TENANT: '租户', CARER: '照护人', OTHER: '其他'
};

page({
  data: { name: '', compound: '', household: '', members: [] },

  async load() {
    const me = session.me();
    this.setData({ name: me.name, compound: me.compound.name, household: me.household ? me.household.label + ' 室' : '' });
    if (!session.may('listOwnHousehold')) return;
    const listed = await api.listOwnHousehold();
    this.setData({ members: listed.items.map(member => ({ id: member.id, name: member.name, relation: RELATIONS[member.relation] || '', hasAccount: member.hasAccount })) });
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
