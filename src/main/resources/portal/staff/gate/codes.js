/* Reads pass codes as GET /gate-kit describes them, and verifies who made them, without asking anybody. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 135;
const PAYLOAD_BYTES = 12;
const SIGNATURE_BYTES = 64;
const FIRST_STEP_MILLIS = Date.parse('2026-01-01T00:00:00+08:00');
const STEPS = 1 << 24;
const CONTEXT = new TextEncoder().encode('gatehouse pass 1');

function decode(text) {
  if (text.length !== LENGTH) return null;
  const bytes = new Uint8Array(Math.floor(LENGTH * 5 / 8));
  let buffer = 0;
  let bits = 0;
  let place = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[place++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes;
}

const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

/** {number, card, step, hint, bytes} or null for what is no code of a pass; nothing in it is proved yet. */
export function readCode(text) {
  const bytes = decode(text.trim().toUpperCase());
  if (!bytes || bytes[0] >> 6 !== 1) return null;
  return { number: hex(bytes.slice(4, 12)), card: (bytes[0] & 0x20) !== 0, step: (bytes[1] << 16) | (bytes[2] << 8) | bytes[3],
    hint: bytes[0] & 31, bytes };
}

/** Whether a rotating code is of this moment: its step, the one before, the one after. */
export function isOfNow(code, stepSeconds, nowMillis) {
  const present = Math.floor((nowMillis - FIRST_STEP_MILLIS) / 1000 / stepSeconds) % STEPS;
  const ahead = (code.step - present + STEPS) % STEPS;
  return ahead <= 1 || ahead === STEPS - 1;
}

function fromBase64Url(text) {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, letter => letter.charCodeAt(0));
}

/** Whether one of the keys made it. */
export async function isGenuine(code, keys) {
  const message = new Uint8Array(CONTEXT.length + PAYLOAD_BYTES);
  message.set(CONTEXT);
  message.set(code.bytes.slice(0, PAYLOAD_BYTES), CONTEXT.length);
  const signature = code.bytes.slice(PAYLOAD_BYTES, PAYLOAD_BYTES + SIGNATURE_BYTES);
  for (const key of keys.filter(each => each.hint === code.hint)) {
    if (await verify(signature, message, fromBase64Url(key.publicKey))) return true;
  }
  return false;
}

let native = null;

/** By the browser where it can, else by the vendored verifier. */
async function verify(signature, message, publicKey) {
  if (native !== false) {
    try {
      const key = await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
      native = true;
      return await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, message);
    } catch (unknownToThisBrowser) {
      native = false;
    }
  }
  const verifier = await import('../../vendor/noble-ed25519.js');
  return verifier.verifyAsync(signature, message, publicKey).catch(() => false);
}
