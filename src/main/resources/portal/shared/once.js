/* One act, one Idempotency-Key. */
import { post, worthRetrying } from './api.js';
import { newUuid } from './ids.js';
import { useRef } from './ui.js';

/**
 * A way to send that makes nothing twice: the very same again, while nobody knows what became of it, goes with the same key; whatever was
 * answered, done or refused, is over, and what was written anew is another act.
 * @returns {function(string, any, function=): Promise} path, body, and what sends them where it is not `post`; answers and throws as that does
 */
export function useOnce() {
  const open = useRef(null);
  return async (path, body, send) => {
    const asked = JSON.stringify([path, body]);
    if (!open.current || open.current.asked !== asked) open.current = { asked, key: newUuid() };
    const act = open.current;
    const over = () => { if (open.current === act) open.current = null; };
    try {
      const answer = await (send || post)(path, body, { idempotencyKey: act.key });
      over();
      return answer;
    } catch (error) {
      if (!worthRetrying(error)) over();
      throw error;
    }
  };
}
