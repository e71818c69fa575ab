import { post } from '../../shared/api.js';
import { clockOf } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { isPlausible, readTenths, TemperatureStepper } from '../../shared/temperature.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, Segments, useEffect, useLoad, useState } from '../../shared/ui.js';
import { speak } from './answer.js';
import { todaysVisits } from './people.js';

/** Who is expected today and who is inside; a code that was scanned opens its visit. */
export default function VisitorsPage({ gate, code, onDone }) {
  const loading = useLoad(todaysVisits, []);
  const [visit, setVisit] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => { if (code) post('/visits/lookup', { code }).then(answer => setVisit(answer.data), setError); }, [code]);
  const back = () => { setVisit(null); onDone(); loading.reload(); };
  if (visit) return html`<${Arrival} visit=${visit} gate=${gate} onBack=${back} />`;
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('gate.visitors')}<//></div>
    ${error && html`<${Failure} error=${error} />`}
    <${Loaded} of=${loading}>${items => (!items.length ? html`<${Empty} title=${t('gate.visitors.none')} />`
      : html`<div class="card"><ul class="lines" data-testid="visits">${items.map(item => html`<li key=${item.id}>
        <button type="button" class="line line-btn" onClick=${() => setVisit(item)} data-testid=${'visit-' + item.id}>
          <span class="line-name"><span class="strong">${item.visitorName}</span><span class="num"> → ${item.household}</span>
            <span class="soft small block">${t('gate.visit.expected', { time: clockOf(item.expectedAt) })} · ${item.purpose}</span></span>
          <span class="line-end"><span class=${'tag ' + (item.overstayed ? 'bad' : item.state === 'INSIDE' ? 'good' : '')}>
            ${t(item.overstayed ? 'gate.visit.overstayed' : 'gate.visit.' + item.state)}</span></span></button></li>`)}</ul></div>`)}<//>
  </main>`;
}

function Arrival({ visit, gate, onBack }) {
  const [text, setText] = useState('');
  const [mask, setMask] = useState('yes');
  const [health, setHealth] = useState('GREEN');
  const [checked, setChecked] = useState({ name: false, host: false });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const [answer, setAnswer] = useState(null);
  const call = async (path, body) => {
    setBusy(true);
    setError(null);
    try {
      return (await post('/visits/' + visit.id + path, Object.assign({ gateId: gate.id }, body))).data;
    } catch (refused) {
      setError(refused);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const enter = async () => {
    const done = await call('/enter', { nameChecked: checked.name, hostPresent: checked.host, healthCode: health,
      temperature: readTenths(text) / 10, mask: mask === 'yes' });
    if (done) {
      setAnswer(done);
      speak(t(done.allowed ? 'gate.go.in' : 'gate.stop'));
    }
  };
  const leave = async () => { if (await call('/leave', {})) onBack(); };
  const facts = html`<div class="card stack"><h2>${visit.visitorName} <span class="num">→ ${visit.household}</span></h2>
    <p class="num">${visit.phone}${visit.plate ? ' · ' + visit.plate : ''}</p><p>${visit.purpose}</p>
    <p class="soft">${t('gate.visit.expected', { time: clockOf(visit.expectedAt) })}</p></div>`;
  if (answer) {
    return html`<section class=${'verdict ' + (answer.allowed ? 'yes' : 'no')} role="alert" data-testid="visit-verdict"
      data-reason=${answer.reason}><h1>${t(answer.allowed ? 'gate.go.in' : 'gate.stop')}</h1>
      ${!answer.allowed && html`<p class="verdict-why">${t('gate.visit.reason.' + answer.reason)}</p>`}
      <div class="verdict-acts"><${Button} kind="default" onClick=${onBack} testid="visit-done">${t('gate.next')}<//></div></section>`;
  }
  return html`<main class="page gate-page" id="main" tabindex="-1">${facts}${error && html`<${Failure} error=${error} />`}
    ${visit.state === 'INSIDE' ? html`<div class="thumb flow"><${Button} busy=${busy} onClick=${leave} extra="huge" testid="visit-leave">
        ${t('gate.visit.leave')}<//><${Button} kind="default" onClick=${onBack}>${t('gate.back')}<//></div>`
    : html`<div class="card stack">${['name', 'host'].map(each => html`<label key=${each} class="tick-line"><input type="checkbox" checked=${checked[each]}
        onChange=${event => setChecked(Object.assign({}, checked, { [each]: event.target.checked }))} data-testid=${'visit-' + each} />
        <span>${t('gate.visit.check.' + each)}</span></label>`)}
      <h2>${t('gate.visit.healthCode')}</h2><${Segments} label=${t('gate.visit.healthCode')} testid="health" chosen=${health} onChoose=${setHealth}
        items=${['GREEN', 'YELLOW', 'RED', 'NONE'].map(id => ({ id, text: t('gate.health.' + id) }))} />
      <h2>${t('gate.temperature')}</h2><${TemperatureStepper} id="visitor" name="" text=${text} onText=${setText} />
      <${Segments} label=${t('gate.mask')} testid="visitor-mask" chosen=${mask} onChoose=${setMask}
        items=${['yes', 'no'].map(id => ({ id, text: t('gate.mask.' + id) }))} /></div>
      <div class="thumb flow"><${Button} busy=${busy} disabled=${!isPlausible(readTenths(text))} onClick=${enter} extra="huge"
        testid="visit-enter">${t('gate.decide')}<//><${Button} kind="default" onClick=${onBack}>${t('gate.back')}<//></div>`}
  </main>`;
}
