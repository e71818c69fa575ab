const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const page = require('../../utils/page.js');
const parcels = require('../../utils/parcels.js');

const EVENT_WORDS = {
  REGISTER: '登记', SORT: '认领到户', MOVE: '换位置', BOOK: '预约取件', UNBOOK: '取消预约', LAPSE: '预约已过', REMIND: '已提醒', RETURN_DUE: '到期该退回', COLLECT: '凭码取走',
  HAND_OVER: '无码交付', PLACE_AT_DOOR: '送到门口', RETURN: '退回快递员', LOSE: '遗失', DAMAGE: '破损', FIND: '找到'
};

/** What happened to one parcel, and its pictures. */
page({
  data: { parcel: null, photos: [], events: [] },

  onLoad(query) {
    this.id = query.id;
  },

  async load() {
    const parcel = await api.getParcel({ id: this.id });
    this.setData({
      parcel: parcels.drawn(parcel),
      photos: (parcel.photos || []).map(photoId => ({ id: parcel.id, photoId })),
      events: parcel.events.map((event, place) => ({
        key: place, words: EVENT_WORDS[event.event] || '', note: event.event === 'BOOK' ? '' : event.note || '', at: clock.momentWords(event.at)
      }))
    });
  }
});
