/* uPlot comes only when a curve is looked at. A phone too old for it still has the numbers beside the curve. */
import { t } from './i18n.js';
import { html, useEffect, useRef, useState } from './ui.js';

let loading = null;

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

/** The size of a curve's words, in whole px (uPlot reads no others), as the text size wants it. */
export const wordSize = () => Math.round(Math.min(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.78, 20));

export const plotHeight = () => Math.round(Math.max(190, parseFloat(getComputedStyle(document.documentElement).fontSize) * 9));

export const axisLook = size => ({ font: size + 'px system-ui, sans-serif', stroke: '#444', grid: { stroke: '#eee' } });

/** A dashed line across, with its value. */
export function drawLine(plot, value, words, colour) {
  const context = plot.ctx;
  const ratio = window.devicePixelRatio || 1;
  const y = plot.valToPos(value, 'y', true);
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = 1.5 * ratio;
  context.setLineDash([6 * ratio, 5 * ratio]);
  context.beginPath();
  context.moveTo(plot.bbox.left, y);
  context.lineTo(plot.bbox.left + plot.bbox.width, y);
  context.stroke();
  context.fillStyle = colour;
  context.font = wordSize() * ratio + 'px system-ui, sans-serif';
  context.textAlign = 'left';
  context.textBaseline = 'bottom';
  context.fillText(words, plot.bbox.left + 4 * ratio, y - 3 * ratio);
  context.restore();
}

/** @param options (uPlot, width) → uPlot's options; drawn anew when {@code data} or the width changes */
export function Plot({ options, data, label, testid }) {
  const place = useRef(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let plot = null;
    let gone = false;
    let plotter = null;
    const draw = () => {
      if (gone || !place.current || !plotter) return;
      if (plot) plot.destroy();
      plot = new plotter(options(plotter, place.current.clientWidth), data, place.current);
    };
    loadPlotter().then(uPlot => { plotter = uPlot; draw(); }, () => setFailed(true));
    window.addEventListener('resize', draw);
    return () => {
      gone = true;
      window.removeEventListener('resize', draw);
      if (plot) plot.destroy();
    };
  }, [data]);
  if (failed) return html`<p class="soft">${t('plot.failed')}</p>`;
  return html`<div class="plot" ref=${place} role="img" aria-label=${label} data-testid=${testid || 'plot'}></div>`;
}
