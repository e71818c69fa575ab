/** What went wrong, in words: `failure` of utils/problem.js. `again`: the words of a button that triggers `again`; none where it is empty. */
Component({
  properties: {
    failure: { type: Object, value: null },
    again: { type: String, value: '' }
  },
  methods: {
    again() {
      this.triggerEvent('again');
    }
  }
});
