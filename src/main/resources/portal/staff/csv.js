/** A field that a spreadsheet would take for a formula is made plain text. */
const inert = text => (/^\s*[=+\-@＝＋－＠]|^[\t\r]/.test(text) ? "'" + text : text);

const quoted = value => '"' + inert(String(value === undefined || value === null ? '' : value)).replace(/"/g, '""') + '"';

/** Saves rows as a file that spreadsheets open in UTF-8. */
export function saveCsv(name, header, rows) {
  const lines = [header].concat(rows).map(row => row.map(quoted).join(','));
  saveFile(name, new Blob(['\ufeff' + lines.join('\r\n') + '\r\n'], { type: 'text/csv' }));
}

export function saveFile(name, file) {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
