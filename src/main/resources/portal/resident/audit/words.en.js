export default {
  'disclosure.me.title': 'Who looked at our data',
  'disclosure.me.what': 'Staff who open a hidden name, phone or ID number of your household must give a reason. All of it is listed here; whoever opens the health data of one of you is listed once a day.',
  'disclosure.me.none': 'Nobody has looked so far.',
  'disclosure.me.line': '{field} of {name}',
  'disclosure.me.reason': 'Reason: {reason}',
};
