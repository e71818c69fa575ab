/* Whether the server was reached when it was last asked. */
const listeners = new Set();
let down = false;

export const isLineDown = () => down || navigator.onLine === false;
export const onQueue = listener => { listeners.add(listener); return () => listeners.delete(listener); };
export const tell = () => listeners.forEach(listener => listener());

export function noteLine(reached) {
  down = !reached;
}
