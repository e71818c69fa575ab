const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const outbox = require('../../utils/outbox.js');
const page = require('../../utils/page.js');
const regions = require('../../utils/regions.js');
const health = require('../../utils/health.js');
const session = require('../../utils/session.js');
const { Problem } = require('../../utils/problem.js');

const NONE_OF_THEM = 'none';
const RESULTS = [{ id: '', words: '没有做' }, { id: 'NEGATIVE', words: '阴性' }, { id: 'POSITIVE', words: '阳性' }];
const RESULT_WORDS = { NEGATIVE: '阴性', POSITIVE: '阳性' };

let numbers = 0;
const newStay = () => ({ key: ++numbers, province: '', provinceName: '', places: [], place: '', placeName: '', choices: [], listed: '', arrivedOn: '', leftOn: '', transport: '', fault: '' });

const isComplete = stay => Boolean(stay.place && stay.arrivedOn && stay.leftOn && stay.transport.trim() && (stay.listed || !stay.choices.length));

/** The risk list's regions within a place, to choose from. */
function choicesIn(list, place) {
  const within = place ? regions.listedWithin(list, place) : [];
  return within.length ? within.map(region => ({ id: region.regionCode, words: region.regionName })).concat({ id: NONE_OF_THEM, words: '都没有到过' }) : [];
}

function wishOf(stay) {
  const region = stay.listed && stay.listed !== NONE_OF_THEM ? stay.choices.find(choice => choice.id === stay.listed) : null;
  const name = [stay.provinceName, stay.placeName, region ? region.words : ''].filter(part => part).join(' ');
  return Object.assign({
    regionCode: region ? region.id : stay.place, regionName: name.slice(0, 60), arrivedOn: stay.arrivedOn, leftOn: stay.leftOn, transport: stay.transport.trim()
  }, stay.listed === NONE_OF_THEM ? { outsideListed: true } : {});
}

const drawnBefore = item => ({
  id: item.id, name: item.residentName, at: clock.momentWords(item.declaredAt), contact: item.contactWithCase, owed: item.proof === 'MISSING', shown: item.proof === 'SHOWN',
  proofFrom: item.proofFrom ? clock.dateWords(item.proofFrom) : '',
  stays: item.stays.map(stay => stay.regionName + '，' + clock.dateWords(stay.arrivedOn) + ' 至 ' + clock.dateWords(stay.leftOn) + '，' + stay.transport),
  tests: item.tests.map(test => clock.dateWords(test.takenOn) + ' 核酸' + RESULT_WORDS[test.result])
});

page({
  data: {
    members: [], who: 0, stays: [newStay()], contact: '', results: RESULTS, result: '', takenOn: '', provinces: regions.PROVINCES, today: '', earliest: '', complete: false,
    done: null, before: [], proving: '', proof: { result: '', takenOn: '' }, days: ''
  },

  async load() {
    const [members, list, before] = await Promise.all([api.listOwnHousehold(), api.listRiskRegions(), api.listTravelDeclarations({ limit: 20 })]);
    this.regions = list.items;
    const own = session.me().resident.id;
    this.setData({
      members: members.items.map(member => ({ id: member.id, name: member.name })), before: before.items.map(drawnBefore), today: clock.today(),
      earliest: clock.plusDays(clock.today(), -60), days: health.travelDays(), back: clock.dateWords(clock.plusDays(clock.today(), -health.travelDays())),
      who: this.chosen === undefined ? Math.max(0, members.items.findIndex(member => member.id === own)) : this.chosen, takenOn: this.data.takenOn || clock.today()
    });
  },

  chooseWho(event) {
    this.chosen = Number(event.detail.value);
    this.setData({ who: this.chosen });
  },

  show(stays) {
    this.setData({ stays, complete: this.data.contact !== '' && stays.every(isComplete) });
  },

  change(event, part) {
    const at = event.currentTarget.dataset.at;
    this.show(this.data.stays.map((stay, index) => (index === at ? Object.assign({}, stay, { fault: '' }, part(stay)) : stay)));
  },

  /** A province without places below it is a place itself. */
  chooseProvince(event) {
    const province = regions.PROVINCES[event.detail.value];
    const places = regions.placesOf(province.code);
    const place = places.length ? '' : province.code + '0000';
    this.change(event, () => ({ province: province.code, provinceName: province.name, places, place, placeName: '', choices: choicesIn(this.regions, place), listed: '' }));
  },

  choosePlace(event) {
    this.change(event, stay => {
      const place = stay.places[event.detail.value];
      return { place: place.code, placeName: place.name, choices: choicesIn(this.regions, place.code), listed: '' };
    });
  },

  chooseListed(event) {
    this.change(event, () => ({ listed: event.currentTarget.dataset.id }));
  },

  chooseDay(event) {
    this.change(event, () => ({ [event.currentTarget.dataset.name]: event.detail.value }));
  },

  enterTransport(event) {
    this.change(event, () => ({ transport: event.detail.value }));
  },

  addStay() {
    this.show(this.data.stays.concat(newStay()));
  },

  removeStay(event) {
    this.show(this.data.stays.filter((stay, index) => index !== event.currentTarget.dataset.at));
  },

  chooseContact(event) {
    this.setData({ contact: event.currentTarget.dataset.id });
    this.show(this.data.stays);
  },

  chooseResult(event) {
    this.setData({ result: event.currentTarget.dataset.id });
  },

  chooseTaken(event) {
    this.setData({ takenOn: event.detail.value });
  },

  send() {
    if (!this.data.complete) return Promise.resolve();
    const member = this.data.members[this.data.who];
    const body = Object.assign({ residentId: member.id, contactWithCase: this.data.contact === 'yes', stays: this.data.stays.map(wishOf) },
      this.data.result ? { test: { result: this.data.result, takenOn: this.data.takenOn } } : {});
    return this.attempt(async () => {
      const outcome = await outbox.hand([{ call: 'declareTravel', args: [body] }], { title: '旅居史申报：' + member.name });
      this.setData({ done: outcome.sent ? { name: member.name, observed: Boolean(outcome.sent.observationId) } : { waiting: true }, stays: [newStay()], contact: '', complete: false });
      if (outcome.sent) await this.reload();
    });
  },

  /** What is wrong with one place is said at that place. */
  onFailure(fault) {
    if (!(fault instanceof Problem)) return;
    this.setData({
      stays: this.data.stays.map((stay, index) => {
        const found = fault.errors.find(error => error.pointer.indexOf('/stays/' + index + '/') === 0);
        return Object.assign({}, stay, { fault: found ? found.detail : '' });
      })
    });
  },

  prove(event) {
    this.setData({ proving: event.currentTarget.dataset.id, proof: { result: '', takenOn: clock.today() } });
  },

  chooseProof(event) {
    this.setData({ 'proof.result': event.currentTarget.dataset.id });
  },

  chooseProofDay(event) {
    this.setData({ 'proof.takenOn': event.detail.value });
  },

  sendProof() {
    if (!this.data.proof.result) return Promise.resolve();
    return this.attempt(async () => {
      await outbox.hand([{ call: 'addTravelTest', args: [{ id: this.data.proving }, this.data.proof] }], { title: '核酸结果' });
      this.setData({ proving: '' });
      await this.reload();
    });
  },

  back() {
    wx.switchTab({ url: '/pages/today/today' });
  }
});
