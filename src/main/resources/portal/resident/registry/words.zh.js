export default {
  'me.family': '家庭成员',
  'me.family.hint': '没有账号的老人和孩子，由家人代报。家人要开通账号，请用门牌卡上的邀请码。',
  'me.noAccount': '由家人代报',
};
