/* Who gets which tickets without being asked: of the rules that fit a ticket the most particular counts. */
import { getAll, getItems, put } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { may } from '../../shared/session.js';
import { loadCategories, useCategoryNames } from '../../shared/ticket.js';
import { Button, Empty, Failure, html, Icon, Loaded, PageTitle, say, Sheet, TextField, useLoad, useState } from '../../shared/ui.js';

const LONGEST_LIST = 200;
const keyOf = rule => (rule.category || '') + '@' + (rule.building || '');
const rank = rule => (rule.category ? 0 : 2) + (rule.building ? 0 : 1);

async function load() {
  const [rules, people, categories, buildings] = await Promise.all([getItems('/ticket-rules'), getItems('/ticket-repairmen'), loadCategories(),
    may('listBuildings') ? getAll('/buildings', null, LONGEST_LIST) : []]);
  return { rules, people, categories, buildings: Array.from(new Set(buildings.map(one => one.building)))
    .sort((one, other) => one.localeCompare(other, 'zh', { numeric: true })) };
}

export default function RulesPage() {
  const loading = useLoad(load, []);
  const [editing, setEditing] = useState(null);
  const saved = rules => {
    setEditing(null);
    say(t('rules.saved'));
    loading.replace(Object.assign({}, loading.data, { rules }));
  };
  return html`<main class="page ticket-page" id="main" tabindex="-1"><a class="back" href="#/tickets"><${Icon} name="back" />${t('nav.tickets')}</a>
    <div class="page-head"><${PageTitle}>${t('rules.title')}<//>
      <${Button} extra="inline" onClick=${() => setEditing({})} testid="rule-add">${t('rules.add')}<//></div>
    <p class="soft gap-below">${t('rules.what')}</p>
    <${Loaded} of=${loading}>${data => html`<${List} rules=${data.rules} onEdit=${setEditing} />
      ${editing && html`<${RuleSheet} before=${editing.assignee ? editing : null} data=${data} onSaved=${saved} onClose=${() => setEditing(null)} />`}`}<//></main>`;
}

function List({ rules, onEdit }) {
  const nameOf = useCategoryNames();
  if (!rules.length) return html`<${Empty} title=${t('rules.none')} testid="no-rules"><p>${t('rules.none.advice')}</p><//>`;
  return html`<div class="card"><ul class="lines" data-testid="rules">${rules.slice().sort((one, other) => rank(one) - rank(other)).map(rule => html`<li key=${keyOf(rule)}>
    <button type="button" class="line" onClick=${() => onEdit(rule)} data-testid=${'rule-' + keyOf(rule)}><span class="line-name">
      <span class="strong">${rule.category ? nameOf(rule.category) : t('rules.anyRepair')}</span>
      <span class="block soft small">${rule.building ? t('ticket.place.building', { building: rule.building }) : t('rules.anyBuilding')}</span></span>
      <span class="line-end"><span>${t('rules.to', { name: rule.assignee.name })}</span><${Icon} name="go" /></span></button></li>`)}</ul></div>`;
}

/** The list goes to the server whole; it is read again before, so that what a colleague entered meanwhile stays. */
function RuleSheet({ before, data, onSaved, onClose }) {
  const [rule, setRule] = useState(before ? { category: before.category || '', building: before.building || '', assigneeId: before.assignee.id }
    : { category: '', building: '', assigneeId: '' });
  const [error, setError] = useState(null);
  const [sending, setSending] = useState(false);
  const [removing, setRemoving] = useState(false);
  const set = name => value => setRule(Object.assign({}, rule, { [name]: value }));
  const wish = one => Object.assign({ assigneeId: one.assigneeId || one.assignee.id }, one.category ? { category: one.category } : {},
    one.building ? { building: one.building } : {});
  const save = async keep => {
    setSending(true);
    setError(null);
    try {
      const wanted = Object.assign({}, rule, { building: rule.building.trim() });
      const replaced = [before, keep && wanted].filter(Boolean).map(keyOf);
      const others = (await getItems('/ticket-rules')).filter(one => !replaced.includes(keyOf(one))).map(wish);
      onSaved((await put('/ticket-rules', { items: keep ? others.concat(wish(wanted)) : others })).data.items);
    } catch (refused) {
      setError(refused);
      setSending(false);
    }
  };
  const select = (name, label, first, options) => html`<div class="field"><label for=${'rule-' + name}>${label}</label>
    <select class="input" id=${'rule-' + name} value=${rule[name]} onChange=${event => set(name)(event.target.value)} data-testid=${'rule-' + name}>
      <option value="">${first}</option>${options.map(([id, text]) => html`<option key=${id} value=${id} selected=${rule[name] === id}>${text}</option>`)}</select></div>`;
  const foot = removing ? html`<p class="strong">${t('rules.remove.sure')}</p><div class="btns after"><${Button} kind="danger" busy=${sending} onClick=${() => save(false)}
      testid="rule-remove-sure">${t('rules.remove')}<//><${Button} kind="default" onClick=${() => setRemoving(false)}>${t('common.cancel')}<//></div>`
    : html`<div class="btns"><${Button} busy=${sending} disabled=${!rule.assigneeId} onClick=${() => save(true)} testid="rule-save">${t('rules.save')}<//>
      ${before && html`<${Button} kind="danger" onClick=${() => setRemoving(true)} testid="rule-remove">${t('rules.remove')}<//>`}</div>`;
  return html`<${Sheet} title=${t(before ? 'rules.change' : 'rules.add')} onClose=${onClose} testid="rule-sheet" foot=${foot}>
    ${error && html`<${Failure} error=${error} testid="rule-error" />`}
    ${select('category', t('ticket.filter.category'), t('rules.anyRepair'), data.categories.map(one => [one.code, one.name]))}
    ${data.buildings.length ? select('building', t('ticket.filter.building'), t('rules.anyBuilding'), data.buildings.map(number => [number,
      t('ticket.place.building', { building: number })])) : html`<${TextField} id="rule-building" label=${t('ticket.filter.building')} hint=${t('rules.anyBuilding.hint')}
      maxLength=${20} value=${rule.building} onValue=${set('building')} />`}
    ${data.people.length ? select('assigneeId', t('ticket.assign.who'), t('rules.choose'), data.people.map(one => [one.id, one.name]))
      : html`<p class="notice warn">${t('ticket.assign.nobody')}</p>`}<//>`;
}
