export default {
  'tabs.today': '今日',
  'tabs.history': '记录',
  'tabs.me': '我的',
  'me.notResident': '这个账号不是居民账号',
  'me.notResident.advice': '居民页面只给住户使用。工作人员请到工作台。',
  'me.toStaff': '去工作台',
  'tabs.outing': '出行',
  'tabs.parcels': '快递',
};
