/* What the gate keeps on the device: a small table of things by name, and the queue of scans. */
const NAME = 'gatehouse-gate';
let opened = null;

function open() {
  if (!opened) {
    opened = new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('things');
        request.result.createObjectStore('queue', { keyPath: 'nonce' });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
  return opened;
}

async function run(store, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const keep = (name, thing) => run('things', 'readwrite', store => store.put(thing, name));
export const kept = name => run('things', 'readonly', store => store.get(name));
export const enqueue = scan => run('queue', 'readwrite', store => store.put(scan));
export const dequeue = nonce => run('queue', 'readwrite', store => store.delete(nonce));
export const queued = () => run('queue', 'readonly', store => store.getAll());
