/* Finding the home that something is about. */
import { get } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { Empty, html, Icon, Loaded, TextField, useEffect, useLoad, useState } from '../../shared/ui.js';

const PAUSE_MILLIS = 300;
const FOUND_AT_MOST = 20;

export function FindHome({ onChoose }) {
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words.trim()), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [words]);
  const loading = useLoad(() => (asked ? get('/households', { q: asked, limit: FOUND_AT_MOST }).then(answer => answer.data.items)
    : Promise.resolve(null)), [asked]);
  return html`<form class="card" role="search" onSubmit=${event => { event.preventDefault(); setAsked(words.trim()); }}>
      <${TextField} id="home-words" label=${t('observe.find')} hint=${t('observe.find.hint')} value=${words} maxLength=${50} onValue=${setWords} /></form>
    <div aria-live="polite"><${Loaded} of=${loading}>${items => (items === null ? null : items.length ? html`<div class="card"><ul class="lines">
      ${items.map(home => html`<li key=${home.id}><button type="button" class="line" onClick=${() => onChoose(home)} data-testid=${'choose-' + home.label}>
        <span class="line-name"><span class="strong num">${home.label}</span><span class="soft small block">
          ${home.members.map(member => member.name).join(t('common.comma')) || t('households.empty')}</span></span>
        <span class="line-end"><${Icon} name="go" /></span></button></li>`)}</ul></div>`
      : html`<${Empty} title=${t('households.none')} />`)}<//></div>`;
}

/** The home that was found, and the way back to another. */
export function ChosenHome({ home, onOther }) {
  return html`<span class="row"><strong class="num">${home.label}</strong>
    <button type="button" class="link-btn" onClick=${onOther} data-testid="other-home">${t('observe.otherHome')}</button></span>`;
}
