/*
 * Every request of the mini program passes here. utils/api.js says what is asked, this says how: the token, its renewal, patience,
 * and that what got no answer is repeated with the same Idempotency-Key, so that it is done once.
 */
const config = require('../config.js');
const clock = require('./clock.js');
const uuid = require('./uuid.js');
const { ofFailure, Problem, Unreachable } = require('./problem.js');

const BASE = config.origin + '/api/v1';
const PATIENCE_MILLIS = 20000;
const TRANSFER_PATIENCE_MILLIS = 60000;
/* A request that WeChat interrupted (the person looked at another program), or that found no network for a moment. */
const PAUSES_MILLIS = [800, 2500];

let keeper = { token: () => null, person: () => null, renew: () => Promise.resolve('ended') };

/** @param session {token(): string|null, person(): string|null, renew(): Promise<'fresh'|'ended'|'unreachable'>} who knows the tokens; utils/session.js */
exports.keepTokensBy = session => {
  keeper = session;
};

/** The path with its parameters, and the others as its query. */
function address(template, params) {
  const rest = Object.assign({}, params);
  const path = template.replace(/{(\w+)}/g, (place, name) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(value);
  });
  const query = Object.keys(rest).filter(name => rest[name] !== undefined && rest[name] !== null && rest[name] !== '')
    .map(name => encodeURIComponent(name) + '=' + encodeURIComponent(rest[name])).join('&');
  return BASE + path + (query ? '?' + query : '');
}

const pause = millis => new Promise(resolve => setTimeout(resolve, millis));

/** WeChat spells the names of headers as the server or the phone does. */
function headerOf(headers, name) {
  const found = Object.keys(headers || {}).find(one => one.toLowerCase() === name.toLowerCase());
  return found ? String(headers[found]) : '';
}

function headersFor(wanted, key) {
  const headers = Object.assign({ Accept: 'application/json, application/problem+json', 'Accept-Language': 'zh-CN' }, wanted.headers);
  const token = keeper.token();
  if (token && !wanted.open) headers.Authorization = 'Bearer ' + token;
  if (key) headers['Idempotency-Key'] = key;
  // by this phone's clock, however wrong: the server reckons by it when what the body tells was
  headers['Gatehouse-Sent-At'] = new Date().toISOString();
  return headers;
}

/** One of wx.request, wx.uploadFile, wx.downloadFile, as a promise. */
const ask = (way, asked) => new Promise((resolve, reject) => {
  way(Object.assign({}, asked, { success: resolve, fail: failed => reject(ofFailure(failed.errMsg)) }));
});

/** What was answered to a request, whatever its way: `{status, headers, data}`. */
async function exchange(method, path, wanted, key) {
  const url = address(path, wanted.params);
  const header = headersFor(wanted, key);
  if (wanted.way === 'upload') {
    const answer = await ask(wx.uploadFile, { url, header, filePath: wanted.filePath, name: wanted.field, timeout: TRANSFER_PATIENCE_MILLIS });
    return { status: answer.statusCode, headers: answer.header, data: parsed(answer.data) };
  }
  if (wanted.way === 'download') {
    const answer = await ask(wx.downloadFile, { url, header, timeout: TRANSFER_PATIENCE_MILLIS });
    const data = answer.statusCode < 400 ? answer.tempFilePath : parsed(await textOf(answer.tempFilePath));
    return { status: answer.statusCode, headers: answer.header, data };
  }
  const bytes = wanted.contentType !== undefined;
  if (wanted.body !== undefined) header['Content-Type'] = wanted.contentType || 'application/json';
  const data = wanted.body === undefined || bytes ? wanted.body : JSON.stringify(wanted.body);
  const answer = await ask(wx.request, { url, method, header, data, dataType: 'text', timeout: PATIENCE_MILLIS });
  return { status: answer.statusCode, headers: answer.header, data: parsed(answer.data) };
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch (noJson) {
    return text;
  }
}

const textOf = filePath => new Promise(resolve => {
  wx.getFileSystemManager().readFile({ filePath, encoding: 'utf8', success: read => resolve(read.data), fail: () => resolve('') });
});

async function renewed() {
  const outcome = await keeper.renew();
  if (outcome === 'unreachable') throw new Unreachable('no renewal');
  return outcome === 'fresh';
}

/** A phone passes from hand to hand: what one person asked is never asked as another, whoever is logged in meanwhile. */
async function attempt(method, path, wanted, key, whose) {
  const stillTheirs = () => whose === null || keeper.person() === whose;
  if (!wanted.open && (!keeper.token() && !await renewed() || !stillTheirs())) throw new Problem(401, null, null);
  let answer = await exchange(method, path, wanted, key);
  if (answer.status === 401 && !wanted.open && stillTheirs() && await renewed() && stillTheirs()) answer = await exchange(method, path, wanted, key);
  clock.note(headerOf(answer.headers, 'Gatehouse-Time'));
  const retryAfter = Number(headerOf(answer.headers, 'Retry-After')) || null;
  if (answer.status >= 400) throw new Problem(answer.status, answer.data, retryAfter);
  return answer;
}

/**
 * What the server answers; throws Problem or Unreachable.
 *
 * @param {{params?: object, body?: any, keyed?: boolean, open?: boolean, way?: string, field?: string, filePath?: string}} asked by utils/api.js
 * @param {{idempotencyKey?: string, repeatable?: boolean, headers?: object, contentType?: string, answer?: function}} options
 *        idempotencyKey: of the act, where it outlives this call (utils/outbox.js); repeatable: the body itself says that it is the same (a scan's nonce);
 *        answer: is told status and headers
 */
async function call(method, path, asked, options) {
  const wanted = Object.assign({}, asked, options);
  const key = wanted.keyed ? wanted.idempotencyKey || uuid() : null;
  const repeatable = method !== 'POST' || wanted.keyed || wanted.repeatable;
  const whose = keeper.person();
  for (let tried = 0; ; tried++) {
    try {
      const answer = await attempt(method, path, wanted, key, whose);
      if (wanted.answer) wanted.answer({ status: answer.status, header: name => headerOf(answer.headers, name) });
      return answer.data;
    } catch (fault) {
      if (!(fault instanceof Unreachable) || !repeatable || tried >= PAUSES_MILLIS.length) throw fault;
      await pause(PAUSES_MILLIS[tried]);
    }
  }
}

exports.call = call;

/** A photo from a file of the phone, as the form's field. */
exports.upload = (path, asked, options) => call('POST', path, Object.assign({ way: 'upload' }, asked), options);

/** Resolves to the path of a temporary file. */
exports.download = (path, asked, options) => call('GET', path, Object.assign({ way: 'download' }, asked), options);

/**
 * Events as they come; not repeated by itself.
 * @param {{onEvent: function(object), onEnd: function()}} options
 * @returns {{close: function()}}
 */
exports.stream = (path, asked, options) => {
  let kept = '';
  const task = wx.request({
    url: address(path, asked.params),
    header: Object.assign(headersFor(asked, null), { Accept: 'text/event-stream' }),
    enableChunked: true,
    complete: () => { if (options.onEnd) options.onEnd(); }
  });
  task.onChunkReceived(chunk => {
    kept += Array.prototype.map.call(new Uint8Array(chunk.data), byte => String.fromCharCode(byte)).join('');
    const events = kept.split('\n\n');
    kept = events.pop();
    events.map(event => event.split('\n').filter(line => line.slice(0, 5) === 'data:').map(line => line.slice(5)).join('\n'))
      .filter(data => data).forEach(data => options.onEvent(JSON.parse(decodeURIComponent(escape(data)))));
  });
  return { close: () => task.abort() };
};
