export default {
  'inbox.title': '消息',
  'inbox.unread': '{count} 条未读',
  'inbox.allRead': '全部已读',
  'inbox.readAll': '全部标为已读',
  'inbox.new': '未读：',
  'inbox.none': '还没有消息',
  'inbox.none.advice': '有需要您知道的事，会出现在这里。',
  'inbox.more': '更早的消息',
  'inbox.today': '今天',
};
