/*
 * Keeps the gate page's files on the device, so that it opens without network. What is kept is shown at once and renewed behind it;
 * the API is never kept here: what a gate knows it keeps itself, with its age.
 */
const CACHE = 'gatehouse-gate-3';
const FILES = [
  '/staff/gate/', '/staff/gate/app.js', '/staff/gate/scan.js', '/staff/gate/answer.js', '/staff/gate/camera.js', '/staff/gate/codes.js',
  '/staff/gate/kit.js', '/staff/gate/decide.js', '/staff/gate/queue.js', '/staff/gate/keep.js', '/staff/gate/line.js',
  '/staff/gate/acts.js', '/staff/gate/lists.js', '/staff/gate/visit-rules.js', '/staff/gate/walk-in.js', '/staff/gate/visit-checks.js', '/staff/gate/visit-from.js', '/shared/region-choice.js', '/shared/regions.js', '/shared/provinces.js', '/staff/gate/refused.js', '/staff/gate/people.js', '/staff/gate/papers.js', '/staff/gate/visitors.js',
  '/staff/gate/gate.css', '/staff/gate/card.html', '/staff/gate/card.css', '/staff/delivery/gate.js', '/staff/delivery/register.js', '/staff/delivery/handover.js', '/staff/delivery/shelf.js',
  '/staff/delivery/links.js', '/staff/delivery/keypad.js', '/staff/delivery/delivery.css', '/shared/parcels.js', '/shared/parcel-photos.js', '/shared/photos.js', '/shared/photo-upload.js', '/staff/delivery/photo.js',
  '/shared/carriers.js', '/shared/health.js',
  '/staff/gate/manifest.webmanifest', '/staff/staff.css', '/staff/identity/login.js', '/staff/audit/disclose.js', '/shared/login.js', '/shared/phone-login.js', '/staff/mini-code.js', '/shared/app.css',
  '/shared/account.js', '/shared/api.js', '/shared/session.js', '/shared/start.js', '/shared/ui.js', '/shared/i18n.js',
  '/shared/preferences.js', '/shared/clock.js', '/shared/ids.js', '/shared/once.js', '/shared/digits.js', '/shared/drafts.js', '/shared/temperature.js', '/shared/rules.js',
  '/shared/icon.svg', '/shared/select.svg', '/vendor/htm-preact.js', '/vendor/weui.min.css', '/vendor/jsqr.js', '/vendor/noble-ed25519.js',
  '/staff/gate/words.js', '/shared/words/audit.en.js', '/shared/words/audit.zh.js', '/shared/words/common.en.js',
  '/shared/words/common.zh.js', '/shared/words/health.en.js', '/shared/words/health.zh.js', '/shared/words/identity.en.js',
  '/shared/words/identity.zh.js', '/staff/gate/words.en.js', '/staff/gate/words.zh.js',
  '/shared/words/delivery.en.js', '/shared/words/delivery.zh.js', '/staff/delivery/words.en.js', '/staff/delivery/words.zh.js'
];

self.addEventListener('install', event => {
  event.waitUntil(caches.open(CACHE).then(cache => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => {
  event.waitUntil(caches.keys().then(names => Promise.all(names.filter(name => name.startsWith('gatehouse-gate-') && name !== CACHE)
    .map(name => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener('fetch', event => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method !== 'GET' || !FILES.includes(path)) return;
  event.respondWith(caches.open(CACHE).then(async cache => {
    const kept = await cache.match(path);
    const renewed = fetch(event.request).then(answer => {
      if (answer.ok) cache.put(path, answer.clone());
      return answer;
    });
    if (!kept) return renewed;
    renewed.catch(() => undefined);
    return kept;
  }));
});
