export default {
  'visits.state.EXPECTED': 'expected',
  'visits.state.INSIDE': 'inside',
  'visits.state.LEFT': 'has left',
  'visits.state.CANCELLED': 'taken back',
  'visits.state.EXPIRED': 'expired',
};
