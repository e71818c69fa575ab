/* The form of a travel declaration, the same for households and for staff who help them. */
import { Problem } from './api.js';
import { plusDays, today } from './clock.js';
import { dateWords } from './health.js';
import { t } from './i18n.js';
import { newUuid } from './ids.js';
import { useOnce } from './once.js';
import { codeOf, isChosen, isOutsideListed, NOT_CHOSEN, placeOf, RegionFields } from './region-choice.js';
import { placesOf } from './regions.js';
import { rules } from './rules.js';
import { TestFields } from './travel.js';
import { Button, Failure, html, Segments, showFirstFault, TextField, useState } from './ui.js';

const REGION_WORDS = { place: 'travel.place', listed: 'travel.listed', none: 'travel.listed.none' };
const newStay = () => Object.assign({ key: newUuid(), name: '', arrivedOn: '', leftOn: '', transport: '' }, NOT_CHOSEN);

const isComplete = (stay, regions) => Boolean(isChosen(stay, regions) && stay.arrivedOn && stay.leftOn && stay.transport.trim());

function wishOf(stay, regions) {
  const place = placeOf(stay);
  const below = placesOf(stay.province).find(one => one.code === place);
  const region = regions.find(one => one.regionCode === stay.listed);
  const name = [t('province.' + stay.province), below && below.name, region && region.regionName, stay.name.trim()].filter(Boolean).join(' ');
  return Object.assign({ regionCode: codeOf(stay), regionName: name.slice(0, 60), arrivedOn: stay.arrivedOn,
    leftOn: stay.leftOn, transport: stay.transport.trim() }, isOutsideListed(stay) ? { outsideListed: true } : {});
}

/**
 * Declares where one of these people has been, by themselves, their household or staff.
 * @param regions the risk list; @param first who is chosen at the beginning; @param onDone told the declaration
 */
export function TravelForm({ first, members, regions, onDone }) {
  const [who, setWho] = useState(first);
  const [stays, setStays] = useState([newStay()]);
  const [contact, setContact] = useState('');
  const [test, setTest] = useState({ result: '', takenOn: today() });
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const sendOnce = useOnce();
  const faultOf = (index, field) => (error instanceof Problem ? error.at('/stays/' + index + '/' + field) : '');
  const change = (index, more) => setStays(stays.map((stay, place) => (place === index ? Object.assign({}, stay, more) : stay)));
  const complete = contact !== '' && stays.every(stay => isComplete(stay, regions)) && (test.result === '' || test.takenOn);
  const submit = async event => {
    event.preventDefault();
    setSending(true);
    setError(null);
    try {
      const body = Object.assign({ residentId: who, contactWithCase: contact === 'yes', stays: stays.map(stay => wishOf(stay, regions)) },
        test.result ? { test } : {});
      onDone((await sendOnce('/travel-declarations', body)).data);
    } catch (refused) {
      setError(refused);
      setSending(false);
      showFirstFault();
    }
  };
  const atFields = stays.flatMap((stay, index) => ['regionCode', 'arrivedOn', 'leftOn', 'transport'].map(field => '/stays/' + index + '/' + field))
    .concat('/test/takenOn');
  return html`<form onSubmit=${submit} novalidate data-testid="travel-form">
    <section class="card"><label class="label" for="who">${t('travel.who')}</label>
      <select class="input" id="who" value=${who} onChange=${event => setWho(event.target.value)} data-testid="travel-who">
        ${members.map(member => html`<option key=${member.id} value=${member.id}>${member.name}</option>`)}</select></section>
    ${stays.map((stay, index) => html`<${Stay} key=${stay.key} stay=${stay} index=${index} regions=${regions} faultOf=${faultOf}
      onChange=${more => change(index, more)} onRemove=${() => setStays(stays.filter(one => one !== stay))} />`)}
    ${stays.length === 0 && html`<p class="card soft" data-testid="no-stays">${t('travel.nowhere')}</p>`}
    <div class="after gap-below"><${Button} kind="default" onClick=${() => setStays(stays.concat(newStay()))} testid="travel-add">
      ${t('travel.add')}<//></div>
    <section class="card"><p class="label">${t('travel.contact')}</p>
      <${Segments} label=${t('travel.contact')} testid="travel-contact" chosen=${contact} onChoose=${setContact}
        items=${[{ id: 'no', text: t('travel.no') }, { id: 'yes', text: t('travel.yes') }]} /></section>
    <section class="card"><p class="label">${t('travel.test.asked')}</p>
      <${TestFields} test=${test} onChange=${more => setTest(Object.assign({}, test, more))} optional=${true} id="test"
        fault=${error instanceof Problem ? error.at('/test/takenOn') : ''} /></section>
    ${error && html`<${Failure} error=${error} atFields=${atFields} testid="travel-error" />`}
    <div class="after"><${Button} type="submit" busy=${sending} disabled=${!complete} testid="travel-send">
      ${t(sending ? 'common.sending' : 'travel.send')}<//>${!complete && html`<p class="hint">${t('travel.incomplete')}</p>`}</div>
  </form>`;
}

function Stay({ stay, index, regions, faultOf, onChange, onRemove }) {
  const id = name => 'stay-' + index + '-' + name;
  return html`<section class="card" aria-label=${t('travel.stay', { number: index + 1 })} data-testid=${'stay-' + index}>
    <div class="row spread"><h2>${t('travel.stay', { number: index + 1 })}</h2>
      <button type="button" class="link-btn" onClick=${onRemove} data-testid=${id('remove')}>${t('travel.remove')}</button></div>
    <${RegionFields} id=${'stay-' + index} words=${REGION_WORDS} choice=${stay} regions=${regions} fault=${faultOf(index, 'regionCode')} onChange=${onChange} />
    ${placeOf(stay) && html`<${TextField} id=${id('name')} label=${t('travel.name')} value=${stay.name} maxLength=${30} onValue=${name => onChange({ name })} />`}
    <div class="pair"><${TextField} id=${id('arrived')} label=${t('travel.arrived')} type="date" value=${stay.arrivedOn}
        fault=${faultOf(index, 'arrivedOn')} onValue=${arrivedOn => onChange({ arrivedOn })} />
      <${TextField} id=${id('left')} label=${t('travel.left')} type="date" value=${stay.leftOn} fault=${faultOf(index, 'leftOn')}
        hint=${t('travel.left.hint', { date: dateWords(plusDays(today(), -rules().travelDays)) })} onValue=${leftOn => onChange({ leftOn })} /></div>
    <${TextField} id=${id('transport')} label=${t('travel.transport')} hint=${t('travel.transport.hint')} value=${stay.transport} maxLength=${60}
      fault=${faultOf(index, 'transport')} onValue=${transport => onChange({ transport })} />
  </section>`;
}
