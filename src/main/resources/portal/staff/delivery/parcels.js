import { getItems } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { html, Loaded, PageTitle, Segments, useLoad, useState } from '../../shared/ui.js';
import { LinksPart } from './links.js';
import { ShelfPart } from './shelf.js';

const loadGates = () => getItems('/gates').then(gates => gates.map(gate => ({ id: gate.id, name: gate.name })));

/** The office's view of the shelves, and the links that couriers use. */
export default function ParcelsPage({ me }) {
  const [part, setPart] = useState('shelf');
  const gates = useLoad(() => (me.gates && me.gates.length ? Promise.resolve(me.gates) : loadGates()), []);
  return html`<main class="page" id="main" tabindex="-1"><div class="page-head"><${PageTitle}>${t('parcels.title')}<//></div>
    <div class="choices"><${Segments} label=${t('parcels.title')} testid="part" chosen=${part} onChoose=${setPart}
      items=${['shelf', 'links'].map(id => ({ id, text: t('gate.parcels.' + id) }))} /></div>
    ${part === 'shelf' ? html`<${ShelfPart} gateId=${null} />` : html`<${Loaded} of=${gates}>${all => html`<${LinksPart} gates=${all} />`}<//>`}</main>`;
}
