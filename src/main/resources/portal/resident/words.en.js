export default {
  'tabs.today': 'Today',
  'tabs.history': 'History',
  'tabs.me': 'Me',
  'me.notResident': 'This is not a resident’s account',
  'me.notResident.advice': 'These pages are for residents. Staff please use the staff pages; if you live here too, add your home with the code on your door card.',
  'me.worksHere': 'You work in this compound too',
  'me.noHome': 'This account belongs to no household now',
  'me.noHome.advice': 'You have moved out of your former home. Open an account with the code on the door card of the new one; your phone number may stay.',
  'me.byDoorCard': 'I have a door card',
  'me.toStaff': 'To the staff pages',
  'tabs.outing': 'Outings',
  'tabs.parcels': 'Parcels',
};
