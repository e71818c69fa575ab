export default {
  'visits.state.EXPECTED': '未到',
  'visits.state.INSIDE': '在小区内',
  'visits.state.LEFT': '已离开',
  'visits.state.CANCELLED': '已取消',
  'visits.state.EXPIRED': '已过期',
};
