const privacy = require('../../utils/privacy.js');

/** The privacy guide, on pages that use a phone number, a photo, the camera or the clipboard. */
Component({
  data: { asked: false },
  lifetimes: {
    attached() {
      this.stand();
    },
    detached() {
      privacy.askBy(null);
    }
  },
  pageLifetimes: {
    show() {
      this.stand();
    }
  },
  methods: {
    stand() {
      privacy.askBy(() => this.setData({ asked: true }));
    },
    read() {
      wx.openPrivacyContract();
    },
    agree() {
      this.setData({ asked: false });
      privacy.agree('privacy-agree');
    },
    refuse() {
      this.setData({ asked: false });
      privacy.refuse();
    }
  }
});
