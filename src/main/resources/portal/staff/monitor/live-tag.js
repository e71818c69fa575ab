import { clockOf } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { html, useMinute } from '../../shared/ui.js';

const OFFSET_MILLIS = 8 * 60 * 60000;

/** Whether the numbers move, and if not, of when they are. */
export function LiveTag({ live }) {
  useMinute();
  const asOf = live.at ? clockOf(new Date(live.at + OFFSET_MILLIS).toISOString()) : '';
  if (live.state === 'live') return html`<span class="tag good" data-testid="live">${t('overview.live')}</span>`;
  return html`<span class="tag late" role="status" data-testid="live">${t(live.state === 'asking' ? 'overview.asOf' : 'overview.reconnecting',
    { clock: asOf })}</span>`;
}
