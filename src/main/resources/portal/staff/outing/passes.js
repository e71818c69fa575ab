import { get } from '../../shared/api.js';
import { clockOf, dateOf } from '../../shared/clock.js';
import { dateWords } from '../../shared/health.js';
import { t } from '../../shared/i18n.js';
import { useOnce } from '../../shared/once.js';
import { backWords, leaveWords, PassTag } from '../../shared/outing.js';
import { may } from '../../shared/session.js';
import { Button, Empty, Failure, html, Loaded, PageTitle, say, Segments, Sheet, TextField, useLoad, useRef, useState } from '../../shared/ui.js';
import { useAtChanges } from '../monitor/live.js';

const STATES = ['PENDING', 'APPROVED', 'OUT', 'OVERDUE', 'REJECTED', 'RETURNED'];
const SUGGESTIONS = { reject: [0, 1, 2], return: [3, 4] };

/** Requests that wait for a decision, the longest waiting first; the other states beside them. */
export default function PassesPage({ route }) {
  const state = STATES.includes(route.query.state) ? route.query.state : 'PENDING';
  const loading = useLoad(() => get('/outing-passes', { state, limit: 200 }).then(answer => answer.data.items), [state]);
  const [asking, setAsking] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(null);
  useAtChanges(() => loading.reload(), may('streamMonitor'));
  const sendOnce = useOnce();
  const decide = async (pass, verb, body) => {
    setBusy(pass.id);
    setError(null);
    try {
      await sendOnce('/outing-passes/' + encodeURIComponent(pass.id) + '/' + verb, body || {});
      setAsking(null);
      say(t('passes.done.' + verb, { name: pass.residentName }));
      loading.reload();
    } catch (refused) {
      setError(Object.assign(refused, { passId: pass.id }));
    } finally {
      setBusy(null);
    }
  };
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('passes.title')}<//>
      ${may('setGateDay') && html`<a class="link-btn" href="#/slots" data-testid="to-slots">${t('passes.slots')}</a>`}</div>
    <div class="choices"><${Segments} label=${t('passes.state')} testid="pass-state" chosen=${state}
      onChoose=${next => { location.hash = '#/passes?state=' + next; }} items=${STATES.map(id => ({ id, text: t('pass.state.' + id) }))} /></div>
    ${state === 'PENDING' && may('approveOutingPass') && html`<p class="soft wide-only after gap-below">${t('passes.keys')}</p>`}
    <${Loaded} of=${loading}>${items => (items.length ? html`<div data-testid="passes">${(state === 'PENDING' ? items.slice().reverse() : items)
      .map(pass => html`<${PassCard} key=${pass.id} pass=${pass} busy=${busy === pass.id} error=${error && error.passId === pass.id && !asking ? error : null}
        onApprove=${() => decide(pass, 'approve')} onReason=${verb => { setError(null); setAsking({ pass, verb }); }} />`)}</div>`
      : html`<${Empty} title=${t(state === 'PENDING' ? 'passes.none' : 'passes.noneSuch')} />`)}<//>
    ${asking && html`<${ReasonSheet} pass=${asking.pass} verb=${asking.verb} error=${error} busy=${busy !== null} onClose=${() => setAsking(null)}
      onSend=${reason => decide(asking.pass, asking.verb, { reason })} />`}
  </main>`;
}

function PassCard({ pass, busy, error, onApprove, onReason }) {
  const card = useRef(null);
  const conditions = pass.conditions || [];
  const decides = pass.possible.includes('APPROVE');
  const onKeyDown = event => {
    if (!decides || event.target !== card.current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'a') onApprove();
    if (event.key === 'r') { event.preventDefault(); onReason('reject'); }
  };
  return html`<section class="card" tabindex=${decides ? '0' : null} ref=${card} onKeyDown=${onKeyDown} data-testid=${'pass-' + pass.id}>
    <div class="row spread"><h2>${pass.household} ${pass.residentName}
      ${pass.age !== undefined && html`<span class="soft"> ${t('passes.age', { age: pass.age })}</span>`}</h2><${PassTag} pass=${pass} /></div>
    <p><span class="tag info">${t('pass.kind.' + pass.kind)}</span> <span class="strong num">${leaveWords(pass)}</span>
      <span class="soft"> ${backWords(pass)}${pass.gate && t('common.dot') + pass.gate.name}</span></p>
    ${(pass.purpose || pass.document || pass.vehiclePlate) && html`<p>${[pass.purpose, pass.document && t('passes.document', { document: pass.document }),
      pass.vehiclePlate].filter(Boolean).join(t('common.dot'))}</p>`}
    ${pass.state === 'PENDING' && (conditions.length > 0
      ? html`<p class="row" data-testid=${'conditions-' + pass.id}>${conditions.map(rule => html`<span class="tag bad" key=${rule}>${t('condition.' + rule)}</span>`)}</p>`
      : html`<p><span class="tag good">${t('passes.allHold')}</span></p>`)}
    ${pass.reason && html`<p class="soft">${t('pass.reason', { reason: pass.reason })}</p>`}
    <p class="soft small">${t('passes.askedAt', { date: dateWords(dateOf(pass.requestedAt)), clock: clockOf(pass.requestedAt) })}</p>
    ${error && html`<${Failure} error=${error} testid=${'failure-' + pass.id} />`}
    ${decides && html`<div class="btns after"><${Button} busy=${busy} onClick=${onApprove} testid=${'approve-' + pass.id}>${t('passes.approve')}<//>
      <${Button} kind="default" disabled=${busy} onClick=${() => onReason('reject')} testid=${'reject-' + pass.id}>${t('passes.reject')}<//></div>`}
    ${pass.possible.includes('RETURN') && html`<div class="btns after"><${Button} kind="default" disabled=${busy} onClick=${() => onReason('return')}
      testid=${'return-' + pass.id}>${t('passes.return')}<//></div>`}
  </section>`;
}

/** What the household is told, or how it is known that somebody is back. */
function ReasonSheet({ pass, verb, error, busy, onClose, onSend }) {
  const [reason, setReason] = useState('');
  return html`<${Sheet} title=${t('passes.' + verb) + t('common.space') + pass.residentName} onClose=${onClose} testid=${verb + '-sheet'}
    foot=${html`<${Button} kind=${verb === 'reject' ? 'danger' : 'primary'} busy=${busy} disabled=${!reason.trim()} onClick=${() => onSend(reason.trim())}
      testid=${verb + '-send'}>${t('passes.' + verb + '.send')}<//>`}>
    ${error && html`<${Failure} error=${error} />`}
    <div class="chips">${SUGGESTIONS[verb].map(number => html`<button type="button" class="chip" key=${number} data-testid=${'suggest-' + number}
      onClick=${() => setReason(t('passes.suggest.' + number))}>${t('passes.suggest.' + number)}</button>`)}</div>
    <div class="after"><${TextField} id=${verb + '-reason'} label=${t('passes.reason')} hint=${t('passes.reason.hint')} value=${reason} maxLength=${200}
      onValue=${setReason} /></div><//>`;
}
