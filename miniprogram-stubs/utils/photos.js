/* Photos on their way: kept by the phone until they are sent, also when WeChat is closed. */
exports.AT_MOST = 6;

const files = () => wx.getFileSystemManager();

/** A file that WeChat keeps; the temporary one where its room is full. */
const kept = tempFilePath => new Promise(resolve => {
  files().saveFile({ tempFilePath, success: saved => resolve(saved.savedFilePath), fail: () => resolve(tempFilePath) });
});

/** From camera or album, at most so many. Resolves to paths, to none where the person took none. */
exports.choose = atMost => new Promise(resolve => {
  wx.chooseMedia({
    count: atMost, mediaType: ['image'], sourceType: ['camera', 'album'], sizeType: ['compressed'],
    success: chosen => resolve(chosen.tempFiles.map(file => file.tempFilePath)),
    fail: () => resolve([])
  });
}).then(paths => Promise.all(paths.map(kept)));

/** One that is gone already is as wanted. */
exports.forget = path => files().removeSavedFile({ filePath: path, fail: () => undefined });
