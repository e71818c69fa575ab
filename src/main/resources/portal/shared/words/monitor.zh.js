export default {
  'plot.failed': '这部手机画不出曲线，请看下面的记录。',
  'plot.summary': '{name}的体温曲线：{count} 次，最低 {lowest} 度，最高 {highest} 度，高于 37.3 度 {fevers} 次。',
};
