export default {
  'plot.failed': 'This phone cannot draw the curve; see the list below.',
  'plot.summary': 'Temperature curve of {name}: {count} readings, lowest {lowest}, highest {highest}, {fevers} above 37.3 degrees.',
};
