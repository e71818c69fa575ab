/** One of several: `items` {id, words, note?, off?}, `chosen` an id; `narrow`: many short ones in columns, the note below. Triggers `choose` with {id}. */
Component({
  properties: {
    items: { type: Array, value: [] },
    chosen: { type: String, value: '' },
    label: { type: String, value: '' },
    narrow: { type: Boolean, value: false }
  },
  methods: {
    choose(event) {
      const item = this.data.items[event.currentTarget.dataset.at];
      if (!item.off) this.triggerEvent('choose', { id: item.id });
    }
  }
});
