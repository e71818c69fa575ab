import { post } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { Button, Failure, html, Sheet, showFirstFault, TextField, useState } from '../../shared/ui.js';

const FIELDS = ['organisation', 'plate', 'people', 'purpose'];

/** What is written of an emergency vehicle afterwards. */
export function Papers({ item, onClose, onDone }) {
  const [form, setForm] = useState({ organisation: '', plate: '', people: '2', purpose: '' });
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const save = async event => {
    event.preventDefault();
    setError(null);
    setBusy(true);
    const body = { organisation: form.organisation, people: Number(form.people) || 0, purpose: form.purpose };
    if (form.plate.trim()) body.plate = form.plate.trim();
    try {
      await post('/emergency-entries/' + item.id + '/papers', body);
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
      showFirstFault();
    }
  };
  const field = (id, more) => html`<${TextField} id=${id} label=${t('gate.papers.' + id)} value=${form[id]} ...${more}
    fault=${error && error.at ? error.at('/' + id) : ''} onValue=${value => setForm(Object.assign({}, form, { [id]: value }))} />`;
  return html`<${Sheet} title=${t('gate.papers.title')} onClose=${onClose} testid="papers-sheet"><form onSubmit=${save} novalidate>
    <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${FIELDS.map(id => '/' + id)} />`}</div>
    ${field('organisation', { maxLength: 60 })}${field('plate', { maxLength: 12 })}
    ${field('people', { inputMode: 'numeric', maxLength: 2 })}${field('purpose', { maxLength: 200 })}
    <${Button} type="submit" busy=${busy} testid="papers-save">${t('gate.papers.save')}<//></form><//>`;
}
