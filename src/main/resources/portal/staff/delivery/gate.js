import { t } from '../../shared/i18n.js';
import { html, PageTitle, Segments, useEffect, useState } from '../../shared/ui.js';
import { HandOverPart } from './handover.js';
import { LinksPart } from './links.js';
import { RegisterPart } from './register.js';
import { ShelfPart } from './shelf.js';

const PARTS = ['register', 'handOver', 'shelf', 'links'];

/** Parcels at the gate, by one thumb. {code}: a pickup code that was scanned on another page. */
export default function GateParcels({ gate, code, onDone }) {
  const [part, setPart] = useState(code ? 'handOver' : 'register');
  useEffect(() => { if (code) setPart('handOver'); }, [code]);
  return html`<main class="page gate-page" id="main" tabindex="-1"><div class="unseen"><${PageTitle}>${t('gate.parcels')}<//></div>
    <${Segments} label=${t('gate.parcels')} testid="part" chosen=${part} onChoose=${next => { onDone(); setPart(next); }}
      items=${PARTS.map(id => ({ id, text: t('gate.parcels.' + id) }))} />
    ${part === 'register' ? html`<${RegisterPart} gate=${gate} />` : part === 'handOver' ? html`<${HandOverPart} gate=${gate} code=${code} onDone=${onDone} />`
      : part === 'shelf' ? html`<${ShelfPart} gateId=${gate.id} key=${gate.id} />` : html`<${LinksPart} gates=${[gate]} />`}
  </main>`;
}
