import { get, post, Problem, put } from '../../shared/api.js';
import { clockOf, dateOf } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { has, t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, say, Sheet, useEffect, useLoad, useState } from '../../shared/ui.js';
import { CompoundChooser, useCompounds } from './compounds.js';

const loadPolicy = compoundId => get('/policy', { compoundId }).then(answer => ({ policy: answer.data, etag: answer.etag }));
const CHANGED_MEANWHILE = 412;

export default function PolicyPage({ route, me }) {
  const { loading, all, chosen } = useCompounds(route, me);
  return html`<main class="page" id="main" tabindex="-1"><${Loaded} of=${loading}>${() => html`
    <${PolicyOf} key=${chosen && chosen.id} compoundId=${chosen && chosen.id}
      chooser=${html`<${CompoundChooser} page="policy" all=${all} chosen=${chosen} />`} />`}<//></main>`;
}

function PolicyOf({ compoundId, chooser }) {
  const loading = useLoad(() => loadPolicy(compoundId), [compoundId]);
  return html`<div class="page-head"><${PageTitle}>${t('policy.title')}<//>
    ${loading.data && html`<span class="soft">${loading.data.policy.compound.name}</span>`}
    ${may('setControlLevel') && html`<a class="link-btn" href="#/levels" data-testid="to-levels">${t('levels.title')}</a>`}</div>${chooser}
    <${Loaded} of=${loading}>${held => html`<${Values} held=${held} onSaved=${loading.replace} />`}<//>`;
}

const unitWords = unit => (has('unit.' + unit) ? t('unit.' + unit) : '');
const optionWords = option => (has('level.' + option) ? t('level.' + option) : option);
const valueWords = (value, described) => (described && described.options ? optionWords(value) : String(value));

const isSought = (value, words) => words.trim().toLowerCase().split(/\s+/).every(word => value.description.toLowerCase().includes(word)
  || t('policy.group.' + value.group).toLowerCase().includes(word));

/** [{group, members}] in the order of the values. */
function groupsOf(values) {
  const groups = [];
  values.forEach(value => {
    const last = groups[groups.length - 1];
    if (last && last.group === value.group) last.members.push(value);
    else groups.push({ group: value.group, members: [value] });
  });
  return groups;
}

const isTime = described => described.unit === 'time of day';

/** "9:00" and "16：00" are times as people type them. */
const timeOf = text => text.trim().replace('：', ':').replace(/^(\d):/, '0$1:');

/** What stands in the box → what the API wants; undefined where it is no such value. */
function readValue(described, text) {
  if (isTime(described)) return /^([01]\d|2[0-3]):[0-5]\d$/.test(timeOf(text)) ? timeOf(text) : undefined;
  if (typeof described.value !== 'number') return text.trim();
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text.trim()) : undefined;
}

function Values({ held, onSaved }) {
  const [edits, setEdits] = useState({});
  const [faults, setFaults] = useState({});
  const [error, setError] = useState(null);
  const [conflict, setConflict] = useState(null);
  const [saving, setSaving] = useState(false);
  const [showHistory, setShowHistory] = useState(false);
  const [sought, setSought] = useState('');
  const values = held.policy.values;
  const changed = values.filter(value => value.name in edits && edits[value.name] !== String(value.value));
  const editable = may('changePolicy');
  // What was changed or is at fault is not hidden by what somebody looks for.
  const groups = groupsOf(values.filter(value => isSought(value, sought) || value.name in faults || changed.includes(value)));

  const save = async event => {
    event.preventDefault();
    const wanted = {};
    const found = {};
    changed.forEach(value => {
      const read = readValue(value, edits[value.name]);
      if (read === undefined || read === '') found[value.name] = t(isTime(value) ? 'policy.time' : 'policy.number');
      else wanted[value.name] = read;
    });
    setFaults(found);
    setError(null);
    const first = Object.keys(found)[0];
    if (first) {
      document.getElementById('policy-' + first).focus();
      return;
    }
    setSaving(true);
    try {
      const answer = await put('/policy', { values: wanted }, { ifMatch: held.etag, query: { compoundId: held.policy.compound.id } });
      setEdits({});
      setConflict(null);
      onSaved({ policy: answer.data, etag: answer.etag });
      say(t('policy.saved'));
    } catch (refused) {
      if (refused instanceof Problem && refused.status === CHANGED_MEANWHILE) {
        await meet(refused);
      } else {
        setError(refused);
        if (refused instanceof Problem) {
          const told = {};
          values.forEach(value => { told[value.name] = refused.at('/values/' + value.name); });
          setFaults(told);
        }
      }
    } finally {
      setSaving(false);
    }
  };
  /** Somebody else saved meanwhile: their values come in, the own entries stay in the boxes, and it is said which of them met. */
  const meet = async refused => {
    try {
      const latest = await loadPolicy(held.policy.compound.id);
      const theirs = latest.policy.values.filter(value => values.find(before => before.name === value.name).value !== value.value);
      setConflict(theirs.map(value => ({ value, mine: value.name in edits ? edits[value.name] : null })));
      onSaved(latest);
    } catch (failed) {
      setError(failed instanceof Problem ? refused : failed);
    }
  };
  return html`<form onSubmit=${save} novalidate data-testid="policy-form">
    <div aria-live="polite">
      ${error && html`<${Failure} error=${error} atFields=${values.map(value => '/values/' + value.name)} />`}
      ${conflict && html`<div class="notice warn" role="alert" data-testid="policy-conflict"><h2>${t('policy.conflict')}</h2><ul>
        ${conflict.map(({ value, mine }) => html`<li key=${value.name}><strong>${value.description}
        </strong>: ${t('policy.conflict.theirs', { value: valueWords(value.value, value) })}${mine !== null
          ? t('policy.conflict.mine', { value: valueWords(mine, value) }) : ''}</li>`)}</ul><p>${t('policy.conflict.next')}</p></div>`}
    </div>
    <p class="soft choices">${t(editable ? 'policy.how' : 'policy.readOnly')}</p>
    <div class="policy-frame"><${Groups} groups=${groups} all=${groupsOf(values)} changed=${changed} sought=${sought} onSought=${setSought} />
      <div data-testid="policy-values" aria-live="polite">${groups.map(({ group, members }) => html`<section class="card" key=${group} id=${'group-' + group}
        tabindex="-1" aria-labelledby=${'group-title-' + group} data-testid=${'policy-group-' + group}>
        <h2 id=${'group-title-' + group}>${t('policy.group.' + group)}</h2><p class="soft small">${t('policy.group.' + group + '.what')}</p>
        <ul class="lines">${members.map(value => html`<li key=${value.name}>
          <${Value} value=${value} text=${value.name in edits ? edits[value.name] : String(value.value)} editable=${editable}
          fault=${faults[value.name]}
          onText=${text => setEdits(before => Object.assign({}, before, { [value.name]: text }))} /></li>`)}</ul></section>`)}
        ${!groups.length && html`<${Empty} title=${t('policy.noneSought', { words: sought.trim() })} testid="policy-none" />`}</div></div>
    ${editable && html`<div class="save-bar" hidden=${changed.length === 0}>
      ${changed.length > 0 && html`<${Preview} compoundId=${held.policy.compound.id} changed=${changed} edits=${edits} />`}<span>${t('policy.changed', { count: changed.length })}</span>
      <${Button} kind="default" extra="inline" onClick=${() => { setEdits({}); setFaults({}); setError(null); setConflict(null); }}
        testid="policy-undo">${t('policy.undo')}<//>
      <${Button} type="submit" extra="inline" busy=${saving} testid="policy-save">${t(saving ? 'common.saving' : 'policy.save')}<//></div>`}
    ${may('listPolicyHistory') && html`<${Button} kind="plain" onClick=${() => setShowHistory(true)} testid="policy-history">
      ${t('policy.history')}<//>`}
    ${showHistory && html`<${History} compoundId=${held.policy.compound.id} values=${values} onClose=${() => setShowHistory(false)} />`}
  </form>`;
}

/** The way to a group, and how many of its values are changed and not saved yet. */
function Groups({ groups, all, changed, sought, onSought }) {
  const go = group => {
    const target = document.getElementById('group-' + group);
    target.scrollIntoView({ block: 'start' });
    target.focus({ preventScroll: true });
  };
  return html`<nav class="policy-groups" aria-label=${t('policy.groups')}>
    <label class="label" for="policy-sought">${t('policy.sought')}</label>
    <input class="input" id="policy-sought" type="search" autocomplete="off" value=${sought} placeholder=${t('policy.sought.hint')}
      onInput=${event => onSought(event.target.value)} data-testid="policy-sought" />
    <ul class="chips after">${all.map(({ group }) => {
      const shown = groups.find(one => one.group === group);
      const edited = changed.filter(value => value.group === group).length;
      return html`<li key=${group}><button type="button" class="chip" disabled=${!shown} onClick=${() => go(group)} data-testid=${'to-group-' + group}>
        ${t('policy.group.' + group)}${edited > 0 && html` <span class="tag late">${edited}</span>`}</button></li>`;
    })}</ul></nav>`;
}

const PREVIEW_AFTER_MILLIS = 600;

/** What the change would have meant for the last days' requests to go out, before it is saved. */
function Preview({ compoundId, changed, edits }) {
  const [preview, setPreview] = useState(null);
  const wanted = {};
  changed.forEach(value => { wanted[value.name] = readValue(value, edits[value.name]); });
  const readable = Object.values(wanted).every(value => value !== undefined && value !== '');
  const key = readable ? JSON.stringify(wanted) : '';
  useEffect(() => {
    setPreview(null);
    if (!key || !may('previewPolicy')) return undefined;
    let gone = false;
    const timer = setTimeout(() => {
      // What the values lack is told at their fields when they are saved.
      post('/policy/preview', { values: wanted }, { query: { compoundId } }).then(answer => { if (!gone) setPreview(answer.data); },
        failed => { if (!gone && failed.status !== 400) setPreview({ failed }); });
    }, PREVIEW_AFTER_MILLIS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [key]);
  if (!preview) return null;
  if (preview.failed) return html`<p class="soft small" role="status" data-testid="policy-preview-failed">${t('preview.failed')}</p>`;
  const same = preview.newlyRefused === 0 && preview.newlyAllowed === 0 && preview.present.byStaff === preview.imagined.byStaff;
  const rules = preview.rules.filter(rule => rule.present !== rule.imagined)
    .map(rule => t('condition.' + rule.rule) + ' ' + rule.present + ' → ' + rule.imagined).join(t('common.comma'));
  return html`<div class=${'preview' + (preview.newlyRefused > 0 ? ' fault-text' : '')} role="status" data-testid="policy-preview">
    <p class="small soft">${t('preview.title', { count: preview.requests })}</p>
    ${same ? html`<p>${t('preview.same')}</p>` : html`<p class="strong">${t('preview.refused', { more: preview.newlyRefused, less: preview.newlyAllowed })}
      ${t('preview.byStaff', { before: preview.present.byStaff, after: preview.imagined.byStaff })}</p>${rules && html`<p class="small num">${rules}</p>`}`}</div>`;
}

function Value({ value, text, editable, fault, onText }) {
  const id = 'policy-' + value.name;
  const range = value.minimum !== undefined && value.maximum !== undefined
    ? t('policy.range', { minimum: value.minimum, maximum: value.maximum }) : '';
  const isDefault = String(value.default) === text;
  const described = [t('policy.default', { value: valueWords(value.default, value) }), range].filter(Boolean).join(t('common.dot'));
  const common = { id, class: 'input', 'aria-invalid': fault ? 'true' : null, 'aria-describedby': id + '-note', 'data-testid': id };
  return html`<div class="policy-line"><label for=${id}>${value.description}</label>
    <div class="policy-value">${!editable ? html`<strong class="num" id=${id}>${valueWords(value.value, value)}</strong>`
      : value.options ? html`<select ...${common} value=${text} onChange=${event => onText(event.target.value)}>
        ${value.options.map(option => html`<option key=${option} value=${option} selected=${option === text}>${optionWords(option)}
        </option>`)}</select>`
        : html`<input ...${common} type="text" autocomplete="off" inputmode=${typeof value.value === 'number' ? 'decimal' : null}
          placeholder=${isTime(value) ? '16:00' : null} value=${text} onInput=${event => onText(event.target.value)} />`}
      <span class="unit">${value.options || isTime(value) ? '' : unitWords(value.unit)}</span></div>
    <p class=${'hint' + (isDefault ? '' : ' strong')} id=${id + '-note'}>
      ${described}${isDefault ? '' : t('common.dot') + t('policy.notDefault')}</p>
    ${fault && html`<p class="fault" role="alert" data-testid=${'fault-' + id}>${fault}</p>`}</div>`;
}

function History({ compoundId, values, onClose }) {
  const loading = useLoad(() => get('/policy/history', { limit: 50, compoundId }).then(answer => answer.data.items), []);
  const describedBy = name => values.find(value => value.name === name);
  return html`<${Sheet} title=${t('policy.history')} onClose=${onClose} testid="history-sheet"><${Loaded} of=${loading}>
    ${items => (items.length ? html`<div class="card"><ul class="lines">${items.map(item => html`<li key=${item.version}>
    <div class="history-line"><p class="soft">${dateWords(dateOf(item.at))} ${clockOf(item.at)}${item.by ? t('common.dot') + item.by : ''}
    </p>
    ${item.changes.map(change => { const described = describedBy(change.name); return html`<p key=${change.name}>
      ${described ? described.description : change.name}: <span class="num">${valueWords(change.before, described)} → <strong>
      ${valueWords(change.after, described)}</strong></span></p>`; })}</div></li>`)}</ul></div>`
    : html`<${Empty} title=${t('policy.history.none')} />`)}<//><//>`;
}
