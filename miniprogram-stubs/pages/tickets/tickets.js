const api = require('../../utils/api.js');
const page = require('../../utils/page.js');
const session = require('../../utils/session.js');
const tickets = require('../../utils/tickets.js');

const AT_ONCE = 100;
const SHOWN_PAST = 20;

/** What the household reported: what waits for a word of theirs on top, then what is being worked, then what was. */
page({
  data: { open: null, past: [], followed: [], opened: '', sharesList: false, seesSummary: false },

  async load() {
    const [listed, followed] = await Promise.all([
      api.listTickets({ limit: AT_ONCE }), session.may('listFollowedTickets') ? api.listFollowedTickets() : { items: [] }, tickets.categories()]);
    const asked = listed.items.filter(ticket => ticket.own && ticket.state === 'DONE');
    const open = listed.items.filter(tickets.isOpen);
    const past = listed.items.filter(ticket => asked.indexOf(ticket) < 0 && open.indexOf(ticket) < 0);
    this.setData({
      open: asked.concat(open).map(tickets.drawn), past: past.slice(0, SHOWN_PAST).map(tickets.drawn),
      followed: followed.items.filter(item => !item.mergedInto).map(tickets.progress),
      sharesList: session.may('listPublicTickets'), seesSummary: session.may('getServiceLevels')
    });
  },

  unfold(event) {
    const id = event.currentTarget.dataset.id;
    this.setData({ opened: id === this.data.opened ? '' : id });
  }
});
