const api = require('../../utils/api.js');
const once = require('../../utils/once.js');
const outbox = require('../../utils/outbox.js');
const page = require('../../utils/page.js');
const photos = require('../../utils/photos.js');
const session = require('../../utils/session.js');
const tickets = require('../../utils/tickets.js');

const RATINGS = [{ id: '5', words: '很满意' }, { id: '4', words: '满意' }, { id: '3', words: '一般' }, { id: '2', words: '较差' }, { id: '1', words: '很差' }];
const ACTS = {
  CONFIRM: { title: '确认已解决', send: '确认', did: '已确认，谢谢', rates: true, note: '想说的话（可不填）' },
  RATE: { title: '评价', send: '提交评价', did: '已评价，谢谢', rates: true, note: '想说的话（可不填）' },
  REOPEN: { title: '要求返工', send: '要求返工', did: '已要求返工', rates: false, note: '哪里没有解决' },
  CANCEL: { title: '撤销', send: '确定撤销', did: '已撤销', rates: false, note: '为什么撤销（可不填）' }
};
const MESSAGES_AT_MOST = 200;

const messageDrawn = message => ({ id: message.id, text: message.text, mine: message.side === 'REPORTER', at: tickets.momentWords(message.at) });

/** Where something goes on that was merged, perhaps more than once; undefined where it is not followed any more. */
function goesOn(items, id) {
  const seen = [];
  let found = items.find(item => item.id === id);
  while (found && found.mergedInto && seen.indexOf(found.id) < 0) {
    seen.push(found.id);
    found = items.find(item => item.id === found.mergedInto);
  }
  return found;
}

/** What the reporter may do now: the first is the one that is waited for. */
function actsOf(ticket) {
  const can = event => ticket.possible.indexOf(event) >= 0;
  const rates = can('RATE') && !can('CONFIRM') && !ticket.rating;
  return [can('CONFIRM') && { act: 'CONFIRM', words: '解决了，确认', look: 'primary' }, rates && { act: 'RATE', words: '评价', look: 'primary' },
    can('REOPEN') && { act: 'REOPEN', words: '没有解决，要求返工', look: '' }, can('CANCEL') && { act: 'CANCEL', words: '不用来了，撤销', look: 'link' }].filter(each => each);
}

const factsOf = ticket => [
  { words: '提交时间', value: tickets.momentWords(ticket.submittedAt) },
  ticket.assignee && { words: '负责师傅', value: ticket.assignee.name },
  ticket.contactAt && { words: '方便时间', value: tickets.momentWords(ticket.contactAt) },
  ticket.anonymous && { words: '匿名', value: '处理的人看不到您是谁' },
  ticket.rating && { words: '评价', value: tickets.stars(ticket.rating) + ' ' + (ticket.ratingWords || '') }
].filter(fact => fact);

/** One ticket as its reporter sees it: how it stands, what they can do now, the mailbox, the trail. */
page({
  data: {
    ticket: null, facts: [], photos: [], addsPhotos: false, acts: [], asksConfirm: false, trail: [], joined: null, messages: [], message: '', act: '', acting: null,
    rating: '', ratings: RATINGS, note: ''
  },

  onLoad(query) {
    this.id = query.id;
    this.once = once();
  },

  async load() {
    const [ticket] = await Promise.all([api.getTicket({ id: this.id }), tickets.categories()]);
    this.show(ticket);
    if (!ticket.own) return;
    const listed = await api.listTicketMessages({ id: this.id, limit: MESSAGES_AT_MOST });
    this.setData({ messages: listed.items.map(messageDrawn) });
    if (ticket.state !== 'MERGED' || !ticket.mergedInto || !session.may('listFollowedTickets')) return;
    const other = goesOn((await api.listFollowedTickets()).items, ticket.mergedInto);
    this.setData({ joined: other ? tickets.progress(other) : null });
  },

  show(ticket) {
    const acts = actsOf(ticket);
    this.setData({
      ticket: tickets.drawn(ticket), facts: factsOf(ticket), photos: (ticket.photos || []).map(photo => ({ id: ticket.id, photoId: photo.id })),
      addsPhotos: ticket.own && tickets.isOpen(ticket) && session.may('addTicketPhoto'), acts, asksConfirm: acts.some(each => each.act === 'CONFIRM'),
      trail: tickets.trail(ticket)
    });
  },

  /** One more picture, for instance after it got worse. */
  async addPhotos() {
    const chosen = await photos.choose(photos.AT_MOST);
    return this.attempt(async () => {
      let refused = null;
      for (const path of chosen) {
        try {
          await outbox.hand([{ call: 'addTicketPhoto', args: [{ id: this.id }, path] }], { title: '照片：' + this.data.ticket.name, files: [path] });
        } catch (fault) {
          refused = refused || fault;
        }
      }
      await this.reload();
      if (refused) throw refused;
    });
  },

  begin(event) {
    const act = event.currentTarget.dataset.act;
    this.setData({ act, acting: ACTS[act], rating: '', note: '' });
  },

  end() {
    this.setData({ act: '', acting: null, failure: null });
  },

  rate(event) {
    this.setData({ rating: event.detail.id });
  },

  write(event) {
    this.setData({ [event.currentTarget.dataset.name]: event.detail.value });
  },

  send() {
    const { act, acting, rating, note } = this.data;
    if (act === 'RATE' && !rating || act === 'REOPEN' && !note.trim()) {
      wx.showToast({ title: act === 'RATE' ? '请选一个评价' : '请写哪里没有解决', icon: 'none' });
      return Promise.resolve();
    }
    const body = Object.assign({ event: act }, note.trim() ? { note: note.trim() } : {}, rating ? { rating: Number(rating) } : {});
    return this.attempt(async () => {
      await this.once(api.moveTicket, { id: this.id }, body);
      wx.showToast({ title: acting.did });
      this.setData({ act: '', acting: null });
      await this.reload();
    });
  },

  sendMessage() {
    const text = this.data.message.trim();
    if (!text) return Promise.resolve();
    return this.attempt(async () => {
      await this.once(api.writeTicketMessage, { id: this.id }, { text });
      this.setData({ message: '' });
      await this.reload();
    });
  }
});
