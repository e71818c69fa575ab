const outbox = require('./utils/outbox.js');
const privacy = require('./utils/privacy.js');

App({
  onLaunch() {
    privacy.listen();
    wx.onNetworkStatusChange(network => {
      if (network.isConnected) outbox.flush();
    });
  },

  /** A phone taken out of the pocket: what was interrupted or had no network goes now. */
  onShow() {
    outbox.flush();
  }
});
