const clock = require('../../utils/clock.js');
const outbox = require('../../utils/outbox.js');

/** What waits on this phone and what the server refused meanwhile; nothing where there is nothing. Triggers `gone` when something was answered. */
Component({
  data: { waiting: [], refused: [] },
  lifetimes: {
    attached() {
      this.end = outbox.onChange(() => this.look());
      this.look();
    },
    detached() {
      this.end();
    }
  },
  methods: {
    look() {
      const before = this.data.waiting.length;
      const mine = outbox.mine().map(thing => ({
        key: thing.key, title: thing.about.title, refusal: thing.refusal || '', at: clock.momentWords(new Date(thing.madeAt + 8 * 3600000).toISOString())
      }));
      this.setData({ waiting: mine.filter(thing => !thing.refusal), refused: mine.filter(thing => thing.refusal) });
      if (this.data.waiting.length < before) this.triggerEvent('gone');
    },
    tryNow() {
      outbox.flush();
    },
    /** One that waits, for good: nobody else has it. */
    giveUp(event) {
      const { key, title } = event.currentTarget.dataset;
      wx.showModal({
        title: '不发这一份了吗？', content: title + '。删掉后不能找回。', confirmText: '删掉', cancelText: '留着',
        success: answer => {
          if (answer.confirm) outbox.discard(key);
        }
      });
    },
    discard(event) {
      outbox.discard(event.currentTarget.dataset.key);
    }
  }
});
