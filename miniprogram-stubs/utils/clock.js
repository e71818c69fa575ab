/* The compound's time, not the phone's: every answer of the API tells it, so that a phone an hour wrong does not offer the wrong round. */
const MINUTE = 60000;
const WEEKDAYS = '日一二三四五六';

let aheadMillis = 0;
let offsetMinutes = 8 * 60;

/** @param {string} iso "now" at the server, with its offset */
exports.note = iso => {
  const server = Date.parse(iso || '');
  if (isNaN(server)) return;
  aheadMillis = server - Date.now();
  const offset = /([+-])(\d\d):(\d\d)$/.exec(iso);
  if (offset) offsetMinutes = (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
};

exports.nowMillis = () => Date.now() + aheadMillis;

/** "2026-11-22T09:03:12.000Z" for that moment at the compound; its last letter says nothing. */
exports.localOf = millis => new Date(millis + offsetMinutes * MINUTE).toISOString();

exports.today = () => exports.localOf(exports.nowMillis()).slice(0, 10);

/** "+08:00" */
exports.offset = () => {
  const minutes = Math.abs(offsetMinutes);
  return (offsetMinutes < 0 ? '-' : '+') + ('0' + Math.floor(minutes / 60)).slice(-2) + ':' + ('0' + minutes % 60).slice(-2);
};

/** @param {string} date "2026-11-22" */
exports.plusDays = (date, days) => new Date(Date.parse(date + 'T00:00:00Z') + days * 24 * 60 * MINUTE).toISOString().slice(0, 10);

/** "09:03" of "2026-11-22T09:03:12+08:00": the API writes the compound's own offset. */
exports.clockOf = iso => (iso || '').slice(11, 16);

exports.dateOf = iso => (iso || '').slice(0, 10);

/** "11月22日 星期日" */
exports.dateWords = date => Number(date.slice(5, 7)) + '月' + Number(date.slice(8, 10)) + '日 星期' + WEEKDAYS[new Date(date + 'T00:00:00Z').getUTCDay()];

/** "今天 09:03" or "11月21日 09:03" */
exports.momentWords = iso => {
  const date = exports.dateOf(iso);
  const day = date === exports.today() ? '今天' : Number(date.slice(5, 7)) + '月' + Number(date.slice(8, 10)) + '日';
  return day + ' ' + exports.clockOf(iso);
};
