export default {
  'tabs.today': '今日',
  'tabs.history': '记录',
  'tabs.me': '我的',
  'me.notResident': '这个账号不是居民账号',
  'me.notResident.advice': '居民页面只给住户使用。工作人员请到工作台；也住在本小区的，用门牌卡上的邀请码添加住户身份。',
  'me.worksHere': '您也在本小区工作',
  'me.noHome': '这个账号目前不属于任何住户',
  'me.noHome.advice': '您已从原来的住户迁出。搬到新家后，请用新家门牌卡上的邀请码开通，手机号可以不变。',
  'me.byDoorCard': '我有门牌卡，去开通',
  'me.toStaff': '去工作台',
  'tabs.outing': '出行',
  'tabs.parcels': '快递',
};
