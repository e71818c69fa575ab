const api = require('../../utils/api.js');
const clock = require('../../utils/clock.js');
const page = require('../../utils/page.js');

const LEVEL_WORDS = {
  EMERGENCY: '紧急抢修', SMALL_REPAIR: '水电小修', PUBLIC_LIGHTING: '公共照明', PUBLIC_DOORS: '公共门窗', PUBLIC_PARTS: '其他公共部位', OTHER_REPAIR: '其他维修',
  NEIGHBOUR_COMPLAINT: '邻里投诉', OTHER_COMPLAINT: '其他投诉', ENQUIRY: '咨询', OTHER_DEPARTMENT: '其他部门事项', SUGGESTION: '建议'
};
const MONTHS = 12;
const HOUR_MINUTES = 60;
const DAY_HOURS = 24;

const percent = value => (value === undefined ? '–' : value + '%');

function spanWords(minutes) {
  if (minutes < 1.5 * HOUR_MINUTES) return Math.max(1, Math.round(minutes)) + ' 分钟';
  const hours = Math.round(minutes / HOUR_MINUTES);
  return hours < 2 * DAY_HOURS ? hours + ' 小时' : Math.round(hours / DAY_HOURS) + ' 天';
}

const shifted = (month, by) => {
  const count = Number(month.slice(0, 4)) * MONTHS + Number(month.slice(5)) - 1 + by;
  return Math.floor(count / MONTHS) + '-' + ('0' + (count % MONTHS + 1)).slice(-2);
};

const compoundDrawn = compound => ({
  id: compound.id, name: compound.name,
  numbers: [
    { words: '收到', value: compound.submitted }, { words: '办完', value: compound.done }, { words: '在办', value: compound.open },
    { words: '按时率', value: percent(compound.onTimePercent) }, { words: '满意率', value: percent(compound.satisfactionPercent) },
    { words: '已回访', value: compound.followUps + ' / ' + compound.followUpsWanted }
  ],
  goal: '满意率目标 ' + compound.satisfactionGoal + '%，本月 ' + compound.rated + ' 人评价。',
  levels: compound.levels.map(level => ({
    level: level.level, words: LEVEL_WORDS[level.level], late: level.late > 0, onTime: percent(level.onTimePercent),
    counts: '收到 ' + level.submitted + '，办完 ' + level.done + '，超时 ' + level.late
      + (level.meanMinutes === undefined ? '' : ' · 平均 ' + spanWords(level.meanMinutes))
  }))
});

/** How a month went, in numbers that everybody reads. */
page({
  data: { month: '', title: '', later: false, compounds: null },

  async load() {
    if (!this.data.month) this.take(clock.today().slice(0, 7));
    const asked = this.data.month;
    const told = await api.getServiceLevels({ month: asked });
    if (asked === this.data.month) this.setData({ compounds: told.compounds.map(compoundDrawn) });
  },

  take(month) {
    this.setData({ month, title: month.slice(0, 4) + ' 年 ' + Number(month.slice(5)) + ' 月', later: month < clock.today().slice(0, 7) });
  },

  before() {
    this.take(shifted(this.data.month, -1));
    return this.reload();
  },

  after() {
    this.take(shifted(this.data.month, 1));
    return this.reload();
  }
});
