/** The codes that the pages offer; any other name is shown as it is. */
exports.CARRIERS = [
  { code: 'SF', name: '顺丰' }, { code: 'JD', name: '京东' }, { code: 'ZTO', name: '中通' }, { code: 'YTO', name: '圆通' }, { code: 'STO', name: '申通' },
  { code: 'YUNDA', name: '韵达' }, { code: 'JT', name: '极兔' }, { code: 'EMS', name: '邮政' }, { code: 'DEPPON', name: '德邦' }, { code: 'MEITUAN', name: '美团' },
  { code: 'ELEME', name: '饿了么' }, { code: 'HEMA', name: '盒马' }, { code: 'OTHER', name: '其他' }
];

exports.carrierName = code => {
  const found = exports.CARRIERS.find(carrier => carrier.code === code);
  return found ? found.name : code;
};
