/* Type as large as the person set it in WeChat, never below 18 px; everything on the pages is in rem of it. */
const OWN_PX = 18;
const LARGEST_PX = 30;
const WECHATS_USUAL_PX = 16;

exports.rootSize = () => {
  const told = wx.getAppBaseInfo ? wx.getAppBaseInfo() : wx.getSystemInfoSync();
  const scale = (told.fontSizeSetting || WECHATS_USUAL_PX) / WECHATS_USUAL_PX;
  return Math.max(OWN_PX, Math.min(LARGEST_PX, Math.round(OWN_PX * scale))) + 'px';
};
