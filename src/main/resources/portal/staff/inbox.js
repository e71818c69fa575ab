import { Inbox } from '../shared/inbox.js';
import { may } from '../shared/session.js';
import { html } from '../shared/ui.js';
import { Bell, lookForUnread } from '../shared/unread.js';
import { observationPage } from './addresses.js';
import { useAtChanges } from './monitor/live.js';

/* Where a kind of thing is worked, and the operation that its page lives on. */
const PLACES = {
  alert: ['listAlerts', () => '#/alerts'],
  observation: ['getObservation', subject => observationPage(subject.id)],
  'observation-day': ['listObservations', () => '#/observations'],
  'outing-pass': ['listOutingPasses', () => '#/passes'],
  parcel: ['getParcelOverview', () => '#/parcels'],
  ticket: ['getTicket', subject => '#/ticket/' + encodeURIComponent(subject.id)],
  words: ['listHeldWords', () => '#/held-words'],
  form: ['getForm', () => '#/forms'],
  'call-list': ['listCallList', () => '#/calls'],
  'knock-list': ['listKnockList', () => '#/knocks'],
  audit: ['listAudit', () => '#/audit'],
  'door-task': ['listDoorTasks', () => '#/doors'],
  'door-arrangement': ['decideDoorArrangement', () => '#/doors?tab=homes'],
  'purchase-task': ['listPurchases', () => '#/doors?tab=buy']
};
/* A message follows its cause through the outbox, a moment later. */
const AFTER_ITS_CAUSE_MILLIS = 2000;

function leadTo(message) {
  const place = message.subject && PLACES[message.subject.kind];
  return place && may(place[0]) ? place[1](message.subject) : null;
}

export default function InboxPage() {
  return html`<${Inbox} leadTo=${leadTo} />`;
}

/** In the head of every page; what the stream tells has a message behind it, as often as not. */
export function LiveBell({ current }) {
  useAtChanges(() => setTimeout(lookForUnread, AFTER_ITS_CAUSE_MILLIS), may('getMonitor'));
  return html`<${Bell} current=${current} />`;
}
