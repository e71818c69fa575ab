/* WeChat asks before the first use of a camera, a photo or a phone number whether the person agrees to the privacy guide; the page in front shows it. */
let waiting = [];
let shower = null;

/** Once, when the mini program starts. */
exports.listen = () => {
  if (!wx.onNeedPrivacyAuthorization) return;
  wx.onNeedPrivacyAuthorization(resolve => {
    waiting.push(resolve);
    if (shower) shower();
  });
};

/** @param {function()|null} show the page in front's way to ask */
exports.askBy = show => {
  shower = show;
  if (show && waiting.length) show();
};

/** @param {string} buttonId the button that the person tapped; WeChat looks whether it was tapped. */
exports.agree = buttonId => answer({ event: 'agree', buttonId });

exports.refuse = () => answer({ event: 'disagree' });

function answer(told) {
  const resolves = waiting;
  waiting = [];
  resolves.forEach(resolve => resolve(told));
}
