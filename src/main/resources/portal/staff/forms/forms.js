import { get } from '../../shared/api.js';
import { clockOf, dateOf, today } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, say, useEffect, useLanguage, useLoad, useRef, useState } from '../../shared/ui.js';
import { saveFile } from '../csv.js';
import { BrokenOff, download } from './download.js';

const FORMAT_WORDS = { XLSX: 'Excel', CSV: 'CSV' };

/** The forms of a day: what each is, whether it is final, and the file. */
export default function FormsPage({ route }) {
  const now = today();
  const date = route.query.date && route.query.date <= now ? route.query.date : now;
  // the titles come in the reader's language
  const language = useLanguage();
  const loading = useLoad(() => get('/forms', { date }).then(answer => answer.data), [date, language]);
  const choose = next => { if (next) location.hash = '#/forms?date=' + (next > now ? now : next); };
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('forms.title')}<//><span class="soft">${dateWords(date)}</span></div>
    <div class="card"><p class="soft">${t('forms.what')}</p>
      <div class="row filters after"><div><label class="label" for="form-date">${t('forms.date')}</label>
        <input class="input" id="form-date" type="date" max=${now} value=${date} onChange=${event => choose(event.target.value)}
          data-testid="form-date" /></div>
        ${date !== now && html`<a class="link-btn" href="#/forms" data-testid="form-today">${t('forms.today')}</a>`}</div></div>
    <${Loaded} of=${loading}>${forms => (forms.items.length
      ? html`<div class="columns even">${forms.items.map(form => html`<${Form} key=${form.name + date} form=${form} date=${date} />`)}</div>`
      : html`<${Empty} title=${t('forms.none')}><p>${t('forms.none.advice')}</p><//>`)}<//>
  </main>`;
}

function stateWords(form, date) {
  if (form.state === 'LIVE') return t('forms.state.LIVE');
  const at = dateOf(form.frozenAt) === date ? clockOf(form.frozenAt) : dateWords(dateOf(form.frozenAt)) + ' ' + clockOf(form.frozenAt);
  return t('forms.frozenAt', { time: at });
}

function Form({ form, date }) {
  const [progress, setProgress] = useState(null);
  const [error, setError] = useState(null);
  const stopper = useRef(null);
  useEffect(() => () => { if (stopper.current) stopper.current.abort(); }, []);
  const fetchAs = async format => {
    setError(null);
    setProgress({ format });
    stopper.current = new AbortController();
    try {
      const got = await download('/forms/' + form.name + '.' + format.toLowerCase(), { date },
        told => setProgress(Object.assign({ format }, told)), stopper.current.signal);
      saveFile(got.name, got.file);
      say(t('forms.done', { name: got.name }));
    } catch (failed) {
      if (failed.name !== 'AbortError') setError({ failed, again: () => fetchAs(format) });
    }
    stopper.current = null;
    setProgress(null);
  };
  return html`<section class="card" data-testid=${'form-' + form.name}>
    <div class="row spread"><h2>${form.title}</h2>
      <span class=${'tag ' + (form.state === 'FROZEN' ? 'good' : '')} data-testid=${'state-' + form.name}>${stateWords(form, date)}</span></div>
    <p class="soft small">${t('forms.rows', { count: form.rows })}
      ${form.state === 'LIVE' && form.frozen > 0 && html`<span>${t('common.dot')}${t('forms.frozenOf', { count: form.compounds,
        frozen: form.frozen })}</span>`}</p>
    ${form.names && html`<p class="small">${t('forms.names')}</p>`}
    <div class=${error ? 'after' : ''} aria-live="polite">${error && (error.failed instanceof BrokenOff
      ? html`<div class="notice bad" role="alert" data-testid="form-broken"><h2>${t('forms.broken')}</h2><p>${t('forms.broken.advice')}</p>
        <${Button} kind="default" onClick=${error.again} testid="retry">${t('common.retry')}<//></div>`
      : html`<${Failure} error=${error.failed} retry=${error.again} testid="form-error" />`)}</div>
    ${progress ? html`<${Progress} progress=${progress} onStop=${() => stopper.current && stopper.current.abort()} />`
      : html`<div class="row after">${form.formats.map((format, index) => html`<${Button} key=${format} kind=${index ? 'default' : 'primary'} extra="inline"
        onClick=${() => fetchAs(format)} testid=${'get-' + form.name + '-' + format}
        label=${t('forms.download.label', { title: form.title, format: FORMAT_WORDS[format] })}>
        ${t('forms.download', { format: FORMAT_WORDS[format] })}<//>`)}</div>`}
  </section>`;
}

/** Lines can be counted in CSV; a workbook is compressed, of which only the bytes are known. */
function Progress({ progress, onStop }) {
  const { format, bytes, lines, rows } = progress;
  const counted = format === 'CSV' && rows > 0 && bytes > 0;
  const done = counted ? Math.min(rows, Math.max(0, lines - 1)) : 0;
  const words = rows === undefined ? t('forms.starting') : counted ? t('forms.progress.rows', { done, total: rows })
    : bytes ? t('forms.progress.bytes', { kilobytes: Math.ceil(bytes / 1024), total: rows }) : t('forms.progress.waiting', { total: rows });
  return html`<div class="after" data-testid="form-progress">
    <progress class="fetching" max=${counted ? rows : null} value=${counted ? done : null} aria-label=${words}></progress>
    <div class="row spread"><span class="num" role="status">${words}</span>
      <${Button} kind="plain" extra="inline" onClick=${onStop} testid="form-stop">${t('forms.stop')}<//></div></div>`;
}
