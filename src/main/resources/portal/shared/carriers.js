import { t } from './i18n.js';

/** The codes that the pages offer; any other name is shown as it is. */
export const CARRIERS = ['SF', 'JD', 'ZTO', 'YTO', 'STO', 'YUNDA', 'JT', 'EMS', 'DEPPON', 'MEITUAN', 'ELEME', 'HEMA', 'OTHER'];

export const carrierName = code => (CARRIERS.includes(code) ? t('carrier.' + code) : code);
