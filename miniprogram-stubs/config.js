/*
 * The one setting: where the server is. In production an https address whose domain stands among the request, uploadFile and downloadFile
 * domains of the mini program's console. What stands here is the demonstration that `java -jar gatehouse.jar` starts on the same machine.
 */
module.exports = {
  origin: 'http://127.0.0.1:8080'
};
