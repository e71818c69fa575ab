import { readPreference, writePreference } from './preferences.js';

export const LANGUAGES = ['zh', 'en'];

let language = readPreference('language', 'zh') === 'en' ? 'en' : 'zh';
let messages = {};
let source = null;
const listeners = new Set();

export function currentLanguage() {
  return language;
}

export function acceptLanguage() {
  return language === 'en' ? 'en' : 'zh-CN';
}

/** Whose words are spoken from now on: {zh, en}, each a function that fetches the app's files of that language. */
export function speak(words) {
  source = words;
}

/** Loads only the words that are shown: half the bytes on a slow phone. */
export async function useLanguageNow(next) {
  const loaded = await Promise.all(source[next]());
  language = next;
  messages = Object.assign({}, ...loaded.map(file => file.default));
  document.documentElement.lang = next === 'en' ? 'en' : 'zh-CN';
  writePreference('language', next);
  listeners.forEach(listener => listener());
}

export function onLanguage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The text of a key; {name} is replaced from values. An unknown key shows itself, so that it is noticed. */
export function t(key, values) {
  const text = messages[key];
  if (text === undefined) return key;
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole)) : text;
}

export function has(key) {
  return messages[key] !== undefined;
}
