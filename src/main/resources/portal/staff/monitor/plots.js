import { get } from '../../shared/api.js';
import { clockOf, nowMillis, plusDays } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { DAY_SECONDS, secondsOf, temperatureOptions } from '../../shared/plot.js';
import { axisLook, drawLine, Plot, plotHeight, wordSize } from '../../shared/plotter.js';
import { dateWords } from '../../shared/health.js';
import { html, Loaded, useEffect, useLoad, useMemo, useRef } from '../../shared/ui.js';
import { useAtChanges } from './live.js';

const QUARTER_HOUR = 900;
const LOOK_AGAIN_MILLIS = 60000;
const COLOURS = { morning: '#06803c', afternoon: '#175cb0' };
const DAYS = 14;

/** Curves are for the eye: they need not follow each report, only keep up. */
function useSlowly(load, keys, isToday) {
  const loading = useLoad(load, keys);
  const lookedAt = useRef(Date.now());
  useAtChanges(() => {
    if (Date.now() - lookedAt.current > LOOK_AGAIN_MILLIS / 4) { lookedAt.current = Date.now(); loading.reload(); }
  }, isToday);
  useEffect(() => {
    const timer = isToday ? setInterval(() => { if (!document.hidden) loading.reload(); }, LOOK_AGAIN_MILLIS) : null;
    return () => clearInterval(timer);
  }, keys);
  return loading;
}

export function Curves({ date, isToday, compoundId }) {
  const completion = useSlowly(() => get('/monitor/completion', { date }).then(answer => answer.data), [date], isToday);
  const temperatures = useSlowly(() => get('/monitor/temperatures', { to: date }).then(answer => answer.data), [date], isToday);
  const own = answer => answer.compounds.find(one => one.id === compoundId);
  return html`<div class="columns even">
    <section class="card"><h2>${t(isToday ? 'plot.completion' : 'plot.completionThen')}</h2>
      <${Loaded} of=${completion} skeleton=${html`<span class="bone tall"></span>`}>${answer => own(answer)
        && html`<${Completion} date=${answer.date} compound=${own(answer)} isToday=${isToday} />`}<//></section>
    <section class="card"><h2>${t('plot.temperatures')}</h2>
      <${Loaded} of=${temperatures} skeleton=${html`<span class="bone tall"></span>`}>${answer => own(answer)
        && html`<${Temperatures} compound=${own(answer)} to=${answer.to} />`}<//></section></div>`;
}

/** Six in the morning to eight in the evening, wider where reports came outside of it. */
function Completion({ date, compound, isToday }) {
  const midnight = secondsOf(date);
  const point = quarter => midnight + secondsInto(quarter.until, date);
  const data = useMemo(() => {
    const times = compound.quarters.map(point);
    const start = Math.min(midnight + 6 * 3600, times.length ? times[0] - QUARTER_HOUR : Infinity);
    const nowAt = midnight + Math.max(0, (nowMillis() + 8 * 3600000) / 1000 - midnight);
    const end = isToday ? Math.max(nowAt, times.length ? times[times.length - 1] : 0, start + QUARTER_HOUR) : midnight + 20 * 3600;
    const last = compound.quarters[compound.quarters.length - 1] || { morning: 0, afternoon: 0 };
    const ends = times.length && times[times.length - 1] >= end ? [] : [end];
    return [[start].concat(times, ends), [0].concat(compound.quarters.map(one => one.morning), ends.map(() => last.morning)),
      [0].concat(compound.quarters.map(one => one.afternoon), ends.map(() => last.afternoon))];
  }, [compound, date]);
  const final = name => data[name === 'morning' ? 1 : 2][data[0].length - 1];
  const words = t('plot.completion.words', { morning: final('morning'), afternoon: final('afternoon'), expected: compound.expected });
  const size = wordSize();
  const options = (uPlot, width) => ({
    width, height: plotHeight(), tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'UTC'), cursor: { show: false }, legend: { show: false },
    scales: {
      x: { range: [data[0][0], Math.max(midnight + 20 * 3600, data[0][data[0].length - 1])] },
      y: { range: [0, Math.max(compound.expected * 1.12, 1)] }
    },
    axes: [
      Object.assign(axisLook(size), { size: size * 2, space: size * 4,
        splits: plot => [0, 3, 6, 9, 12, 15, 18, 21, 24].map(hour => midnight + hour * 3600)
          .filter(seconds => seconds >= plot.scales.x.min && seconds <= plot.scales.x.max),
        values: (_plot, splits) => splits.map(seconds => String(Math.round((seconds - midnight) / 3600)) + ':00') }),
      Object.assign(axisLook(size), { size: size * 3.4, space: size * 2.2,
        values: (_plot, splits) => splits.map(count => (Number.isInteger(count) ? String(count) : '')) })
    ],
    series: [{}].concat(Object.keys(COLOURS).map(name => ({ stroke: COLOURS[name], width: 2.5, paths: uPlot.paths.stepped({ align: 1 }),
      points: { show: false } }))),
    hooks: { draw: [plot => drawLine(plot, compound.expected, t('plot.expected', { count: compound.expected }), '#565656')] }
  });
  return html`<${Plot} data=${data} label=${words} testid="plot-completion" options=${options} />
    <${Key} items=${[[COLOURS.morning, t('round.MORNING') + ' ' + final('morning')], [COLOURS.afternoon, t('round.AFTERNOON') + ' ' + final('afternoon')]]} />`;
}

/** Seconds into the day; the day's own end is 24:00. */
function secondsInto(iso, date) {
  const clock = clockOf(iso).split(':');
  return (iso.slice(0, 10) === date ? 0 : DAY_SECONDS) + Number(clock[0]) * 3600 + Number(clock[1]) * 60;
}

function Temperatures({ compound, to }) {
  const from = plusDays(to, 1 - DAYS);
  const data = useMemo(() => {
    const days = compound.days;
    return [days.map(day => secondsOf(day.date) + DAY_SECONDS / 2), days.map(day => (day.median === undefined ? null : day.median)),
      days.map(day => (day.highest === undefined ? null : day.highest))];
  }, [compound]);
  const reported = compound.days.filter(day => day.residents > 0);
  const fevers = reported.reduce((sum, day) => sum + day.fevers, 0);
  if (!reported.length) return html`<p class="soft">${t('plot.temperatures.none')}</p>`;
  const highest = Math.max(...reported.map(day => day.highest));
  const worst = reported.filter(day => day.fevers > 0).slice(-3).reverse();
  return html`<${Plot} data=${data} testid="plot-temperatures"
    label=${t('plot.temperatures.words', { days: reported.length, highest: highest.toFixed(1), fevers })}
    options=${(uPlot, width) => Object.assign(temperatureOptions(uPlot, width, from, to), {
      series: [{}, { stroke: COLOURS.morning, width: 2.5, spanGaps: true, points: { show: true, size: 6, fill: COLOURS.morning } },
        { stroke: '#b3261e', width: 1.5, spanGaps: true, points: { show: true, size: 6, fill: '#b3261e' } }],
      hooks: { draw: [plot => drawLine(plot, compound.feverAbove, compound.feverAbove.toFixed(1), '#b3261e')] } })} />
    <${Key} items=${[[COLOURS.morning, t('plot.median')], ['#b3261e', t('plot.highest')]]} />
    ${worst.length > 0 && html`<p class="small soft">${worst.map(day => t('plot.feversOn', { date: dateWords(day.date), count: day.fevers }))
      .join(t('common.semicolon'))}</p>`}
    <p class="small soft">${t('plot.temperatures.how')}</p>`;
}

function Key({ items }) {
  return html`<p class="row small plot-key" aria-hidden="true">${items.map(([colour, words]) => html`<span class="nowrap" key=${words}>
    <span class="swatch" style=${{ background: colour }}></span>${words}</span>`)}</p>`;
}
