/* In place of the browser's database. */
export const store = new Map();
export const keep = async () => undefined;
export const kept = async () => undefined;
export const enqueue = async item => { store.set(item.nonce, item); };
export const dequeue = async nonce => { store.delete(nonce); };
export const queued = async () => Array.from(store.values());
