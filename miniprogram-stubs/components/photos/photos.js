const api = require('../../utils/api.js');
const { Problem, Unreachable } = require('../../utils/problem.js');

/** Photos that the server keeps, behind the token. `call`: the operation that gives one; `photos`: its parameters, one a photo. A tap shows it large. */
Component({
  properties: {
    call: { type: String, value: '' },
    photos: { type: Array, value: [] }
  },
  data: { shown: [], gone: false },
  observers: {
    photos() {
      this.fetch();
    }
  },
  lifetimes: {
    attached() {
      this.fetch();
    }
  },
  methods: {
    async fetch() {
      const asked = JSON.stringify(this.data.photos);
      if (asked === this.asked || !this.data.photos.length) return;
      this.asked = asked;
      const paths = await this.all(this.data.photos.map(params => Object.assign({ size: 'THUMBNAIL' }, params)));
      if (paths && asked === this.asked) this.setData({ shown: paths });
    },

    async open(event) {
      const paths = await this.all([this.data.photos[event.currentTarget.dataset.at]]);
      if (paths) wx.previewImage({ urls: paths });
    },

    /** Paths of temporary files; nothing where one cannot be had. */
    async all(wanted) {
      try {
        const paths = await Promise.all(wanted.map(params => api[this.data.call](params)));
        this.setData({ gone: false });
        return paths;
      } catch (fault) {
        if (!(fault instanceof Problem || fault instanceof Unreachable)) throw fault;
        this.setData({ gone: true });
        return null;
      }
    }
  }
});
