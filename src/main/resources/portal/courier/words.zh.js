export default {
  'courier.title': '快递登记',
  'courier.what': '放好一件，登记一件。链接有效至 {time}，已登记',
  'courier.building': '楼栋',
  'courier.unit': '单元',
  'courier.room': '房号',
  'courier.done': '尾号 {tail} 已登记，请把快递放到门岗',
  'courier.privacy': '这个页面不显示任何住户信息；写错也没关系，门岗会核对。',
};
