import { useEffect, useState } from '../shared/ui.js';

const WIDE = '(min-width: 960px)';

/** Whether there is room for tables. In rem it would follow the text size; here the switch is made by the style sheet's own bound. */
export function useWide() {
  const [wide, setWide] = useState(window.matchMedia(WIDE).matches);
  useEffect(() => {
    const query = window.matchMedia(WIDE);
    const changed = () => setWide(query.matches);
    if (query.addEventListener) query.addEventListener('change', changed);
    else query.addListener(changed);
    return () => (query.removeEventListener ? query.removeEventListener('change', changed) : query.removeListener(changed));
  }, []);
  return wide;
}
