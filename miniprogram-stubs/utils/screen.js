/* A page that shows a code to a scanner is as bright as the phone can be while it is in front; the screen is as it was afterwards. */
const BRIGHTEST = 1;

/** @param page the page in front; `dim` must be called for it when it is left */
exports.brighten = page => {
  page.inFront = true;
  wx.getScreenBrightness({
    success: told => {
      if (page.brightness === undefined) page.brightness = told.value;
      if (page.inFront) wx.setScreenBrightness({ value: BRIGHTEST });
    }
  });
};

exports.dim = page => {
  page.inFront = false;
  if (page.brightness !== undefined) wx.setScreenBrightness({ value: page.brightness });
  page.brightness = undefined;
};
