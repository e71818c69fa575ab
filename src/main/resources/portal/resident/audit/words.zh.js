export default {
  'disclosure.me.title': '谁看过我家的信息',
  'disclosure.me.what': '工作人员查看您家被隐藏的姓名、电话或身份证号，都要写明原因，并记录在这里；单独打开您家某人的健康信息，每人每天记一次。',
  'disclosure.me.none': '还没有人查看过。',
  'disclosure.me.line': '查看了{name}的{field}',
  'disclosure.me.reason': '原因：{reason}',
};
