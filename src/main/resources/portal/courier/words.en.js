export default {
  'courier.title': 'Register parcels',
  'courier.what': 'Put one down, register one. The link is good until {time}; registered so far:',
  'courier.building': 'Building',
  'courier.unit': 'Unit',
  'courier.room': 'Room',
  'courier.done': 'Tail {tail} is registered. Leave the parcel at the gate.',
  'courier.privacy': 'This page shows nothing of any resident. A slip does no harm: the guard checks.',
};
