/* What can go wrong with a request, and its words for the page. */

/** The server said no, in words: problem+json. A proxy's error page has no words; then there is a status only. */
class Problem extends Error {
  constructor(status, body, retryAfterSeconds) {
    const told = body && typeof body === 'object' ? body : {};
    super(told.detail || told.title || String(status));
    this.status = status;
    this.slug = String(told.type || '').split(':').pop();
    this.title = told.title || '';
    this.detail = told.detail || '';
    this.errors = Array.isArray(told.errors) ? told.errors : [];
    this.instance = told.instance || '';
    this.possibleFrom = told.possibleFrom || '';
    this.retryAfterSeconds = retryAfterSeconds || told.retryAfter || null;
    this.body = told;
  }

  /** The server's words for one field, for instance at('/temperature'). */
  at(pointer) {
    const fault = this.errors.find(error => error.pointer === pointer);
    return fault ? fault.detail : '';
  }

  /** The server's words for all other fields than these, which have theirs beside them. */
  besides(pointers) {
    return this.errors.filter(error => pointers.indexOf(error.pointer) < 0).map(error => error.detail);
  }
}

/** Nobody answered, or not in time: the request may or may not have arrived. */
class Unreachable extends Error {
  constructor(reason) {
    super(reason || 'unreachable');
    this.interrupted = /interrupted/.test(this.message);
  }
}

/* WeChat's words for what no network would mend: the photo is gone from the phone, or the console does not name the server's domain. */
const FILE_GONE = /file not found|file not exist|no such file|file doesn't exist/i;
const NOT_SET_UP = /not in domain list|invalid url/i;

/** What WeChat's `fail` means: a Problem of status 0 where the request can never leave the phone as it is, else that nobody was reached. */
function ofFailure(errMsg) {
  if (FILE_GONE.test(errMsg)) return new Problem(0, { title: '照片不在这部手机上了', detail: '原来的照片已被手机清理，请重新拍一张。' }, null);
  if (NOT_SET_UP.test(errMsg)) return new Problem(0, { title: '小程序还没有设置好', detail: '服务器的域名还没有登记，请告诉社区工作人员。' }, null);
  return new Unreachable(errMsg);
}

const ADVICE = {
  400: '请按提示改正后再提交。',
  401: '请重新登录。',
  403: '您的账号不能做这件事。如有需要请联系社区。',
  404: '可能已被移走，或不属于您能看的范围。请返回上一页。',
  409: '情况已有变化。请刷新看看最新的内容，再决定。',
  413: '内容太大，请分成几份再试。',
  429: '做得太快了，请稍等再试。'
};

/**
 * What the page says.
 * @returns {{title: string, advice: string, faults: string[], reference: string}}
 */
function inWords(fault) {
  if (fault instanceof Unreachable) {
    return { title: '连不上网络', advice: '请检查手机信号或无线网，再试一次。已填的内容不会丢。', faults: [], reference: '' };
  }
  if (!(fault instanceof Problem)) {
    return { title: '页面出了差错', advice: '请退出小程序再进来。若还是这样，请告诉社区工作人员。', faults: [], reference: '' };
  }
  return {
    title: fault.title || '没有办成',
    advice: fault.detail || ADVICE[fault.status] || (fault.status >= 500 ? '不是您的错。请稍后再试；若还不行，请致电社区。' : '请稍后再试，或联系社区。'),
    faults: fault.errors.map(error => error.detail),
    reference: fault.status >= 500 ? fault.instance : ''
  };
}

/** Whether the very same request can help later. */
function worthRepeating(fault) {
  return fault instanceof Unreachable
    || fault instanceof Problem && (fault.status === 401 || fault.status === 408 || fault.status === 429 || fault.status >= 500);
}

/** Whether nothing else would get through either, so that what else waits need not be tried. */
function isLineDown(fault) {
  return fault instanceof Unreachable || fault instanceof Problem && [401, 408, 429, 502, 503, 504].indexOf(fault.status) >= 0;
}

module.exports = { Problem, Unreachable, ofFailure, inWords, worthRepeating, isLineDown };
