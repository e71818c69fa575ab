/* One look from an arm's length, in the sun: a colour, a shape, a word, and the word spoken. */
import { currentLanguage, t } from '../../shared/i18n.js';
import { Button, html, Icon, useEffect, useRef } from '../../shared/ui.js';

export function speak(text) {
  if (!('speechSynthesis' in window)) return;
  window.speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = currentLanguage() === 'zh' ? 'zh-CN' : 'en';
  words.rate = 1.1;
  window.speechSynthesis.speak(words);
}

/** General words: why the office keeps somebody at home is not for the gate. */
const GENERAL = { 'alert-open': 'office', 'under-observation': 'office', suspended: 'office', 'level-sealed': 'office' };
/** Where this device cannot tell: what helps. */
const ADVICE = { 'typed-offline': 'gate.typedOffline', 'not-in-kit': 'gate.notInKit' };
export const wordsOf = reason => t('gate.reason.' + (GENERAL[reason] || reason));

export function Answer({ answer, direction, onNext, onThrough }) {
  const head = useRef(null);
  const word = t(answer.allowed ? (direction === 'OUT' ? 'gate.go.out' : 'gate.go.in') : 'gate.stop');
  useEffect(() => {
    speak(answer.allowed ? word : word + '，' + wordsOf(answer.reason));
    head.current.focus();
    if (navigator.vibrate) navigator.vibrate(answer.allowed ? 80 : [200, 100, 200]);
  }, [answer]);
  const advice = ADVICE[answer.reason];
  const warnings = (answer.warnings || []).filter(each => each !== 'temperature-not-measured' && each !== 'mask-not-asked');
  return html`<section class=${'verdict ' + (answer.allowed ? 'yes' : 'no') + (advice ? ' brief' : '')} role="alert" data-testid="verdict"
      data-allowed=${String(answer.allowed)} data-reason=${answer.reason} data-offline=${String(Boolean(answer.offline))}>
    <span class="verdict-sign"><${Icon} name=${answer.allowed ? 'tick' : 'close'} /></span>
    <h1 tabindex="-1" ref=${head} data-testid="verdict-word">${word}</h1>
    ${!answer.allowed && html`<p class="verdict-why" data-testid="verdict-why">${wordsOf(answer.reason)}</p>`}
    ${advice && html`<ol class="verdict-advice" data-testid=${answer.reason + '-advice'}>${[1, 2, 3].map(step => html`
      <li key=${step}>${t(advice + '.' + step)}</li>`)}</ol>`}
    ${answer.household && html`<p class="verdict-home num">${answer.household}</p>`}
    ${answer.colour && html`<p class=${'pass-colour ' + answer.colour}>${t('gate.colour.' + answer.colour)}</p>`}
    ${warnings.map(each => html`<p key=${each} class="verdict-note">${t('gate.warning.' + each)}</p>`)}
    ${answer.offline && !advice && html`<p class="verdict-note" data-testid="verdict-offline">${t('gate.offline.decided')}</p>`}
    <div class="verdict-acts"><${Button} kind="default" onClick=${onNext} testid="next">${t('gate.next')}<//>
      ${!answer.allowed && onThrough && html`<button type="button" class="link-btn on-colour" onClick=${onThrough} data-testid="through">
        ${t('gate.through')}</button>`}</div>
  </section>`;
}
