import { t } from './i18n.js';
import { axisLook, drawLine, Plot, plotHeight, wordSize } from './plotter.js';
import { feverAboveTenths, isFever, shown, tenthsOf } from './temperature.js';
import { html, useMemo } from './ui.js';

export const DAY_SECONDS = 86400;
const HALF_DAY = { MORNING: 9 * 3600, AFTERNOON: 15 * 3600 };
export const secondsOf = date => Date.parse(date + 'T00:00:00Z') / 1000;

/** One resident's temperatures. */
export function TemperaturePlot({ reports, from, to, name }) {
  const data = useMemo(() => dataOf(reports), [reports]);
  const fever = feverAboveTenths() / 10;
  return html`<${Plot} data=${data} label=${summary(reports, name)} options=${(uPlot, width) => Object.assign(
    temperatureOptions(uPlot, width, from, to), {
      series: [{}, { stroke: '#06803c', width: 2, spanGaps: true, points: { show: true, size: 7, fill: '#06803c' } }],
      hooks: { draw: [plot => drawLine(plot, fever, fever.toFixed(1), '#b3261e')] }
    })} />`;
}

function summary(reports, name) {
  const readings = reports.map(report => tenthsOf(report.temperature));
  return t('plot.summary',
    { name, count: readings.length, lowest: shown(Math.min(...readings)), highest: shown(Math.max(...readings)),
      fevers: readings.filter(isFever).length });
}

function dataOf(reports) {
  const oldestFirst = reports.slice().reverse();
  return [oldestFirst.map(report => secondsOf(report.date) + HALF_DAY[report.round]), oldestFirst.map(report => report.temperature)];
}

function monthAndDay(seconds) {
  const day = new Date(seconds * 1000);
  return (day.getUTCMonth() + 1) + '/' + day.getUTCDate();
}

/** Days across, °C upwards, from a little under to a little over what is usual. */
export function temperatureOptions(uPlot, width, from, to) {
  const size = wordSize();
  const days = Math.round((secondsOf(to) - secondsOf(from)) / DAY_SECONDS) + 1;
  const labels = Math.max(2, Math.floor((width - 60) / (size * 4.2)));
  const stride = Math.ceil(days / labels);
  return {
    width, height: plotHeight(), tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    cursor: { show: false }, legend: { show: false },
    scales: {
      x: { range: [secondsOf(from), secondsOf(to) + DAY_SECONDS] },
      y: { range: (_plot, lowest, highest) => [Math.min(35.5, lowest - 0.2), Math.max(38, highest + 0.3)] }
    },
    axes: [
      Object.assign(axisLook(size), { size: size * 2, space: 0,
        splits: () => Array.from({ length: Math.ceil(days / stride) },
          (_, index) => secondsOf(to) - index * stride * DAY_SECONDS + DAY_SECONDS / 2).reverse(),
        values: (_plot, splits) => splits.map(monthAndDay) }),
      Object.assign(axisLook(size), { size: size * 3.2, space: size * 2.2,
        values: (_plot, splits) => splits.map(celsius => celsius.toFixed(1)) })
    ]
  };
}
