import { Inbox } from '../shared/inbox.js';
import { html } from '../shared/ui.js';

const PLACES = { alert: '#/today', 'health-round': '#/today', observation: '#/observation', 'observation-day': '#/observation',
  'outing-pass': '#/outing', outing: '#/outing', parcel: '#/parcels', 'ticket-public': '#/shared-tickets', door: '#/door',
  purchase: '#/door', 'door-task': '#/walks', 'purchase-task': '#/walks' };
const ticketPage = message => (message.subject && message.subject.kind === 'ticket' ? '#/ticket/' + encodeURIComponent(message.subject.id) : null);

const leadTo = message => ticketPage(message) || (message.subject && PLACES[message.subject.kind])
  || (message.kind.indexOf('OBSERVATION') === 0 ? '#/observation' : null);

export default function InboxPage() {
  return html`<${Inbox} leadTo=${leadTo} />`;
}
