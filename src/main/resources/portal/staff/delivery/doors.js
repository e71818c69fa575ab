import { get, getAll, post, Problem } from '../../shared/api.js';
import { plusDays, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { Purchases } from '../../shared/purchases.js';
import { may } from '../../shared/session.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, say, Segments, TextField, useEffect, useLoad, useState } from '../../shared/ui.js';
import { Walks } from '../../shared/walks.js';

const TABS = [{ id: 'walks', needs: 'listDoorTasks' }, { id: 'buy', needs: 'listPurchases' }, { id: 'homes', needs: 'decideDoorArrangement' },
  { id: 'people', needs: 'nameDoorVolunteer' }];

/** For whoever carries, and for those who see to it: walks, purchases, for whom it is arranged, and who carries. */
export default function DoorsPage({ route }) {
  const [tab, setTab] = useState(route.query.tab || 'walks');
  useEffect(() => { if (route.query.tab) setTab(route.query.tab); }, [route.query.tab]);
  const tabs = TABS.filter(one => may(one.needs));
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('door.title')}<//></div>
    <div class="choices"><${Segments} label=${t('door.title')} chosen=${tab} onChoose=${setTab} testid="door-tab"
      items=${tabs.map(one => ({ id: one.id, text: t('door.tab.' + one.id) }))} /></div>
    ${tab === 'walks' && html`<${Walks} />`}
    ${tab === 'buy' && html`<${Purchases} home=${false} />`}
    ${tab === 'homes' && html`<${Homes} />`}
    ${tab === 'people' && html`<${People} />`}
  </main>`;
}

function Homes() {
  const loading = useLoad(() => getAll('/door-arrangements', null, 300), []);
  const [error, setError] = useState(null);
  const [label, setLabel] = useState('');
  const [note, setNote] = useState('');
  const arrangeOnce = useOnce();
  const decideOnce = useOnce();
  const decide = (one, event) => decideOnce('/door-arrangements/' + one.id + '/events', { event })
    .then(() => { setError(null); say(t('door.saved')); loading.reload(); }, setError);
  const arrange = async event => {
    event.preventDefault();
    setError(null);
    try {
      const homes = (await get('/households', { q: label.trim(), limit: 2 })).data.items;
      if (homes.length !== 1) throw new Problem(404, { title: t('door.noHome'), detail: t('door.noHome.advice') });
      await arrangeOnce('/door-arrangements', Object.assign({ householdId: homes[0].id }, note.trim() ? { note: note.trim() } : {}));
      setLabel('');
      setNote('');
      say(t('door.saved'));
      loading.reload();
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<form class="card" onSubmit=${arrange} data-testid="arrange-form"><h2>${t('door.arrange')}</h2>
      <${TextField} id="arrange-home" label=${t('door.arrange.home')} hint=${t('door.arrange.home.hint')} value=${label} onValue=${setLabel} maxLength=${20} />
      <${TextField} id="arrange-note" label=${t('door.arrange.note')} hint=${t('door.arrange.note.hint')} value=${note} onValue=${setNote} maxLength=${200} />
      <${Button} type="submit" disabled=${!label.trim()} testid="arrange-send">${t('door.arrange.send')}<//></form>
    ${error && html`<${Failure} error=${error} />`}
    <${Loaded} of=${loading}>${items => (items.length ? html`<ul class="card lines">${items.map(one => html`<li class="line" key=${one.id} data-testid="arrangement">
        <span class="line-name"><strong>${one.household}</strong> <span class=${'tag ' + (one.state === 'GRANTED' ? 'good' : one.state === 'ASKED' ? 'waiting' : '')}>
          ${t('door.arranged.' + one.state)}</span><span class="block soft small">${t('own.until', { date: dateWords(one.until) })}${one.note ? ' · ' + one.note : ''}</span></span>
        <span class="line-end">${one.state === 'ASKED' && html`<button type="button" class="link-btn" onClick=${() => decide(one, 'GRANT')} data-testid="grant">${t('door.grant')}</button>
            <button type="button" class="link-btn" onClick=${() => decide(one, 'REFUSE')}>${t('door.refuse')}</button>`}
          ${one.state === 'GRANTED' && html`<button type="button" class="link-btn" onClick=${() => decide(one, 'END')}>${t('door.end')}</button>`}</span></li>`)}</ul>`
    : html`<${Empty} title=${t('door.homes.none')} />`)}<//>`;
}

function People() {
  const loading = useLoad(() => getAll('/door-volunteers', null, 300), []);
  const accounts = useLoad(() => getAll('/accounts', null, 2000), []);
  const buildings = useLoad(() => getAll('/buildings', null, 500), []);
  const [form, setForm] = useState({ accountId: '', buildings: [], from: today(), until: plusDays(today(), 30) });
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const sendOnce = useOnce();
  const write = (name, value) => setForm(Object.assign({}, form, { [name]: value }));
  const toggle = id => write('buildings', form.buildings.includes(id) ? form.buildings.filter(one => one !== id) : form.buildings.concat(id));
  const fault = pointer => (error instanceof Problem ? error.at(pointer) : '');
  const name = async event => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await sendOnce('/door-volunteers', form);
      setForm(Object.assign({}, form, { accountId: '', buildings: [] }));
      say(t('door.saved'));
      loading.reload();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const end = one => post('/door-volunteers/' + one.id + '/end').then(() => { say(t('door.saved')); loading.reload(); }, setError);
  return html`<form class="card" onSubmit=${name} data-testid="volunteer-form"><h2>${t('door.name')}</h2>
      <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${['/accountId', '/until']} />`}</div>
      <div class="field"><label for="volunteer-account">${t('door.name.who')}</label>
        <select class="input" id="volunteer-account" value=${form.accountId} onChange=${event => write('accountId', event.target.value)} data-testid="volunteer-account">
          <option value="">${t('door.name.choose')}</option>
          ${(accounts.data || []).filter(one => !one.disabled).map(one => html`<option key=${one.id} value=${one.id}>${one.name} ${one.phone}</option>`)}</select>
        ${fault('/accountId') && html`<p class="fault" role="alert">${fault('/accountId')}</p>`}</div>
      <div class="field"><span class="label">${t('door.name.where')}</span><div class="chips">${(buildings.data || []).map(one => html`<button type="button" key=${one.id} class="chip"
        aria-pressed=${form.buildings.includes(one.id) ? 'true' : 'false'} onClick=${() => toggle(one.id)} data-testid=${'volunteer-building-' + (one.building)}>
        ${t('door.building', { building: one.building })}</button>`)}</div><p class="hint">${t('door.name.where.hint')}</p></div>
      <div class="row"><${TextField} id="volunteer-from" type="date" label=${t('door.name.from')} value=${form.from} onValue=${value => write('from', value)} />
        <${TextField} id="volunteer-until" type="date" label=${t('door.name.until')} value=${form.until} fault=${fault('/until')} onValue=${value => write('until', value)} /></div>
      <${Button} type="submit" busy=${busy} disabled=${!form.accountId} testid="volunteer-send">${t('door.name.send')}<//></form>
    <${Loaded} of=${loading}>${items => (items.length ? html`<ul class="card lines">${items.map(one => html`<li class="line" key=${one.id} data-testid="volunteer">
        <span class="line-name"><strong>${one.name}</strong><span class="block soft small">${one.buildings.length ? one.buildings.map(building => t('door.building', { building })).join('、')
          : t('door.name.all')} · <span class="num">${dateWords(one.from)} – ${dateWords(one.until)}</span></span></span>
        <span class="line-end"><button type="button" class="link-btn" onClick=${() => end(one)}>${t('door.end')}</button></span></li>`)}</ul>`
    : html`<${Empty} title=${t('door.people.none')} />`)}<//>`;
}
