export default {
  'inbox.title': 'Messages',
  'inbox.unread': '{count} unread',
  'inbox.allRead': 'All read',
  'inbox.readAll': 'Mark all as read',
  'inbox.new': 'Unread: ',
  'inbox.none': 'No messages yet',
  'inbox.none.advice': 'What you should know will appear here.',
  'inbox.more': 'Earlier messages',
  'inbox.today': 'Today',
};
