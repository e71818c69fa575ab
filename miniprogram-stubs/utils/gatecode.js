/* Reads pass codes as the contract describes them at GET /gate-kit, and verifies who made them, without asking anybody. */
const nacl = require('../vendor/tweetnacl.js');

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 135;
const PAYLOAD_BYTES = 12;
const SIGNATURE_BYTES = 64;
const KEY_BYTES = 32;
const FIRST_STEP_MILLIS = Date.parse('2026-01-01T00:00:00+08:00');
const STEPS = 1 << 24;
const CONTEXT = Array.prototype.map.call('gatehouse pass 1', letter => letter.charCodeAt(0));
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Letters of so many bits each as bytes; null where one of them is none of the alphabet. */
function bytesOf(text, alphabet, bitsEach) {
  const bytes = new Uint8Array(Math.floor(text.length * bitsEach / 8));
  let buffer = 0;
  let bits = 0;
  let place = 0;
  for (let i = 0; i < text.length; i++) {
    const value = alphabet.indexOf(text[i]);
    if (value < 0) return null;
    buffer = ((buffer << bitsEach) | value) & 0xffff;
    bits += bitsEach;
    if (bits >= 8) {
      bits -= 8;
      bytes[place++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes;
}

const hex = bytes => Array.prototype.map.call(bytes, byte => ('0' + byte.toString(16)).slice(-2)).join('');

/** {number, card, step, hint, bytes} or null for what is no code of a pass; nothing in it is proved yet. */
exports.read = text => {
  const letters = text.trim().toUpperCase();
  const bytes = letters.length === LENGTH ? bytesOf(letters, ALPHABET, 5) : null;
  if (!bytes || bytes[0] >> 6 !== 1) return null;
  return { number: hex(bytes.slice(4, 12)), card: (bytes[0] & 0x20) !== 0, step: (bytes[1] << 16) | (bytes[2] << 8) | bytes[3], hint: bytes[0] & 31, bytes };
};

/** Whether a rotating code is of this moment: its step, the one before, the one after. */
exports.isOfNow = (code, stepSeconds, nowMillis) => {
  const present = Math.floor((nowMillis - FIRST_STEP_MILLIS) / 1000 / stepSeconds) % STEPS;
  const ahead = (code.step - present + STEPS) % STEPS;
  return ahead <= 1 || ahead === STEPS - 1;
};

/** Whether one of the kit's keys made it. */
exports.isGenuine = (code, keys) => {
  const message = new Uint8Array(CONTEXT.length + PAYLOAD_BYTES);
  message.set(CONTEXT);
  message.set(code.bytes.slice(0, PAYLOAD_BYTES), CONTEXT.length);
  const signature = code.bytes.slice(PAYLOAD_BYTES, PAYLOAD_BYTES + SIGNATURE_BYTES);
  return keys.filter(key => key.hint === code.hint).some(key => {
    const publicKey = bytesOf(key.publicKey.replace(/=+$/, ''), BASE64, 6);
    return publicKey !== null && publicKey.length === KEY_BYTES && nacl.sign.detached.verify(message, signature, publicKey);
  });
};
