export default {
  'tabs.today': 'Today',
  'tabs.history': 'History',
  'tabs.me': 'Me',
  'me.notResident': 'This is not a resident’s account',
  'me.notResident.advice': 'These pages are for residents. Staff please use the staff pages.',
  'me.toStaff': 'To the staff pages',
  'tabs.outing': 'Outings',
  'tabs.parcels': 'Parcels',
};
