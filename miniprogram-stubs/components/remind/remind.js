const consent = require('../../utils/consent.js');
const session = require('../../utils/session.js');
const { Problem, Unreachable } = require('../../utils/problem.js');

/**
 * A button that asks for a subscribe message, where one is of use and too few are in hand.
 * `kind`: ROUND, OUTING, PARCEL, TICKET or NOTICE, several with commas; `words`: what the person gets.
 */
Component({
  properties: {
    kind: { type: String, value: 'NOTICE' },
    words: { type: String, value: '有消息时微信提醒我' }
  },
  data: { templateIds: [], done: false, none: false },
  lifetimes: {
    async attached() {
      if (!session.may('listSubscriptions')) return;
      try {
        this.setData({ templateIds: await consent.lacking(this.data.kind.split(',')) });
      } catch (fault) {
        // Nothing is lost where it cannot be asked now: every message is in the inbox besides.
        if (!(fault instanceof Problem || fault instanceof Unreachable)) throw fault;
      }
    }
  },
  methods: {
    async ask() {
      const accepted = await consent.ask(this.data.templateIds);
      this.setData(accepted ? { templateIds: [], done: true, none: false } : { none: true });
    }
  }
});
