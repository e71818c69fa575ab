import { t } from './i18n.js';
import { FEVER_ABOVE_TENTHS, isFever, shown, tenthsOf } from './temperature.js';
import { html, useEffect, useRef, useState } from './ui.js';

let loading = null;

/** uPlot comes only when a curve is looked at. A phone too old for it still has the list below the curve. */
function loadPlotter() {
  if (!loading) {
    loading = new Promise((resolve, reject) => {
      const look = document.createElement('link');
      look.rel = 'stylesheet';
      look.href = new URL('../vendor/uplot.min.css', import.meta.url).href;
      document.head.appendChild(look);
      const script = document.createElement('script');
      script.src = new URL('../vendor/uplot.min.js', import.meta.url).href;
      script.onload = () => (window.uPlot ? resolve(window.uPlot) : reject(new Error('uPlot did not start')));
      script.onerror = () => reject(new Error('uPlot did not load'));
      document.head.appendChild(script);
    });
    loading.catch(() => { loading = null; });
  }
  return loading;
}

const DAY_SECONDS = 86400;
const HALF_DAY = { MORNING: 9 * 3600, AFTERNOON: 15 * 3600 };
const secondsOf = date => Date.parse(date + 'T00:00:00Z') / 1000;

export function TemperaturePlot({ reports, from, to, name }) {
  const place = useRef(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let plot = null;
    let gone = false;
    const draw = uPlot => {
      if (gone || !place.current) return;
      if (plot) plot.destroy();
      plot = new uPlot(optionsFor(uPlot, place.current.clientWidth, from, to), dataOf(reports), place.current);
    };
    let plotter = null;
    loadPlotter().then(uPlot => { plotter = uPlot; draw(uPlot); }, () => setFailed(true));
    const resized = () => { if (plotter) draw(plotter); };
    window.addEventListener('resize', resized);
    return () => {
      gone = true;
      window.removeEventListener('resize', resized);
      if (plot) plot.destroy();
    };
  }, [reports]);
  if (failed) return html`<p class="soft">${t('plot.failed')}</p>`;
  return html`<div class="plot" ref=${place} role="img" aria-label=${summary(reports, name)} data-testid="plot"></div>`;
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

function optionsFor(uPlot, width, from, to) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const size = Math.min(rem * 0.8, 20);
  const font = size + 'px system-ui, sans-serif';
  const days = Math.round((secondsOf(to) - secondsOf(from)) / DAY_SECONDS) + 1;
  const labels = Math.max(2, Math.floor((width - 60) / (size * 4.2)));
  const stride = Math.ceil(days / labels);
  const fever = FEVER_ABOVE_TENTHS / 10;
  return {
    width, height: Math.round(Math.max(190, rem * 9)), tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    cursor: { show: false }, legend: { show: false },
    scales: {
      x: { range: [secondsOf(from), secondsOf(to) + DAY_SECONDS] },
      y: { range: (_plot, lowest, highest) => [Math.min(35.5, lowest - 0.2), Math.max(38, highest + 0.3)] }
    },
    axes: [
      { font, stroke: '#444', grid: { stroke: '#eee' }, size: size * 2, space: 0,
        splits: () => Array.from({ length: Math.ceil(days / stride) },
          (_, index) => secondsOf(to) - index * stride * DAY_SECONDS + DAY_SECONDS / 2).reverse(),
        values: (_plot, splits) => splits.map(monthAndDay) },
      { font, stroke: '#444', grid: { stroke: '#eee' }, size: size * 3.2,
        values: (_plot, splits) => splits.map(celsius => celsius.toFixed(1)), space: size * 2.2 }
    ],
    series: [{}, { stroke: '#06803c', width: 2, spanGaps: true, points: { show: true, size: 7, fill: '#06803c' } }],
    hooks: { draw: [plot => drawFever(plot, fever, font)] }
  };
}

function drawFever(plot, fever, font) {
  const context = plot.ctx;
  const ratio = window.devicePixelRatio || 1;
  const y = plot.valToPos(fever, 'y', true);
  context.save();
  context.strokeStyle = '#b3261e';
  context.lineWidth = 1.5 * ratio;
  context.setLineDash([6 * ratio, 5 * ratio]);
  context.beginPath();
  context.moveTo(plot.bbox.left, y);
  context.lineTo(plot.bbox.left + plot.bbox.width, y);
  context.stroke();
  context.fillStyle = '#b3261e';
  context.font = font.replace(/^[\d.]+/, number => String(Number(number) * ratio));
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  context.fillText(fever.toFixed(1), plot.bbox.left + plot.bbox.width - 4 * ratio, y - 3 * ratio);
  context.restore();
}
