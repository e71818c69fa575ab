/* A courier's page: no login, one gate, nothing of any resident. The token stands behind the # of the address and is sent in a header only. */
import { post, Problem, request } from '../shared/api.js';
import { CARRIERS, carrierName } from '../shared/carriers.js';
import { clockOf } from '../shared/clock.js';
import { currentLanguage, onLanguage, speak, t, useLanguageNow } from '../shared/i18n.js';
import { useOnce } from '../shared/once.js';
import { applyTextSize, textSize } from '../shared/preferences.js';
import { Button, Failure, html, LanguageSwitch, PageTitle, render, Segments, SizeButton, Skeleton, TextField, Toaster, useEffect, useLanguage,
  useState } from '../shared/ui.js';
import words from './words.js';

const TAIL = 4;
const token = location.hash.slice(1);
const withToken = options => Object.assign({ anonymous: true, headers: { 'Gate-Link': token } }, options);

function Root() {
  useLanguage();
  const [link, setLink] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => { request('GET', '/courier-link', withToken()).then(answer => setLink(answer.data), setError); }, []);
  return html`<header class="top"><div class="top-in"><div class="brand"><span>${link ? link.gate : t('courier.title')}</span></div>
      <div class="switches"><${SizeButton} /><${LanguageSwitch} /></div></div></header>
    <main class="page narrow" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('courier.title')}<//></div>
      ${error ? html`<${Failure} error=${error} testid="link-bad" />` : link ? html`<${Register} link=${link} onDead=${setError} />` : html`<${Skeleton} />`}</main>
    <${Toaster} />`;
}

function Register({ link, onDead }) {
  const [by, setBy] = useState('phone');
  const [words, setWords] = useState({ building: '', unit: '', room: '', phoneTail: '', trackingTail: '' });
  const [usual, setUsual] = useState({ carrier: 'SF', perishable: false });
  const [count, setCount] = useState(link.registered);
  const [done, setDone] = useState(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const sendOnce = useOnce();
  const write = name => value => { setDone(null); setWords(before => Object.assign({}, before, { [name]: value })); };
  const address = by === 'phone' ? (/^[0-9]{4}$/.test(words.phoneTail) ? { phoneTail: words.phoneTail } : null)
    : words.building.trim() && words.unit.trim() && words.room.trim() ? { building: words.building.trim(), unit: words.unit.trim(), room: words.room.trim() } : null;
  const send = async event => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await sendOnce('/parcels', Object.assign({ trackingTail: words.trackingTail.trim(), disinfected: false }, usual, address),
        (path, body, options) => post(path, body, withToken(options)));
      setDone(words.trackingTail.trim());
      setCount(before => before + 1);
      setWords({ building: '', unit: '', room: '', phoneTail: '', trackingTail: '' });
    } catch (refused) {
      if (refused instanceof Problem && refused.status === 401) onDead(refused);
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return html`<form onSubmit=${send} novalidate class="stack" data-testid="courier-form">
    <p class="soft">${t('courier.what', { time: clockOf(link.expiresAt) })} <span class="num" data-testid="count">${t('link.count', { count })}</span></p>
    ${done && html`<p class="notice good" role="status" data-testid="registered">${t('courier.done', { tail: done })}</p>`}
    ${error && html`<${Failure} error=${error} testid="courier-refused" />`}
    <div class="card stack"><${Segments} label=${t('parcel.by')} testid="by" chosen=${by} onChoose=${setBy}
      items=${['phone', 'door'].map(id => ({ id, text: t('parcel.by.' + id) }))} />
      ${by === 'phone' ? html`<${TextField} id="phoneTail" label=${t('parcel.phoneTail')} value=${words.phoneTail} inputMode="numeric" maxLength=${TAIL} onValue=${write('phoneTail')} />`
        : html`<div class="three">${['building', 'unit', 'room'].map(name => html`<${TextField} key=${name} id=${name} label=${t('courier.' + name)} value=${words[name]}
          inputMode="numeric" maxLength=${12} onValue=${write(name)} />`)}</div>`}
      <${TextField} id="trackingTail" label=${t('parcel.tracking')} value=${words.trackingTail} inputMode="numeric" maxLength=${20} onValue=${write('trackingTail')} />
      <label class="label" for="carrier">${t('parcel.carrier')}</label><select class="input" id="carrier" value=${usual.carrier}
        onChange=${event => setUsual(before => Object.assign({}, before, { carrier: event.target.value }))} data-testid="carrier">
        ${CARRIERS.map(code => html`<option key=${code} value=${code} selected=${code === usual.carrier}>${carrierName(code)}</option>`)}</select>
      <button type="button" class="chip" aria-pressed=${usual.perishable ? 'true' : 'false'} data-testid="perishable"
        onClick=${() => setUsual(before => Object.assign({}, before, { perishable: !before.perishable }))}>${t('parcel.perishable')}</button></div>
    <${Button} type="submit" busy=${busy} disabled=${!address || !words.trackingTail.trim()} extra="big" testid="send">${t('parcel.register')}<//>
    <p class="soft">${t('courier.privacy')}</p></form>`;
}

async function start() {
  speak(words);
  applyTextSize(textSize());
  await useLanguageNow(currentLanguage());
  const place = document.getElementById('app');
  place.textContent = '';
  render(html`<${Root} />`, place);
  onLanguage(() => render(html`<${Root} />`, place));
}

start();
