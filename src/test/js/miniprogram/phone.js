'use strict';
/*
 * A phone with WeChat in it, without either: runs the mini program's own JavaScript as it stands, with pages, components, storage, timers and a network
 * that can be cut. One JSON command a line comes in, one JSON answer a line goes out: {id, value} or {id, error}. Time stands until it is passed.
 *
 * usage: node phone.js <folder of the mini program> <address of the server>
 */
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const { draw, textOf } = require('./wxml.js');

const [folder, server] = process.argv.slice(2);
const ORIGIN = require(path.join(folder, 'config.js')).origin;
const APP = JSON.parse(fs.readFileSync(path.join(folder, 'app.json'), 'utf8'));
const TABS = APP.tabBar.list.map(tab => tab.pagePath);

/** What the person and the tests decide. */
const life = {
  person: 'somebody', phoneCode: null, appId: 'touristappid', fontSizeSetting: 16, modal: true, accepts: true, scanned: null, photos: [], offline: false, privacyAgreed: true
};
const faults = [];
const told = { requests: [], asked: [], toasts: [], errors: [], drawn: [] };
let storage = {};
let files = new Map();
let numbers = 0;
let capturing = false;

const plainCopy = value => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/* ---- time and idleness ---- */

let now = 0;
let timers = [];
let busy = 0;

/** The phone's clock, which is moved on by what is passed. */
class PhoneDate extends Date {
  constructor(...parts) {
    super(...(parts.length ? parts : [PhoneDate.now()]));
  }
  static now() {
    return super.now() + now;
  }
}

const after = (work, millis, every) => {
  timers.push({ id: ++numbers, at: now + (millis || 0), work, every });
  return numbers;
};
const cancel = id => { timers = timers.filter(timer => timer.id !== id); };

const turn = () => new Promise(resolve => setImmediate(resolve));

async function idle() {
  for (let quiet = 0; quiet < 4;) {
    await turn();
    quiet = busy === 0 ? quiet + 1 : 0;
    if (busy > 0) await new Promise(resolve => setTimeout(resolve, 2));
  }
}

async function pass(millis) {
  const end = now + millis;
  for (;;) {
    const due = timers.filter(timer => timer.at <= end).sort((one, other) => one.at - other.at)[0];
    if (!due) break;
    now = Math.max(now, due.at);
    if (due.every) due.at += Math.max(1, due.every);
    else cancel(due.id);
    due.work();
    await idle();
  }
  now = end;
}

/** Work that the phone does beside the mini program; answered in a later turn, as on a phone. */
function beside(work) {
  busy++;
  Promise.resolve().then(work).catch(fault => told.errors.push(String(fault.stack || fault))).finally(() => { busy--; });
}

/* ---- network ---- */

const addressOf = url => {
  if (!url.startsWith(ORIGIN + '/')) throw new Error('not the request domain: ' + url);
  return server + url.slice(ORIGIN.length);
};

async function send(options, method, body, headers) {
  const url = addressOf(options.url);
  const noted = { method, path: url.slice(server.length), key: headers['Idempotency-Key'] || null, status: 0 };
  told.requests.push(noted);
  if (capturing) return { capture: true };
  const cut = life.offline ? { kind: 'offline' } : faults[faults.findIndex(fault => new RegExp(fault.match).test(noted.path))];
  if (cut && !life.offline && --cut.times <= 0) faults.splice(faults.indexOf(cut), 1);
  if (cut && /^\d{3}$/.test(cut.kind)) return { statusCode: Number(cut.kind), header: {}, bytes: Buffer.alloc(0) };
  if (cut && cut.kind !== 'interrupted') throw new Error(cut.kind === 'offline' ? '' : cut.kind);
  const answer = await fetch(url, { method, headers, body, redirect: 'manual' });
  const bytes = Buffer.from(await answer.arrayBuffer());
  noted.status = answer.status;
  if (cut) throw new Error('interrupted');
  return { statusCode: answer.status, header: Object.fromEntries(answer.headers), bytes };
}

function exchange(name, options, work) {
  beside(async () => {
    let answer;
    try {
      answer = await work();
    } catch (failed) {
      if (options.fail) options.fail({ errMsg: name + ':fail ' + failed.message });
      if (options.complete) options.complete({});
      return;
    }
    if (options.success) options.success(answer);
    if (options.complete) options.complete(answer);
  });
  return { abort() {}, onChunkReceived() {}, onProgressUpdate() {} };
}

/* Good for any answer, also for one that lets in. */
const ofCapture = { statusCode: 200, header: {}, data: '{"accessToken":"t","refreshToken":"t","me":{"permissions":[]}}', tempFilePath: '' };

const network = {
  request: options => exchange('request', options, async () => {
    const body = options.data === undefined || options.method === 'GET' ? undefined : options.data;
    const answer = await send(options, options.method || 'GET', body, options.header);
    return answer.capture ? ofCapture : { statusCode: answer.statusCode, header: answer.header, data: answer.bytes.toString('utf8') };
  }),
  uploadFile: options => exchange('uploadFile', options, async () => {
    const form = new FormData();
    if (!capturing && !files.has(options.filePath)) throw new Error('file not found');
    form.append(options.name, new Blob([files.get(options.filePath) || Buffer.alloc(0)]), 'photo.jpg');
    const answer = await send(options, 'POST', form, options.header);
    return answer.capture ? ofCapture : { statusCode: answer.statusCode, header: answer.header, data: answer.bytes.toString('utf8') };
  }),
  downloadFile: options => exchange('downloadFile', options, async () => {
    const answer = await send(options, 'GET', undefined, options.header);
    if (answer.capture) return ofCapture;
    return { statusCode: answer.statusCode, header: answer.header, tempFilePath: keepFile(answer.bytes, 'tmp') };
  })
};

function keepFile(bytes, where) {
  const name = 'wxfile://' + where + '_' + ++numbers;
  files.set(name, bytes);
  return name;
}

/* ---- wx ---- */

let privacyAsked = null;
const networkListeners = [];

/** What WeChat guards by the privacy guide waits for the person's word. */
function guarded(options, work) {
  beside(async () => {
    if (!life.privacyAgreed && privacyAsked) {
      const answer = await new Promise(resolve => {
        busy--;
        privacyAsked(said => { busy++; resolve(said); });
      });
      if (answer.event !== 'agree') {
        if (options.fail) options.fail({ errMsg: 'fail privacy permission is not authorized', errno: 104 });
        return;
      }
      life.privacyAgreed = true;
    }
    work();
  });
}

const answered = (options, value) => beside(() => {
  if (value instanceof Error) {
    if (options.fail) options.fail({ errMsg: value.message });
  } else if (options.success) options.success(value);
  if (options.complete) options.complete(value);
});

function canvasOf(id) {
  const fills = [];
  const context = new Proxy({}, {
    get: (target, name) => (name in target ? target[name] : name === 'fillRect' ? (x, y, width, height) => fills.push([x, y, width, height, target.fillStyle]) : () => undefined),
    set: (target, name, value) => { target[name] = value; return true; }
  });
  const canvas = { id, width: 0, height: 0, fills, getContext: () => context };
  told.drawn.push(canvas);
  return canvas;
}

const wx = Object.assign({
  getStorageSync: key => (key in storage ? plainCopy(storage[key]) : ''),
  setStorageSync: (key, value) => { storage[key] = plainCopy(value); },
  removeStorageSync: key => { delete storage[key]; },
  login: options => answered(options, life.person ? { code: life.person + '.' + ++numbers } : new Error('login:fail')),
  getAccountInfoSync: () => ({ miniProgram: { appId: life.appId } }),
  getAppBaseInfo: () => ({ fontSizeSetting: life.fontSizeSetting }),
  getWindowInfo: () => ({ windowWidth: 390, windowHeight: 800, pixelRatio: 2 }),
  getNetworkType: options => answered(options, { networkType: life.offline ? 'none' : 'wifi' }),
  onNetworkStatusChange: listener => networkListeners.push(listener),
  onNeedPrivacyAuthorization: listener => { privacyAsked = listener; },
  openPrivacyContract: () => told.asked.push('privacy contract'),
  requestSubscribeMessage: options => {
    if (options.tmplIds.length > 3) throw new Error('at most three templates');
    told.asked.push('subscribe ' + options.tmplIds.join(','));
    answered(options, Object.fromEntries(options.tmplIds.map(id => [id, life.accepts ? 'accept' : 'reject'])));
  },
  showModal: options => {
    told.asked.push(options.title);
    answered(options, { confirm: life.modal, cancel: !life.modal });
  },
  showActionSheet: options => answered(options, { tapIndex: 0 }),
  showToast: options => { told.toasts.push(options.title); answered(options, {}); },
  showLoading: () => undefined,
  hideLoading: () => undefined,
  vibrateShort: () => undefined,
  vibrateLong: () => undefined,
  setKeepScreenOn: () => undefined,
  setScreenBrightness: () => undefined,
  getScreenBrightness: options => answered(options, { value: 0.5 }),
  setClipboardData: options => answered(options, {}),
  setNavigationBarTitle: () => undefined,
  stopPullDownRefresh: () => undefined,
  pageScrollTo: () => undefined,
  makePhoneCall: options => told.asked.push('call ' + options.phoneNumber),
  previewImage: options => told.asked.push('preview ' + options.urls.length),
  getEnterOptionsSync: () => ({ scene: 1001, query: {} }),
  scanCode: options => guarded(options, () => answered(options, life.scanned ? { result: life.scanned } : new Error('scanCode:fail cancel'))),
  chooseMedia: options => guarded(options, () => answered(options, life.photos.length
    ? { tempFiles: life.photos.splice(0, options.count || 9).map(file => ({ tempFilePath: keepFile(fs.readFileSync(file), 'tmp'), size: fs.statSync(file).size, fileType: 'image' })) }
    : new Error('chooseMedia:fail cancel'))),
  compressImage: options => answered(options, { tempFilePath: options.src }),
  getFileSystemManager: () => ({
    readFile: options => answered(options, files.has(options.filePath)
      ? { data: options.encoding ? files.get(options.filePath).toString(options.encoding) : files.get(options.filePath) } : new Error('readFile:fail no such file')),
    saveFile: options => answered(options, { savedFilePath: keepFile(files.get(options.tempFilePath), 'store') }),
    removeSavedFile: options => { files.delete(options.filePath); answered(options, {}); },
    unlink: options => { files.delete(options.filePath); answered(options, {}); }
  }),
  createSelectorQuery: () => {
    const asked = [];
    const query = {
      in: () => query, select: id => { asked.push(id); return query; }, fields: () => query, boundingClientRect: () => query, node: () => query,
      exec: done => { beside(() => done(asked.map(id => ({ node: canvasOf(id), width: 300, height: 300 })))); return query; }
    };
    return query;
  },
  navigateTo: options => go(() => push(options.url), options),
  redirectTo: options => go(() => { unload(stack.pop()); push(options.url); }, options),
  navigateBack: options => go(() => { unload(stack.pop()); show(); }, options || {}),
  switchTab: options => go(() => {
    while (stack.length && !TABS.includes(stack[stack.length - 1].route)) unload(stack.pop());
    stack.pop();
    const { route } = partsOf(options.url);
    if (!TABS.includes(route)) throw new Error('no tab: ' + route);
    if (tabs.has(route)) {
      stack.push(tabs.get(route));
      show();
    } else {
      push(options.url);
    }
  }, options),
  reLaunch: options => go(() => {
    new Set(stack.concat(...tabs.values())).forEach(unload);
    stack = [];
    tabs.clear();
    push(options.url);
  }, options)
}, network);

/* ---- modules, pages, components ---- */

let modules = new Map();
let definitions = new Map();
let stack = [];
const tabs = new Map();
let app = null;
let defining = null;

const logged = Object.assign({}, console, {
  log: () => undefined, info: () => undefined, error: (...words) => told.errors.push(words.map(word => String(word && word.stack || word)).join(' '))
});

function load(file) {
  if (modules.has(file)) return modules.get(file).exports;
  const module = { exports: {} };
  modules.set(file, module);
  const run = new Function('module', 'exports', 'require', 'wx', 'App', 'Page', 'Component', 'getApp', 'getCurrentPages', 'setTimeout', 'clearTimeout', 'setInterval',
    'clearInterval', 'console', 'process', 'global', 'Date', fs.readFileSync(file, 'utf8') + '\n//# sourceURL=' + file);
  run(module, module.exports, name => {
    if (!name.startsWith('.')) throw new Error('WeChat knows only relative paths: ' + name);
    return load(path.resolve(path.dirname(file), name));
  }, wx, made => { app = made; }, made => definitions.set(defining, made), made => definitions.set(defining, made), () => app, () => stack,
  (work, millis) => after(work, millis), cancel, (work, millis) => after(work, millis, millis), cancel, logged, undefined, undefined, PhoneDate);
  return module.exports;
}

function define(name) {
  if (definitions.has(name)) return definitions.get(name);
  defining = name;
  load(path.join(folder, name + '.js'));
  return definitions.get(name);
}

function setPath(data, where, value) {
  const keys = where.split(/[.[\]]+/).filter(key => key);
  let holder = data;
  keys.slice(0, -1).forEach((key, place) => {
    if (holder[key] === undefined || holder[key] === null) holder[key] = /^\d+$/.test(keys[place + 1]) ? [] : {};
    holder = holder[key];
  });
  holder[keys[keys.length - 1]] = plainCopy(value);
}

const common = file => {
  const config = JSON.parse(fs.readFileSync(file + '.json', 'utf8'));
  const parts = new Map();
  const using = Object.assign({}, APP.usingComponents, config.usingComponents);
  return {
    file,
    setData(changes, done) {
      Object.keys(changes).forEach(where => setPath(this.data, where, changes[where]));
      if (done) beside(done);
    },
    /** The instance of an own component at that place of the template, made where there was none. */
    componentAt(at, tag, made) {
      if (!using[tag] || using[tag].startsWith('weui-miniprogram/')) return null;
      const name = path.relative(folder, using[tag].startsWith('/') ? path.join(folder, using[tag]) : path.resolve(path.dirname(file), using[tag]));
      let part = parts.get(at);
      if (!part) {
        part = component(name, made);
        parts.set(at, part);
        part.host = this;
        part.listeners = made.handlers;
        part.attach(made);
      }
      part.listeners = made.handlers;
      part.listenersDataset = made.dataset;
      part.take(made);
      return part;
    },
    parts
  };
};

function component(name) {
  const definition = define(name);
  const made = Object.assign(common(path.join(folder, name)), definition.methods, {
    data: plainCopy(definition.data || {}),
    properties: definition.properties || {},
    take(drawn) {
      Object.keys(this.properties).forEach(property => {
        const value = drawn.attributes[property.replace(/[A-Z]/g, letter => '-' + letter.toLowerCase())];
        const given = value === undefined ? drawn.attributes[property] : value;
        const next = given === undefined ? this.properties[property].value : plainCopy(given);
        const changed = JSON.stringify(next) !== JSON.stringify(this.data[property]);
        this.data[property] = next;
        const observer = definition.observers && definition.observers[property];
        if (changed && observer) observer.call(this, next);
      });
    },
    attach(drawn) {
      this.take(drawn);
      const attached = definition.lifetimes && definition.lifetimes.attached;
      if (attached) run(() => attached.call(this));
      const ready = definition.lifetimes && definition.lifetimes.ready;
      if (ready) beside(() => run(() => ready.call(this)));
    },
    detach() {
      const detached = definition.lifetimes && definition.lifetimes.detached;
      if (detached) run(() => detached.call(this));
      this.parts.forEach(part => part.detach());
    },
    shown() {
      if (definition.pageLifetimes && definition.pageLifetimes.show) run(() => definition.pageLifetimes.show.call(this));
    },
    triggerEvent(event, detail) {
      const handler = this.listeners[event];
      if (handler) run(() => this.host[handler]({ type: event, detail: detail || {}, currentTarget: { dataset: plainCopy(this.listenersDataset || {}) } }));
    }
  });
  return made;
}

/** A handler's promise is not waited for: it may wait for time that stands. What it throws is an error of the mini program. */
function run(work) {
  try {
    Promise.resolve(work()).catch(fault => told.errors.push(String(fault && fault.stack || fault)));
  } catch (fault) {
    told.errors.push(String(fault && fault.stack || fault));
  }
}

function partsOf(url) {
  const [where, query] = url.split('?');
  return { route: path.posix.join('/', where).slice(1), query: Object.fromEntries((query || '').split('&').filter(pair => pair).map(pair => pair.split('='))) };
}

function push(url) {
  const { route, query } = partsOf(url);
  if (!APP.pages.includes(route)) throw new Error('no page: ' + route);
  if (stack.length >= 10) throw new Error('more than ten pages');
  const definition = define(route);
  const made = Object.assign(common(path.join(folder, route)), definition, { data: plainCopy(definition.data || {}), route });
  if (TABS.includes(route)) {
    tabs.set(route, made);
    made.bar = component('custom-tab-bar/index');
    made.bar.listeners = {};
    made.bar.attach({ attributes: {} });
    made.getTabBar = () => made.bar;
  }
  stack.push(made);
  if (made.onLoad) run(() => made.onLoad(query));
  show();
}

function show() {
  const page = stack[stack.length - 1];
  page.parts.forEach(part => part.shown());
  if (page.onShow) run(() => page.onShow());
}

function unload(page) {
  if (!page) return;
  if (page.onHide) run(() => page.onHide());
  if (page.onUnload) run(() => page.onUnload());
  page.parts.forEach(part => part.detach());
}

function go(work, options) {
  const before = stack[stack.length - 1];
  beside(() => {
    if (before && before.onHide && /navigateTo|switchTab/.test(String(options.url || ''))) run(() => before.onHide());
    work();
    if (options.success) options.success({});
  });
}

/* ---- the person ---- */

const front = () => stack[stack.length - 1];

/** Drawn until nothing more comes of it: a component that appears may ask for something. */
async function look() {
  let drawn = [];
  for (let times = 0; times < 3; times++) {
    drawn = draw(front());
    await idle();
  }
  drawn = draw(front());
  return { tag: 'page', attributes: {}, handlers: {}, dataset: {}, children: front().bar ? drawn.concat(draw(front().bar)) : drawn, owner: front() };
}

function* all(node, above) {
  const here = above.concat(node);
  yield here;
  for (const child of node.children) if (child.tag !== '#text') yield* all(child, here);
}

const EVENTS_OF_BUTTONS = { getPhoneNumber: 'getphonenumber', agreePrivacyAuthorization: 'agreeprivacyauthorization' };

const tappable = node => node.handlers.tap || EVENTS_OF_BUTTONS[node.attributes['open-type']];

function find(tree, words, wanted, what) {
  const found = Array.from(all(tree, [])).filter(chain => wanted(chain[chain.length - 1]) && words(chain[chain.length - 1]));
  if (!found.length) throw new Error('nothing to ' + what + ' on ' + front().route + ': ' + textOf(tree));
  return found.sort((one, other) => textOf(one[one.length - 1]).length - textOf(other[other.length - 1]).length)[0];
}

function fire(node, event, detail) {
  const handler = node.handlers[event];
  if (!handler) return;
  if (typeof node.owner[handler] !== 'function') throw new Error(node.owner.file + ' has no ' + handler);
  const target = { id: node.attributes.id || '', dataset: plainCopy(node.dataset) };
  run(() => node.owner[handler]({ type: event, detail: detail || {}, target, currentTarget: target }));
}

const labelled = label => node => node.attributes['aria-label'] === label || node.attributes.placeholder === label;

const commands = {
  async launch(asked) {
    modules = new Map();
    definitions = new Map();
    stack = [];
    tabs.clear();
    timers = [];
    networkListeners.length = 0;
    privacyAsked = null;
    load(path.join(folder, 'app.js'));
    if (app.onLaunch) run(() => app.onLaunch({ query: {} }));
    if (app.onShow) run(() => app.onShow({ query: {} }));
    push(asked.url || '/' + APP.pages[0]);
  },
  async open(asked) {
    push(asked.url);
  },
  async tap(asked) {
    const tree = await look();
    const chain = find(tree, node => textOf(node).includes(asked.words) || node.attributes['aria-label'] === asked.words, tappable, 'tap «' + asked.words + '»');
    const node = chain[chain.length - 1];
    const special = EVENTS_OF_BUTTONS[node.attributes['open-type']];
    if (special === 'getphonenumber') {
      guarded({ fail: () => fire(node, special, { errMsg: 'getPhoneNumber:fail' }) }, () => fire(node, special, life.phoneCode ? { code: life.phoneCode } : { errMsg: 'fail' }));
    } else if (special) {
      fire(node, special);
    } else {
      fire(node, 'tap');
    }
  },
  async type(asked) {
    const chain = find(await look(), labelled(asked.label), node => /^(input|textarea)$/.test(node.tag), 'fill «' + asked.label + '»');
    fire(chain[chain.length - 1], 'input', { value: asked.value });
  },
  /** Of a picker, a switch, a slider. */
  async choose(asked) {
    const chain = find(await look(), labelled(asked.label), node => node.handlers.change, 'choose «' + asked.label + '»');
    fire(chain[chain.length - 1], 'change', { value: asked.value });
  },
  async back() {
    wx.navigateBack();
  },
  async see() {
    return textOf(await look());
  },
  async tree() {
    return plainTree(await look());
  },
  async data() {
    return front().data;
  },
  async route() {
    return front().route;
  },
  async storage() {
    return storage;
  },
  async set(asked) {
    Object.assign(life, asked.values);
    if ('offline' in asked.values) networkListeners.forEach(listener => run(() => listener({ isConnected: !life.offline, networkType: life.offline ? 'none' : 'wifi' })));
  },
  async fault(asked) {
    faults.push({ match: asked.match, kind: asked.kind, times: asked.times || 1 });
  },
  async pass(asked) {
    await pass(asked.millis);
  },
  /** The person looks at something else, and comes back. */
  async comeBack() {
    if (app.onHide) run(() => app.onHide());
    if (app.onShow) run(() => app.onShow({ query: {} }));
    show();
  },
  async told() {
    return { requests: told.requests, asked: told.asked, toasts: told.toasts, drawn: told.drawn.map(canvas => ({ id: canvas.id, width: canvas.width, fills: canvas.fills })) };
  },
  async forgetRequests() {
    told.requests.length = 0;
  },
  /** What one function of utils/api.js sends, without sending it. */
  async capture(asked) {
    capturing = true;
    told.requests.length = 0;
    const answer = load(path.join(folder, 'utils/api.js'))[asked.name].apply(null, asked.args);
    await idle();
    if (answer && answer.catch) answer.catch(() => undefined);
    capturing = false;
    return told.requests[told.requests.length - 1] || null;
  },
  async exported(asked) {
    return Object.keys(load(path.join(folder, asked.file)));
  }
};

/* ---- a picture, for people who want to see it ---- */

const HTML_TAGS = { text: 'span', button: 'button', input: 'input', textarea: 'textarea', image: 'img' };
const escaped = text => String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

function html(node) {
  if (node.tag === '#text') return escaped(node.text);
  if (node.tag === 'page-meta') return '';
  const tag = HTML_TAGS[node.tag] || 'div';
  const source = node.tag === 'image' && files.has(node.attributes.src) ? ' src="data:image/png;base64,' + files.get(node.attributes.src).toString('base64') + '"' : '';
  const value = tag === 'input' ? ' value="' + escaped(node.attributes.value || '') + '" placeholder="' + escaped(node.attributes.placeholder || '') + '"' : '';
  const open = '<' + tag + ' class="wx-' + node.tag + ' ' + escaped(node.attributes.class || '') + '"' + source + value + (node.attributes.style ? ' style="' + escaped(node.attributes.style) + '"' : '')
    + (node.handlers.change || tappable(node) ? ' data-tap="1"' : '') + '>';
  return tag === 'input' || tag === 'img' ? open : open + node.children.map(html).join('') + '</' + tag + '>';
}

function sheetsOf(page) {
  const sheets = [path.join(folder, 'app.wxss'), page.file + '.wxss'].concat(Array.from(page.parts.values(), part => part.file + '.wxss'), page.bar ? [page.bar.file + '.wxss'] : []);
  return sheets.filter(file => fs.existsSync(file)).map(file => fs.readFileSync(file, 'utf8')).join('\n')
    .replace(/(\d+(?:\.\d+)?)rpx/g, (all, number) => number * 390 / 750 + 'px').replace(/^page\b/gm, 'body');
}

commands.html = async () => {
  const tree = await look();
  return '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>html{font-size:' + front().data.rootFontSize
    + '}body{margin:0;font-family:"Noto Sans CJK SC",sans-serif}.wx-text{white-space:pre-line}button{font-family:inherit}' + sheetsOf(front()) + '</style><body>'
    + tree.children.map(html).join('') + '</body>';
};

const plainTree = node => (node.tag === '#text' ? node.text
  : { tag: node.tag, attributes: node.attributes, tappable: Boolean(node.handlers && tappable(node)), children: node.children.map(plainTree) });

process.on('unhandledRejection', fault => told.errors.push(String(fault && fault.stack || fault)));

readline.createInterface({ input: process.stdin }).on('line', async line => {
  const asked = JSON.parse(line);
  const answer = { id: asked.id };
  try {
    answer.value = await commands[asked.do](asked);
    await idle();
  } catch (fault) {
    answer.error = String(fault && fault.stack || fault);
  }
  if (told.errors.length) answer.error = (answer.error ? answer.error + '\n' : '') + told.errors.splice(0).join('\n');
  process.stdout.write(JSON.stringify(answer) + '\n');
}).on('close', () => process.exit(0));
