import { getAll, getItems, post, Problem } from '../../shared/api.js';
import { clockOf, dateOf, nowMillis, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { codeOf, isChosen, isOutsideListed, NOT_CHOSEN, RegionFields } from '../../shared/region-choice.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, say, TextField, useEffect, useLoad, useState } from '../../shared/ui.js';

const REGION_WORDS = { place: 'visits.region', listed: 'region.listed', none: 'region.none' };
const FIELDS = ['/visitorName', '/phone', '/idNumber', '/plate', '/expectedAt', '/purpose', '/regionCode'];

/** Inviting, and what became of it. */
export default function VisitsPage() {
  const loading = useLoad(() => getAll('/visits', null, 200), []);
  const [open, setOpen] = useState(false);
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('visits.title')}<//></div>
    ${open ? html`<${Invite} onDone=${() => { setOpen(false); loading.reload(); }} onBack=${() => setOpen(false)} />`
      : html`<${Button} onClick=${() => setOpen(true)} testid="visit-new">${t('visits.new')}<//>`}
    <h2 class="section-title after">${t('visits.mine')}</h2>
    <${Loaded} of=${loading}>${items => (!items.length ? html`<${Empty} title=${t('visits.none')} />`
      : html`<div class="stack" data-testid="my-visits">${items.map(item => html`<${Visit} item=${item} reload=${loading.reload} key=${item.id} />`)}</div>`)}<//>
  </main>`;
}

function Visit({ item, reload }) {
  const [error, setError] = useState(null);
  const cancel = () => post('/visits/' + item.id + '/cancel', {}).then(() => { say(t('visits.cancelled')); reload(); }, setError);
  return html`<div class="card stack"><div class="row spread"><h3>${item.forgotten ? t('visits.forgotten') : item.visitorName}</h3>
      <span class=${'tag ' + (item.state === 'INSIDE' ? 'good' : item.state === 'EXPECTED' ? 'info' : '')}>${t('visits.state.' + item.state)}</span></div>
    <p class="soft">${[dateWords(dateOf(item.expectedAt)) + ' ' + clockOf(item.expectedAt), item.purpose].filter(Boolean).join(t('common.dot'))}</p>
    ${error && html`<${Failure} error=${error} />`}
    ${item.enteredAt && html`<p class="soft">${t('visits.entered', { time: clockOf(item.enteredAt) })}${item.leftAt
      ? t('common.dot') + t('visits.left', { time: clockOf(item.leftAt) }) : ''}</p>`}
    ${item.code && html`<p>${t('visits.code')}</p><p class="visit-code num" data-testid="visit-code">${item.code}</p>
      <p class="small soft">${t('visits.window', { from: clockOf(item.validFrom), to: clockOf(item.validUntil) })}</p>
      <p class="hint">${t('visits.code.hint')}</p>
      <button type="button" class="link-btn" onClick=${cancel} data-testid=${'visit-cancel-' + item.id}>${t('visits.cancel')}</button>`}</div>`;
}

/** The next full hour. */
function soon() {
  const hour = new Date(nowMillis() + 8 * 3600000 + 3600000).toISOString();
  return hour.slice(0, 13) + ':00';
}

function Invite({ onDone, onBack }) {
  const [form, setForm] = useState({ visitorName: '', phone: '', idNumber: '', plate: '', purpose: '', when: soon() });
  const [from, setFrom] = useState(NOT_CHOSEN);
  const [regions, setRegions] = useState([]);
  // Without the list the place can be said all the same, and the gate asks once more.
  useEffect(() => { getItems('/risk-regions').then(setRegions, unreachable => console.warn(unreachable)); }, []);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const sendOnce = useOnce();
  const field = (id, label, more) => html`<${TextField} id=${id} label=${t('visits.' + label)} value=${form[id]} testid=${'visit-' + id}
    onValue=${value => setForm(Object.assign({}, form, { [id]: value }))} fault=${error instanceof Problem ? error.at('/' + (id === 'when' ? 'expectedAt' : id)) : ''}
    ...${more || {}} />`;
  const send = async event => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const body = { visitorName: form.visitorName, phone: form.phone, purpose: form.purpose, expectedAt: (form.when || today() + 'T00:00') + ':00+08:00' };
    ['idNumber', 'plate'].forEach(id => { if (form[id].trim()) body[id] = form[id].trim(); });
    // A city with listed regions in it, and from none of them: there is no code for that; it is asked again at the gate.
    if (isChosen(from, regions) && !isOutsideListed(from)) body.regionCode = codeOf(from);
    try {
      await sendOnce('/visits', body);
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return html`<form class="card" onSubmit=${send} novalidate data-testid="visit-form">
    <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${FIELDS} />`}</div>
    ${field('visitorName', 'name', { maxLength: 40 })}${field('phone', 'phone', { inputMode: 'tel', maxLength: 20 })}
    ${field('when', 'when', { type: 'datetime-local' })}${field('purpose', 'purpose', { maxLength: 100 })}
    <${RegionFields} id="visit-from" words=${REGION_WORDS} choice=${from} regions=${regions} onChange=${more => setFrom(Object.assign({}, from, more))}
      fault=${error instanceof Problem ? error.at('/regionCode') : ''} />
    ${field('idNumber', 'idNumber', { maxLength: 18 })}
    ${field('plate', 'plate', { maxLength: 12 })}
    <${Button} type="submit" busy=${busy} disabled=${Boolean(from.province) && !isChosen(from, regions)} testid="visit-send">${t('visits.send')}<//>
    <${Button} kind="default" onClick=${onBack}>${t('visits.back')}<//></form>`;
}
