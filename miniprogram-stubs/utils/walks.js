/* How a walk to a door reads. A step that waits in the outbox counts as done: whoever stands at the door goes on. */
const carriers = require('./carriers.js');
const clock = require('./clock.js');
const purchases = require('./purchases.js');

const AFTER = { TAKE: 'TAKEN', PLACE: 'PLACED', PHOTO: 'SHOWN', RING: 'RUNG', LEAVE: 'DONE', GIVE_BACK: 'OPEN' };
const NEXT = { OPEN: 'TAKE', TAKEN: 'PLACE', PLACED: 'PHOTO', SHOWN: 'RING', RUNG: 'LEAVE' };
const STEPS = [['TAKEN', '已接'], ['PLACED', '放下'], ['SHOWN', '拍照'], ['RUNG', '门铃'], ['DONE', '离开']];
const STEP_WORDS = { TAKE: '我来送', PLACE: '已放在门口', PHOTO: '拍照', RING: '已按门铃', LEAVE: '已离开', GIVE_BACK: '送不了，退回' };

exports.stateAfter = step => AFTER[step];

exports.stepWords = step => STEP_WORDS[step];

const thingsOf = task => task.parcels.map(parcel => parcel.gate + (parcel.shelf ? ' ' + parcel.shelf : '') + ' · ' + carriers.carrierName(parcel.carrier) + ' 尾号 ' + parcel.trackingTail)
  .concat(task.purchases.map(bought => '代购 ' + purchases.goods(bought.items).join('、') + ' · ' + purchases.payWords(bought.payBy) + (bought.cost ? ' ' + bought.cost + ' 元' : '')));

/** @param waiting the outbox's things of this person */
function drawn(task, waiting) {
  const steps = waiting.filter(thing => thing.about.walk === task.id && !thing.refusal);
  const state = steps.length ? steps[steps.length - 1].about.state : task.state;
  const mine = task.mine || state !== task.state && state !== 'OPEN';
  const at = STEPS.findIndex(step => step[0] === state);
  return {
    id: task.id, household: task.household, door: task.unit + ' 单元 ' + task.room, floor: task.floor ? task.floor + ' 楼' : '', perishable: task.perishable, overdue: task.overdue,
    waiting: steps.length ? steps.length + ' 步待上传' : '', things: thingsOf(task), takenBy: task.takenBy && !task.mine ? task.takenBy + ' 在送' : '',
    progress: mine && at >= 0 ? STEPS.map((step, place) => ({ words: step[1], done: place <= at })) : [], over: state === 'DONE',
    photo: task.hasPhoto && state !== 'DONE' ? [{ id: task.id }] : [], photographs: mine && state === 'PLACED',
    next: state === 'OPEN' || mine && NEXT[state] ? NEXT[state] : '', nextWords: STEP_WORDS[NEXT[state]] || '',
    backWords: mine && (state === 'TAKEN' || state === 'PLACED') ? STEP_WORDS.GIVE_BACK
      : !mine && task.possible.indexOf('GIVE_BACK') >= 0 ? '收回，让别人送' : '',
    since: mine && task.takenAt ? clock.clockOf(task.takenAt) + ' 接单' : ''
  };
}

/** By building, in the order in which one walks. */
exports.byBuilding = (tasks, waiting) => {
  const heaps = [];
  tasks.forEach(task => {
    let heap = heaps.find(one => one.building === task.building);
    if (!heap) {
      heap = { building: task.building, walks: [] };
      heaps.push(heap);
    }
    heap.walks.push(drawn(task, waiting));
  });
  return heaps;
};
