import { t } from '../../shared/i18n.js';
import { isPlausible, readTenths } from '../../shared/temperature.js';
import { Button, Failure, html, PageTitle, showFirstFault, TextField, useEffect, useState } from '../../shared/ui.js';
import { act, correct } from './acts.js';
import { kitNow } from './kit.js';
import { keptRegions } from './lists.js';
import { VisitChecks } from './visit-checks.js';
import { isAsked, notAsked, regionOf, VisitFrom } from './visit-from.js';
import { ofCheck } from './visit-rules.js';

const FIELDS = ['household', 'visitorName', 'phone'];
const phoneOf = text => text.replace(/[\s-]/g, '').replace(/^\+?86(?=1)/, '');
const GOOD = { household: text => /^\S+-\S+-\S+$/.test(text.trim()), visitorName: text => Boolean(text.trim()), phone: text => /^1\d{10}$/.test(phoneOf(text)) };

/** Somebody whose invitation this gate cannot look up without network: written down in full, judged by the server afterwards. */
export function WalkIn({ gate, code, item, onBack, onAnswer }) {
  const before = item ? item.body : {};
  const [form, setForm] = useState({ household: before.household || '', visitorName: before.visitorName || '', phone: before.phone || '', plate: before.plate || '',
    purpose: before.purpose || '' });
  const [check, setCheck] = useState({ text: before.temperature ? before.temperature.toFixed(1) : '', mask: 'yes', health: before.healthCode || 'GREEN',
    name: Boolean(item), host: Boolean(item) });
  const [asked, setAsked] = useState(Object.assign(notAsked(before.regionCode), item && !before.regionCode ? { from: 'local' } : {}));
  const [regions, setRegions] = useState([]);
  useEffect(() => { keptRegions().then(setRegions); }, []);
  const [faults, setFaults] = useState([]);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const bad = FIELDS.filter(id => !GOOD[id](form[id]));
    setFaults(bad);
    if (bad.length) {
      showFirstFault();
      return;
    }
    const seen = { nameChecked: check.name, hostPresent: check.host, healthCode: check.health, temperature: readTenths(check.text) / 10, mask: check.mask === 'yes' };
    if (regionOf(asked)) seen.regionCode = regionOf(asked);
    const kit = kitNow();
    const reason = ofCheck(seen, { feverAbove: kit ? kit.policy.feverAbove : 37.3, regions });
    if (reason) {
      onAnswer({ allowed: false, reason, offline: true });
      return;
    }
    const body = Object.assign({ household: form.household.trim(), visitorName: form.visitorName.trim(), phone: phoneOf(form.phone) }, seen);
    ['plate', 'purpose'].forEach(id => { if (form[id].trim()) body[id] = form[id].trim(); });
    if (code) body.code = code;
    setBusy(true);
    try {
      if (item) {
        await correct(item, body);
        onBack();
      } else {
        const done = await act({ kind: 'walk-in', gateId: gate.id, body });
        onAnswer(Object.assign({}, done, { allowed: true }));
      }
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  const field = (id, more) => html`<${TextField} id=${id} label=${t('gate.walkIn.' + id)} value=${form[id]} testid=${'walk-in-' + id} ...${more || {}}
    fault=${faults.includes(id) ? t('gate.walkIn.fault.' + id) : ''} onValue=${value => setForm(Object.assign({}, form, { [id]: value }))} />`;
  return html`<main class="page gate-page" id="main" tabindex="-1" data-testid="walk-in"><div class="page-head"><${PageTitle}>${t('gate.walkIn')}<//></div>
    <p class="notice warn">${t(code ? 'gate.walkIn.unknownCode' : 'gate.walkIn.why')}</p>
    ${error && html`<${Failure} error=${error} />`}
    <div class="card stack">${field('household', { maxLength: 40, placeholder: '3-2-1402' })}${field('visitorName', { maxLength: 40 })}
      ${field('phone', { inputMode: 'tel', maxLength: 20 })}${field('plate', { maxLength: 12 })}${field('purpose', { maxLength: 100 })}</div>
    <${VisitFrom} asked=${asked} regions=${regions} onAsked=${setAsked} /><${VisitChecks} check=${check} onCheck=${setCheck} />
    <div class="thumb flow"><${Button} busy=${busy} disabled=${!isPlausible(readTenths(check.text)) || !isAsked(asked, regions)} onClick=${send} extra="huge" testid="walk-in-send">
      ${t('gate.decide')}<//><${Button} kind="default" onClick=${onBack}>${t('gate.back')}<//></div></main>`;
}
