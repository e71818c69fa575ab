/* What waits at a gate's device is sent, whatever the server says of it, and nothing is lost unread. */
import assert from 'node:assert/strict';
import { Problem, server, Unreachable } from './shared/api.js';
import { refused } from './staff/gate/acts.js';
import { store } from './staff/gate/keep.js';
import { line } from './staff/gate/line.js';
import { flush, sendAgain, waiting } from './staff/gate/queue.js';

const taken = scans => scans.map(() => ({ status: 200 }));

function waitFor(count) {
  store.clear();
  server.lists = [];
  for (let i = 0; i < count; i++) {
    store.set('n' + i, { nonce: 'n' + i, at: i, clock: i, code: 'c', gateId: 'g', direction: 'OUT', tenths: 365, mask: true, decided: true, admitted: true });
  }
}

waitFor(230);
server.answer = scans => { if (scans.length > 60) throw new Problem(413, {}); return taken(scans); };
await flush();
assert.equal(store.size, 0, 'a list that is too long goes in shorter ones');
assert.equal(new Set(server.lists.filter(list => list.length <= 60).flat().map(scan => scan.nonce)).size, 230);
assert.ok(server.lists.every(list => list.length <= 100));

waitFor(3);
server.answer = scans => scans.map(scan => (scan.nonce === 'n1' ? { status: 400, problem: { title: 'T', errors: [{ detail: 'not your gate' }] } } : { status: 200 }));
await flush();
assert.deepEqual((await refused()).map(scan => [scan.nonce, scan.refused]), [['n1', 'T not your gate']], 'what was not taken stays, with its reason');
assert.equal(store.size, 1);
assert.deepEqual(await waiting(), []);
server.lists = [];
await flush();
assert.deepEqual(server.lists, [], 'and is not sent again by itself');
server.answer = taken;
await sendAgain(store.get('n1'));
await flush();
assert.equal(store.size, 0);

waitFor(70);
server.answer = scans => { if (scans.some(scan => scan.nonce === 'n37')) throw new Problem(400, { title: 'no' }); return taken(scans); };
await flush();
assert.deepEqual(Array.from(store.keys()), ['n37'], 'one that spoils every list holds up no others');
assert.equal(store.get('n37').refused, 'no');

waitFor(5);
server.answer = () => { throw new Unreachable(); };
await flush();
assert.equal(store.size, 5);
assert.equal(line.reached, false);
server.answer = scans => scans.map((scan, i) => ({ status: i === 0 ? 503 : 200 }));
await flush();
assert.deepEqual(Array.from(store.keys()), ['n0'], 'what the server could not do stays and waits');
assert.equal((await waiting()).length, 1);
