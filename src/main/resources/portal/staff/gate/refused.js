import { Button, html, useEffect, useState } from '../../shared/ui.js';
import { t } from '../../shared/i18n.js';
import { clockOf } from '../../shared/clock.js';
import { chinaTime, giveUp, refused } from './acts.js';
import { onQueue } from './line.js';
import { sendAgain } from './queue.js';

const nameOf = item => 'gate.act.' + (item.kind || 'scan-' + item.direction);

/** What the server did not take: nothing of it is lost before somebody has read it. */
export function Refused({ onCorrect }) {
  const [items, setItems] = useState([]);
  useEffect(() => {
    const look = () => refused().then(setItems);
    look();
    return onQueue(look);
  }, []);
  if (!items.length) return null;
  return html`<section class="card stack" data-testid="refused"><h2>${t('gate.refused')}</h2>${items.map(item => html`<div class="stack" key=${item.nonce}>
    <p><span class="strong">${clockOf(chinaTime(item.at))} ${t(nameOf(item))}</span> ${item.body && item.body.visitorName
      ? item.body.visitorName + ' → ' + item.body.household : ''}</p>
    <p class="fault-text">${item.refused}</p>
    <div class="btns">${item.kind === 'walk-in' && html`<${Button} onClick=${() => onCorrect(item)} testid=${'correct-' + item.nonce}>${t('gate.refused.correct')}<//>`}
      ${!item.kind && html`<${Button} onClick=${() => sendAgain(item)} testid=${'again-' + item.nonce}>${t('gate.refused.again')}<//>`}
      <${Button} kind="default" onClick=${() => giveUp(item)} testid=${'give-up-' + item.nonce}>${t('gate.refused.giveUp')}<//></div></div>`)}</section>`;
}
