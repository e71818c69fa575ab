/*
 * Follows server-sent events with the bearer token, which EventSource cannot send: fetch and its stream. Where a browser has none, or a
 * proxy holds the stream back, the same answer is asked for again and again.
 */
import { noteBusinessTime } from './clock.js';
import { acceptLanguage } from './i18n.js';
import * as session from './session.js';

const API = '/api/v1';
const PAUSES_MILLIS = [1000, 2000, 4000, 8000, 15000];
const POLL_MILLIS = 15000;
/* The server sends at least a heartbeat every 15 seconds. */
const SILENCE_MILLIS = 40000;
const HIDDEN_MILLIS = 60000;
const FIRST_EVENT_MILLIS = 8000;
const LASTED_MILLIS = 5000;

const canStream = () => Boolean(window.ReadableStream && window.TextDecoder && window.AbortController
  && 'body' in Response.prototype);

/**
 * @param {string} path of the stream
 * @param {() => Promise<any>} ask the same answer, once
 * @param {(data: any) => void} onData
 * @param {(state: 'live'|'reconnecting'|'asking') => void} onState 'asking': not by the stream, but every few seconds
 * @returns {() => void} ends it
 */
export function follow(path, ask, onData, onState) {
  let over = false;
  let abort = null;
  let timer = null;
  let failures = 0;
  let hiddenSince = null;

  const later = (work, millis) => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!over) work(); }, millis);
  };

  const poll = () => {
    if (document.hidden || navigator.onLine === false) {
      later(poll, POLL_MILLIS);
      return;
    }
    ask().then(data => {
      if (over) return;
      onState('asking');
      onData(data);
    }, () => { if (!over) onState('reconnecting'); }).then(() => {
      // Every now and then the stream is tried again.
      if (canStream() && ++failures % 8 === 0) later(open, POLL_MILLIS);
      else later(poll, POLL_MILLIS);
    });
  };

  const again = () => {
    if (over || hiddenSince === 'closed') return;
    onState('reconnecting');
    later(open, PAUSES_MILLIS[Math.min(failures++, PAUSES_MILLIS.length - 1)] * (0.75 + Math.random() / 2));
  };

  const open = async () => {
    abort = new AbortController();
    const mine = abort;
    const began = Date.now();
    let heard = 0;
    let watch = setTimeout(() => mine.abort(), FIRST_EVENT_MILLIS);
    const stillThere = () => {
      clearTimeout(watch);
      watch = setTimeout(() => mine.abort(), SILENCE_MILLIS);
    };
    try {
      const response = await connect(path, mine.signal);
      if (over || !response) return;
      if (response.status === 429 || response.status === 503) {
        poll();
        return;
      }
      if (!response.ok || !response.body) throw new Error('no stream: ' + response.status);
      await read(response.body.getReader(), stillThere, event => {
        if (over || mine !== abort) return;
        heard++;
        failures = 0;
        if (event.name === 'message') {
          onState('live');
          onData(event.data);
        }
      });
      if (over || mine !== abort) return;
      // An expired token ends a stream every quarter of an hour, and nobody need see it.
      if (heard > 0 && Date.now() - began > LASTED_MILLIS) later(open, 100);
      else again();
    } catch (broken) {
      if (over || mine !== abort) return;
      // A stream that never says a word, time and again, is held back by something on the way.
      if (heard === 0 && failures >= 2) poll();
      else again();
    } finally {
      clearTimeout(watch);
    }
  };

  const seen = () => {
    if (document.hidden) {
      hiddenSince = setTimeout(() => {
        hiddenSince = 'closed';
        clearTimeout(timer);
        if (abort) abort.abort();
      }, HIDDEN_MILLIS);
    } else {
      const wasClosed = hiddenSince === 'closed';
      if (!wasClosed) clearTimeout(hiddenSince);
      hiddenSince = null;
      if (wasClosed) start();
    }
  };
  const online = () => { if (hiddenSince === null) { failures = 0; start(); } };
  const offline = () => onState('reconnecting');
  const start = () => {
    clearTimeout(timer);
    if (abort) abort.abort();
    if (canStream()) open();
    else poll();
  };

  document.addEventListener('visibilitychange', seen);
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  start();
  return () => {
    over = true;
    clearTimeout(timer);
    clearTimeout(hiddenSince);
    document.removeEventListener('visibilitychange', seen);
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    if (abort) abort.abort();
  };
}

/** The answer; with a fresh token where the old one is spent, and null where nobody is logged in any more. */
async function connect(path, signal) {
  for (let attempt = 0; ; attempt++) {
    if (!session.currentAccessToken() && session.hasStoredSession()) await session.refresh();
    const token = session.currentAccessToken();
    if (!token) {
      if (session.hasStoredSession()) throw new Error('no token yet');
      return null;
    }
    const response = await fetch(API + path, {
      headers: { Accept: 'text/event-stream', 'Accept-Language': acceptLanguage(), Authorization: 'Bearer ' + token },
      cache: 'no-store', signal
    });
    noteBusinessTime(response.headers.get('Gatehouse-Time'));
    if (response.status !== 401 || attempt > 0) return response;
    const outcome = await session.refresh();
    if (outcome === 'ended') return null;
    if (outcome === 'unreachable') throw new Error('no token yet');
  }
}

async function read(reader, onBytes, onEvent) {
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const part = await reader.read();
    if (part.done) return;
    onBytes();
    rest += decoder.decode(part.value, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop();
    blocks.map(eventOf).filter(Boolean).forEach(onEvent);
  }
}

function eventOf(block) {
  const lines = block.split('\n');
  const data = lines.filter(line => line.startsWith('data:')).map(line => line.slice(5).trim()).join('\n');
  const name = lines.find(line => line.startsWith('event:'));
  return data ? { name: name ? name.slice(6).trim() : 'message', data: JSON.parse(data) } : null;
}
