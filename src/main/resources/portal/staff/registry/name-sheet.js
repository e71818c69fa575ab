import { Problem } from '../../shared/api.js';
import { t } from '../../shared/i18n.js';
import { newUuid } from '../../shared/ids.js';
import { Button, Failure, html, Sheet, TextField, useRef, useState } from '../../shared/ui.js';

const LONGEST_NAME = 50;

/**
 * Asks for the name of a place, new or old. The key is kept until it worked, so that a repetition after a lost reply makes nothing twice.
 *
 * @param {{title: string, label: string, hint?: string, value?: string, save: function(string, string): Promise, onClose: function}} props
 */
export function NameSheet({ title, label, hint, value, save, onClose }) {
  const [name, setName] = useState(value || '');
  const [fault, setFault] = useState('');
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newUuid());
  const submit = async event => {
    event.preventDefault();
    setError(null);
    setFault(name.trim() ? '' : t('organisation.name.needed'));
    if (!name.trim()) {
      document.getElementById('place-name').focus();
      return;
    }
    setBusy(true);
    try {
      await save(name.trim(), key.current);
      onClose();
    } catch (refused) {
      if (refused instanceof Problem && refused.status < 500) key.current = newUuid();
      setError(refused);
      setFault(refused instanceof Problem ? refused.at('/name') : '');
      setBusy(false);
    }
  };
  return html`<${Sheet} title=${title} onClose=${onClose} testid="name-sheet"><form onSubmit=${submit} novalidate>
    <div aria-live="polite">${error && html`<${Failure} error=${error} atFields=${['/name']} testid="name-error" />`}</div>
    <${TextField} id="place-name" label=${label} hint=${hint} value=${name} onValue=${setName} fault=${fault} maxLength=${LONGEST_NAME} />
    <${Button} type="submit" busy=${busy} testid="name-save">${t(busy ? 'common.saving' : 'organisation.save')}<//></form><//>`;
}
