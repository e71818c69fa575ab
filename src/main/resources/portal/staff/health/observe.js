/* Beginning a home observation: find the home, choose the people, say why and for how long. */
import { post, Problem, worthRetrying } from '../../shared/api.js';
import { plusDays, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { Button, Failure, html, Icon, PageTitle, say, Segments, TextField, useRef, useState } from '../../shared/ui.js';
import { ChosenHome, FindHome } from './find-home.js';

const LENGTHS = [14, 7];
const REASONS = ['1', '2', '3'];

export default function ObservePage() {
  const [home, setHome] = useState(null);
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/observations"><${Icon} name="back" />${t('observations.title')}</a>
    <div class="page-head"><${PageTitle}>${t('observe.title')}<//>${home && html`<${ChosenHome} home=${home} onOther=${() => setHome(null)} />`}</div>
    ${home ? html`<${Begin} key=${home.id} home=${home} />` : html`<${FindHome} onChoose=${setHome} />`}
  </main>`;
}

function Begin({ home }) {
  const [chosen, setChosen] = useState(home.members.length === 1 ? [home.members[0].id] : []);
  const [wholeHome, setWholeHome] = useState(true);
  const [reason, setReason] = useState('');
  const [startsOn, setStartsOn] = useState(today());
  const [days, setDays] = useState(String(LENGTHS[0]));
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const key = useRef(newUuid());
  const changing = set => next => { key.current = newUuid(); set(next); };
  const at = pointer => (error instanceof Problem ? error.at(pointer) : '');
  const length = Number(days);
  const count = wholeHome && chosen.length ? home.members.length : chosen.length;
  const lengthKnown = /^\d{1,3}$/.test(days.trim());
  const toggle = id => changing(setChosen)(chosen.includes(id) ? chosen.filter(one => one !== id) : chosen.concat(id));
  const begin = async event => {
    event.preventDefault();
    setSending(true);
    setError(null);
    try {
      await post('/observations', { residentIds: chosen, withHousehold: wholeHome, reason: reason.trim(), startsOn, days: length }, { idempotencyKey: key.current });
      say(t('observe.begun', { count }));
      location.hash = '#/observations';
    } catch (refused) {
      if (!worthRetrying(refused)) key.current = newUuid();
      setError(refused);
      setSending(false);
    }
  };
  return html`<form onSubmit=${begin} novalidate data-testid="observe-form">
    <section class="card"><p class="label">${t('observe.who')}</p>
      ${home.members.map(member => html`<label class="check" key=${member.id}><input type="checkbox" checked=${chosen.includes(member.id)}
        onChange=${() => toggle(member.id)} data-testid=${'who-' + member.id} /><span>${member.name}</span></label>`)}
      ${home.members.length > 1 && html`<p class="label gap">${t('observe.together')}</p><${Segments} label=${t('observe.together')} testid="together"
        chosen=${wholeHome} onChoose=${changing(setWholeHome)} items=${[{ id: true, text: t('observe.together.yes') },
          { id: false, text: t('observe.together.no') }]} />`}</section>
    <section class="card"><${TextField} id="reason" label=${t('observe.reason')} value=${reason} maxLength=${200} fault=${at('/reason')}
        onValue=${changing(setReason)} />
      <div class="segments gap-below" role="group" aria-label=${t('alerts.suggestions')}>${REASONS.map(number => html`<button type="button" class="chip"
        key=${number} onClick=${() => changing(setReason)(t('observe.reason.' + number))} data-testid=${'reason-' + number}>
        ${t('observe.reason.' + number)}</button>`)}</div>
      <div class="pair"><${TextField} id="starts-on" label=${t('observe.startsOn')} type="date" value=${startsOn} fault=${at('/startsOn')}
          onValue=${changing(setStartsOn)} />
        <${TextField} id="days" label=${t('observe.days')} inputMode="numeric" maxLength=${3} value=${days} fault=${at('/days')}
          onValue=${changing(setDays)} /></div>
      <${Segments} label=${t('observe.days')} testid="length" chosen=${length} onChoose=${next => changing(setDays)(String(next))}
        items=${LENGTHS.map(id => ({ id, text: t('observation.days', { days: id }) }))} />
      ${lengthKnown && startsOn && html`<p class="hint" data-testid="ends-on">${t('observe.ends', { date: dateWords(plusDays(startsOn, length)) })}</p>`}
    </section>
    ${error && html`<${Failure} error=${error} atFields=${['/reason', '/startsOn', '/days']} testid="observe-error" />`}
    <div class="after"><${Button} type="submit" busy=${sending} disabled=${!chosen.length || !reason.trim() || !startsOn || !lengthKnown}
      testid="observe-begin">${t(sending ? 'common.saving' : 'observe.begin', { count })}<//></div>
  </form>`;
}
