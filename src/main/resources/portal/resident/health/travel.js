import { getItems, post, Problem } from '../../shared/api.js';
import { plusDays, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { PROVINCES } from '../../shared/provinces.js';
import { Button, Failure, html, Icon, Loaded, PageTitle, Segments, TextField, useLoad, useRef, useState } from '../../shared/ui.js';

const DAYS_BACK = 14;
const newStay = () => ({ key: newUuid(), place: '', name: '', code: '', arrivedOn: '', leftOn: '', transport: '' });

/** Where a member of the household has been in the last 14 days. */
export default function TravelPage({ me }) {
  const loading = useLoad(() => Promise.all([getItems('/household/members'), getItems('/risk-regions')]), [me.id]);
  const [done, setDone] = useState(null);
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/today" data-testid="back"><${Icon} name="back" />${t('common.back')}</a>
    <div class="page-head"><${PageTitle}>${t('travel.title')}<//><p class="soft">${t('travel.what')}</p></div>
    ${done ? html`<${Outcome} declared=${done} />` : html`<${Loaded} of=${loading}>${([members, regions]) => html`<${Form} me=${me}
      members=${members} regions=${regions} onDone=${setDone} />`}<//>`}
  </main>`;
}

function Outcome({ declared }) {
  return html`<div class=${'notice ' + (declared.observationId ? 'warn' : 'good')} role="status" data-testid="travel-done">
    <h2>${t('travel.done')}</h2><p>${t(declared.observationId ? 'travel.observed' : 'travel.nothing')}</p></div>
    <div class="btns"><a class="weui-btn btn weui-btn_primary" href="#/today" data-testid="to-today">${t('correct.toToday')}</a></div>`;
}

function Form({ me, members, regions, onDone }) {
  const [who, setWho] = useState(me.resident.id);
  const [stays, setStays] = useState([newStay()]);
  const [contact, setContact] = useState('');
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const key = useRef(newUuid());
  const faultOf = (index, field) => (error instanceof Problem ? error.at('/stays/' + index + '/' + field) : '');
  const change = (index, more) => {
    key.current = newUuid();
    setStays(stays.map((stay, place) => (place === index ? Object.assign({}, stay, more) : stay)));
  };
  const complete = contact !== '' && stays.every(stay => stay.place && stay.arrivedOn && stay.leftOn && stay.transport.trim());
  const submit = async event => {
    event.preventDefault();
    setSending(true);
    setError(null);
    try {
      const body = { residentId: who, contactWithCase: contact === 'yes', stays: stays.map(stay => wishOf(stay, regions)) };
      onDone((await post('/travel-declarations', body, { idempotencyKey: key.current })).data);
    } catch (refused) {
      key.current = newUuid();
      setError(refused);
    } finally {
      setSending(false);
    }
  };
  const atFields = stays.flatMap((stay, index) => ['regionCode', 'arrivedOn', 'leftOn'].map(field => '/stays/' + index + '/' + field));
  return html`<form onSubmit=${submit} novalidate data-testid="travel-form">
    <section class="card"><label class="label" for="who">${t('travel.who')}</label>
      <select class="input" id="who" value=${who} onChange=${event => { key.current = newUuid(); setWho(event.target.value); }} data-testid="travel-who">
        ${members.map(member => html`<option key=${member.id} value=${member.id}>${member.name}</option>`)}</select></section>
    ${stays.map((stay, index) => html`<${Stay} key=${stay.key} stay=${stay} index=${index} regions=${regions} faultOf=${faultOf}
      onChange=${more => change(index, more)} onRemove=${() => setStays(stays.filter(one => one !== stay))} />`)}
    <div class="after"><${Button} kind="default" onClick=${() => setStays(stays.concat(newStay()))} testid="travel-add">${t('travel.add')}<//></div>
    <section class="card"><p class="label">${t('travel.contact')}</p>
      <${Segments} label=${t('travel.contact')} testid="travel-contact" chosen=${contact}
        onChoose=${next => { key.current = newUuid(); setContact(next); }}
        items=${[{ id: 'no', text: t('travel.no') }, { id: 'yes', text: t('travel.yes') }]} /></section>
    ${error && html`<${Failure} error=${error} atFields=${atFields} testid="travel-error" />`}
    <div class="after"><${Button} type="submit" busy=${sending} disabled=${!complete} testid="travel-send">
      ${t(sending ? 'common.sending' : 'travel.send')}<//>${!complete && html`<p class="hint">${t('travel.incomplete')}</p>`}</div>
  </form>`;
}

function wishOf(stay, regions) {
  const listed = regions.find(region => region.regionCode === stay.place);
  return { regionCode: stay.code.trim() || stay.place, regionName: stay.name.trim() || (listed ? listed.regionName : t('province.' + stay.place.slice(0, 2))),
    arrivedOn: stay.arrivedOn, leftOn: stay.leftOn, transport: stay.transport.trim() };
}

function Stay({ stay, index, regions, faultOf, onChange, onRemove }) {
  const id = name => 'stay-' + index + '-' + name;
  const listed = regions.filter((region, place) => regions.findIndex(one => one.regionCode === region.regionCode) === place);
  const isProvince = stay.place.endsWith('0000');
  return html`<section class="card" aria-label=${t('travel.stay', { number: index + 1 })} data-testid=${'stay-' + index}>
    <div class="row spread"><h2>${t('travel.stay', { number: index + 1 })}</h2>
      <button type="button" class="link-btn" onClick=${onRemove} data-testid=${id('remove')}>${t('travel.remove')}</button></div>
    <label class="label" for=${id('place')}>${t('travel.place')}</label>
    <select class="input" id=${id('place')} value=${stay.place} onChange=${event => onChange({ place: event.target.value, code: '' })}
      data-testid=${id('place')}>
      <option value="">${t('travel.choose')}</option>
      ${listed.length > 0 && html`<optgroup label=${t('travel.listed')}>${listed.map(region => html`<option key=${region.regionCode}
        value=${region.regionCode}>${region.regionName}</option>`)}</optgroup>`}
      <optgroup label=${t('travel.province')}>${PROVINCES.map(code => html`<option key=${code} value=${code + '0000'}>${t('province.' + code)}</option>`)}
        </optgroup></select>
    ${faultOf(index, 'regionCode') && html`<p class="fault" role="alert" data-testid=${'fault-' + id('place')}>${faultOf(index, 'regionCode')}</p>`}
    ${isProvince && html`<${TextField} id=${id('name')} label=${t('travel.name')} value=${stay.name} maxLength=${60} onValue=${name => onChange({ name })} />
      <${TextField} id=${id('code')} label=${t('travel.code')} hint=${t('travel.code.hint')} value=${stay.code} inputMode="numeric" maxLength=${6}
        onValue=${code => onChange({ code })} />`}
    <${TextField} id=${id('arrived')} label=${t('travel.arrived')} type="date" value=${stay.arrivedOn} fault=${faultOf(index, 'arrivedOn')}
      onValue=${arrivedOn => onChange({ arrivedOn })} />
    <${TextField} id=${id('left')} label=${t('travel.left')} type="date" value=${stay.leftOn} fault=${faultOf(index, 'leftOn')}
      hint=${t('travel.left.hint', { date: dateWords(plusDays(today(), -DAYS_BACK)) })} onValue=${leftOn => onChange({ leftOn })} />
    <${TextField} id=${id('transport')} label=${t('travel.transport')} hint=${t('travel.transport.hint')} value=${stay.transport} maxLength=${60}
      onValue=${transport => onChange({ transport })} />
  </section>`;
}
