export default {
  'me.family': 'Family',
  'me.family.hint': 'For elders and children without an account a family member reports. To open an account use the invitation code on the door card.',
  'me.noAccount': 'Family reports',
};
