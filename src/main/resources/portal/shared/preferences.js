/** Small choices of this device (language, text size). A full or forbidden store must never stop a report, so writing may fail. */
export function readPreference(name, fallback) {
  try {
    return localStorage.getItem('gatehouse.' + name) || fallback;
  } catch (storeForbidden) {
    return fallback;
  }
}

export function writePreference(name, value) {
  try {
    if (value === null) localStorage.removeItem('gatehouse.' + name);
    else localStorage.setItem('gatehouse.' + name, value);
    return true;
  } catch (storeFullOrForbidden) {
    return false;
  }
}

/** Three sizes, '1' to '3': 18, 22 and 30 px where the browser's own size is 16; percentages so that a larger own size still counts. */
export function textSize() {
  return readPreference('textSize', '1');
}

export function applyTextSize(size) {
  writePreference('textSize', size);
  document.documentElement.setAttribute('data-size', size);
}
