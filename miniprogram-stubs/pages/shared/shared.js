const api = require('../../utils/api.js');
const page = require('../../utils/page.js');
const tickets = require('../../utils/tickets.js');

const AT_ONCE = 50;

/** Repairs of what all share, without names: nobody need report twice, and all see that it is being worked. */
page({
  data: { items: null, next: null },

  async load() {
    const [listed] = await Promise.all([api.listPublicTickets({ limit: AT_ONCE }), tickets.categories()]);
    this.setData({ items: listed.items.map(tickets.publicDrawn), next: listed.next });
  },

  more() {
    return this.attempt(async () => {
      const listed = await api.listPublicTickets({ limit: AT_ONCE, cursor: this.data.next });
      this.setData({ items: this.data.items.concat(listed.items.map(tickets.publicDrawn)), next: listed.next });
    });
  },

  follow(event) {
    const at = event.currentTarget.dataset.at;
    const item = this.data.items[at];
    return this.attempt(async () => {
      const next = await (item.following ? api.unfollowTicket : api.followTicket)({ id: item.id });
      this.setData({ ['items[' + at + ']']: tickets.publicDrawn(next) });
    });
  }
});
