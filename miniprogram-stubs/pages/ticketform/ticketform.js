const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const outbox = require('../../utils/outbox.js');
const page = require('../../utils/page.js');
const photos = require('../../utils/photos.js');
const session = require('../../utils/session.js');
const tickets = require('../../utils/tickets.js');
const { Problem, Unreachable } = require('../../utils/problem.js');

const HOUR_MILLIS = 3600000;
const SHARED_PLACES = ['LIFT_TRAPPED', 'LIGHTING', 'DOORS', 'LIFT', 'PUBLIC_PIPES', 'FACILITIES', 'ROADS'];
const AREAS = [{ id: 'HOME', words: '家里' }, { id: 'PUBLIC', words: '公共区域' }];
const spots = words => words.map(word => ({ id: word, words: word }));
const SPOTS = { HOME: spots(['厨房', '卫生间', '客厅', '卧室', '阳台']), PUBLIC: spots(['电梯', '楼道', '单元门', '楼前', '停车场']) };
const URGENCIES = [{ id: 'NORMAL', words: '一般' }, { id: 'URGENT', words: '比较急' }, { id: 'EMERGENCY', words: '紧急' }];
const CONTACTS = [{ id: '2', words: '两小时后' }, { id: '5', words: '五小时后' }, { id: '24', words: '明天这时候' }];
const DESCRIPTIONS = { REPAIR: '怎么坏的，说一句就行', COMPLAINT: '什么时候、什么情况', ENQUIRY: '您的问题', SUGGESTION: '您的建议' };
const PLACELESS = ['ENQUIRY', 'SUGGESTION'];
const POINTERS = { description: '/description', text: '/place/text', building: '/place/building', contact: '/contactAt' };

const draftName = () => 'ticketDraft.' + session.me().id;

/** Begins as this kind of thing usually is; what was written before the page was closed is still there. */
function beginning(category) {
  const shared = SHARED_PLACES.indexOf(category.code) >= 0 || category.kind !== 'REPAIR';
  const home = session.me().household;
  const fresh = {
    area: shared ? 'PUBLIC' : 'HOME', text: '', description: '', anonymous: false, contactDate: '', contactTime: '',
    // A building that nobody wrote would tell where an anonymous complaint comes from.
    building: category.kind !== 'COMPLAINT' && home ? home.label.split('-')[0] : '',
    urgency: category.levels.normal === 'EMERGENCY' ? 'EMERGENCY' : 'NORMAL', photos: []
  };
  const draft = wx.getStorageSync(draftName());
  return draft && draft.category === category.code ? Object.assign(fresh, draft.form) : fresh;
}

function bodyOf(category, form) {
  const placeless = PLACELESS.indexOf(category.kind) >= 0;
  const place = placeless ? { area: 'PUBLIC', text: '不涉及地点' } : { area: form.area, text: form.text.trim() || (form.area === 'HOME' ? '家里' : '公共区域') };
  if (!placeless && form.area === 'PUBLIC' && form.building.trim()) place.building = form.building.trim();
  const body = { kind: category.kind, category: category.code, place, description: form.description.trim(), urgency: form.urgency };
  if (category.kind === 'COMPLAINT' && form.anonymous) body.anonymous = true;
  if (form.contactDate && !placeless && form.area === 'HOME') body.contactAt = form.contactDate + 'T' + form.contactTime + ':00' + clock.offset();
  return body;
}

/** As little as it takes, then sent once; without network it is kept and sent later. */
page({
  data: {
    category: null, form: null, areas: AREAS, spots: [], urgencies: URGENCIES, contacts: CONTACTS, descriptionWords: '', placeless: false, takesPhotos: false, morePhotos: true,
    nearby: [], faults: {}, done: null, waiting: false, today: ''
  },

  onLoad(query) {
    this.code = query.category;
  },

  async load() {
    if (this.data.category) return;
    const category = (await tickets.categories()).find(each => each.code === this.code);
    this.setData({
      category: { code: category.code, kind: category.kind, name: category.name }, descriptionWords: DESCRIPTIONS[category.kind], today: clock.today(),
      placeless: PLACELESS.indexOf(category.kind) >= 0, takesPhotos: session.may('addTicketPhoto')
    });
    this.show(beginning(category));
  },

  show(form) {
    this.setData({ form, spots: SPOTS[form.area], morePhotos: form.photos.length < photos.AT_MOST });
  },

  change(part) {
    const form = Object.assign({}, this.data.form, part);
    this.show(form);
    wx.setStorageSync(draftName(), { category: this.data.category.code, form });
  },

  write(event) {
    this.change({ [event.currentTarget.dataset.name]: event.detail.value });
  },

  choose(event) {
    this.change({ [event.currentTarget.dataset.name]: event.detail.id });
  },

  hide(event) {
    this.change({ anonymous: event.detail.value });
  },

  contactIn(event) {
    const then = clock.localOf(clock.nowMillis() + Number(event.detail.id) * HOUR_MILLIS);
    this.change({ contactDate: then.slice(0, 10), contactTime: then.slice(11, 13) + ':00' });
  },

  contactDay(event) {
    this.change({ contactDate: event.detail.value, contactTime: this.data.form.contactTime || '12:00' });
  },

  contactClock(event) {
    this.change({ contactDate: this.data.form.contactDate || clock.today(), contactTime: event.detail.value });
  },

  async addPhotos() {
    const chosen = await photos.choose(photos.AT_MOST - this.data.form.photos.length);
    if (chosen.length) this.change({ photos: this.data.form.photos.concat(chosen) });
  },

  removePhoto(event) {
    const path = event.currentTarget.dataset.path;
    photos.forget(path);
    this.change({ photos: this.data.form.photos.filter(other => other !== path) });
  },

  /** Nobody waits for a list of others' tickets: where it does not come, the ticket goes without it. */
  look() {
    const place = bodyOf(this.data.category, this.data.form).place;
    if (this.data.category.kind !== 'REPAIR' || place.area !== 'PUBLIC') return this.send();
    return this.attempt(() => this.others(place)).then(others => {
      this.setData({ nearby: others || [] });
      return others && others.length ? undefined : this.send();
    });
  },

  async others(place) {
    try {
      const listed = await api.listNearbyTickets({ category: this.data.category.code, building: place.building, place: place.text });
      return listed.items.filter(item => !item.own).map(tickets.publicDrawn);
    } catch (fault) {
      if (fault instanceof Problem || fault instanceof Unreachable) return [];
      throw fault;
    }
  },

  send() {
    const { category, form } = this.data;
    this.setData({ faults: {} });
    return this.attempt(async () => {
      const steps = [{ call: 'submitTicket', args: [bodyOf(category, form)] }]
        .concat(form.photos.map(path => ({ call: 'addTicketPhoto', args: [{ id: '$made' }, path] })));
      const outcome = await outbox.hand(steps, { title: category.name + '：' + form.description.trim(), files: form.photos });
      wx.removeStorageSync(draftName());
      this.setData({ done: outcome.sent ? tickets.drawn(outcome.sent) : null, waiting: outcome.waiting, nearby: [], form: null });
    });
  },

  onFailure(fault) {
    this.setData({ nearby: [] });
    if (!(fault instanceof Problem)) return;
    const faults = {};
    Object.keys(POINTERS).forEach(name => { faults[name] = fault.at(POINTERS[name]); });
    this.setData({ faults, 'failure.faults': fault.besides(Object.keys(POINTERS).map(name => POINTERS[name])) });
  },

  /** Another reported the same: it is followed, and this is not sent. */
  follow(event) {
    return this.attempt(async () => {
      await api.followTicket({ id: event.currentTarget.dataset.id });
      this.data.form.photos.forEach(photos.forget);
      wx.removeStorageSync(draftName());
      wx.showToast({ title: '已关注，有进展会通知您', icon: 'none' });
      wx.redirectTo({ url: '/pages/shared/shared' });
    });
  },

  openTicket() {
    wx.redirectTo({ url: '/pages/ticket/ticket?id=' + this.data.done.id });
  },

  openList() {
    wx.redirectTo({ url: '/pages/tickets/tickets' });
  }
});
