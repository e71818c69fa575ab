/* One stream of the live picture for all that is shown of it on this page. */
import { nowMillis } from '../../shared/clock.js';
import { follow } from '../../shared/live.js';
import { useEffect, useRef, useState } from '../../shared/ui.js';
import { loadMonitor } from '../health/figures.js';

const listeners = new Set();
let held = { state: 'connecting', data: null, at: null };
let end = null;

function tell(next) {
  held = Object.assign({}, held, next);
  listeners.forEach(listener => listener(held));
}

/** Calls {@code listener} with {state, data, at} now and whenever it changes; {@code at}: when the server was last heard of, in millis. */
export function watchMonitor(listener) {
  listeners.add(listener);
  if (!end) {
    held = { state: 'connecting', data: null, at: null };
    end = follow('/monitor/stream', () => loadMonitor(), data => tell({ data, at: nowMillis() }), state => tell({ state }));
  }
  listener(held);
  return () => {
    listeners.delete(listener);
    if (!listeners.size) {
      end();
      end = null;
    }
  };
}

export function useMonitor() {
  const [shown, setShown] = useState(held);
  useEffect(() => watchMonitor(setShown), []);
  return shown;
}

/** Looks again when figures change, for what is listed beside them; not more often than it can be read. */
export function useAtChanges(look, wanted) {
  const newest = useRef(look);
  newest.current = look;
  useEffect(() => {
    if (!wanted) return undefined;
    let seen = null;
    let timer = null;
    const off = watchMonitor(now => {
      if (now.data && now.data !== seen) {
        if (seen && !timer) timer = setTimeout(() => { timer = null; newest.current(); }, 400);
        seen = now.data;
      }
    });
    return () => { off(); clearTimeout(timer); };
  }, [wanted]);
}
