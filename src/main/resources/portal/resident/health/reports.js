/* What the resident's pages know about reports: asked from the API in one place, judged by pure functions. */
import { get, getAll, getItems, Problem } from '../../shared/api.js';
import { clockOf, nowMillis } from '../../shared/clock.js';
import { myDrafts } from '../../shared/drafts.js';
import { reportState } from '../../shared/health.js';
import { areToldOf, noteRules } from '../../shared/rules.js';

/** Today's two rounds of the household and what goes on about its members. */
export async function loadDay() {
  const [rounds, alerts] = await Promise.all([get('/health-rounds/today'), getItems('/me/alerts')]);
  noteRules(rounds.data.rules);
  return Object.assign({ alerts }, rounds.data);
}

/** For a page that speaks of the compound's rules and may be the first that somebody opens. */
export const learnRules = () => (areToldOf() ? Promise.resolve() : get('/health-rounds/today').then(rounds => noteRules(rounds.data.rules)));

const roundOf = (day, round) => day.rounds.find(one => one.round === round);
export const opensClock = (day, round) => clockOf(roundOf(day, round).opensAt);
export const measuredClock = (day, round) => clockOf(roundOf(day, round).measuredAt);
export const cutOffClock = (day, round) => clockOf(roundOf(day, round).cutOffAt);
export const millisToCutOff = (day, round) => Date.parse(roundOf(day, round).cutOffAt) - nowMillis();
export const hasOpened = (day, round) => Date.parse(roundOf(day, round).opensAt) <= nowMillis();

export const reportOf = (member, round) => member.reports.find(report => report.round === round) || null;

/** What "as last time" means for a round: the reading just before it, of this morning or of an earlier day. */
export const lastOf = (member, round) => (round === 'AFTERNOON' && reportOf(member, 'MORNING')) || member.lastReport || null;

const timeToMeasure = (day, round) => Date.parse(roundOf(day, round).measuredAt) <= nowMillis();

/** The page asks for the afternoon when its measuring time comes; until then for the morning, though the afternoon is taken earlier. */
export const currentRound = day => (timeToMeasure(day, 'AFTERNOON') ? 'AFTERNOON' : 'MORNING');

export const waitingFor = (day, residentId, round) =>
  myDrafts().find(draft => !draft.refusal && draft.about.date === day.date && draft.about.round === round
    && draft.about.residentIds.includes(residentId)) || null;

export const missingOf = (day, round) =>
  day.members.filter(member => !reportOf(member, round) && !waitingFor(day, member.residentId, round)).map(member => member.residentId);

/** One of REPORTED, LATE, CORRECTED, WAITING (on this phone), MISSING (cut-off passed), DUE, NOT_DUE (not yet measured). */
export function stateOf(day, member, round) {
  if (waitingFor(day, member.residentId, round)) return 'WAITING';
  const report = reportOf(member, round);
  if (report) return reportState(report);
  if (millisToCutOff(day, round) <= 0) return 'MISSING';
  return timeToMeasure(day, round) ? 'DUE' : 'NOT_DUE';
}

/** The address of a report's page carries what it takes to ask for it again after a reload. */
export const reportPage = report =>
  '#/report/' + encodeURIComponent(report.id) + '?of=' + encodeURIComponent(report.residentId) + '&date=' + report.date;

/** One report with whom it is about and what it replaced, newest first. */
export async function loadReport(id, residentId, date) {
  const [members, reports, versions] = await Promise.all([
    getItems('/household/members'),
    getAll('/health-reports', { residentId, from: date, to: date }),
    getItems('/health-reports/' + encodeURIComponent(id) + '/versions')
  ]);
  const report = reports.find(one => one.id === id);
  if (!report) throw new Problem(404, {}, null);
  const member = members.find(one => one.id === report.residentId);
  return { report, earlier: versions.filter(version => version.replacedAt), name: report.residentName || (member ? member.name : '') };
}
