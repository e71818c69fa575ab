/*
 * One act, one Idempotency-Key: the very same asked again after silence keeps its key, so that it is done once. Anything else, or the same
 * after an answer, has a new one.
 */
const uuid = require('./uuid.js');
const { worthRepeating } = require('./problem.js');

/** @returns {function(function, ...any): Promise<any>} calls a function of utils/api.js with its arguments */
module.exports = () => {
  let last = { call: null, said: '', key: '' };
  return async (call, ...args) => {
    const said = JSON.stringify(args);
    if (last.call !== call || last.said !== said) last = { call, said, key: uuid() };
    try {
      const answer = await call.apply(null, args.concat({ idempotencyKey: last.key }));
      last = { call: null, said: '', key: '' };
      return answer;
    } catch (fault) {
      if (!worthRepeating(fault)) last = { call: null, said: '', key: '' };
      throw fault;
    }
  };
};
