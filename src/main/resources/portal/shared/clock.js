/*
 * The compound's time, not the phone's: a phone an hour wrong must not offer the wrong round. Every answer of the API tells it.
 */
const DEFAULT_OFFSET_MINUTES = 8 * 60;
const MINUTE = 60000;

let aheadMillis = 0;
let offsetMinutes = DEFAULT_OFFSET_MINUTES;

/** @param {string} iso a moment with offset as the API writes it, being "now" at the server */
export function noteBusinessTime(iso) {
  const server = Date.parse(iso || '');
  if (Number.isNaN(server)) return;
  aheadMillis = server - Date.now();
  const offset = /([+-])(\d\d):(\d\d)$/.exec(iso);
  if (offset) offsetMinutes = (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
}

export const nowMillis = () => Date.now() + aheadMillis;

const shifted = millis => new Date(millis + offsetMinutes * MINUTE).toISOString();

export const today = () => shifted(nowMillis()).slice(0, 10);

/** @param {string} date "2026-11-22" */
export function plusDays(date, days) {
  return new Date(Date.parse(date + 'T00:00:00Z') + days * 24 * 60 * MINUTE).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export const weekday = date => new Date(date + 'T00:00:00Z').getUTCDay();

/** "09:03" of "2026-11-22T09:03:12+08:00": the API writes the compound's own offset. */
export const clockOf = iso => (iso || '').slice(11, 16);
export const dateOf = iso => (iso || '').slice(0, 10);
