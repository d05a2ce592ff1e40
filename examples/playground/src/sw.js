/**
 * Answers from what was kept at the first visit. A new version of the page waits until no page of the old one is open,
 * so that no page ever gets files of two versions. What only downloads need is not kept and not touched here: it needs a
 * network anyway, and the page shows when it came.
 */

const version = '{{version}}';
const files = ['{{files}}'];
const name = `playground-${version}`;

self.addEventListener('install', (event) => {
  // Not what a browser has kept of an older version.
  const fresh = files.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(fresh)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((each) => each.startsWith('playground-') && each !== name);
      await Promise.all(old.map((each) => caches.delete(each)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { scope } = self.registration;
  const address = request.url.replace(/[?#].*/, '');
  if (request.method !== 'GET' || !address.startsWith(scope)) return;
  const path = address.slice(scope.length).replace(/^index\.html$/, '') || './';
  if (files.includes(path)) event.respondWith(kept(path, request));
});

/**
 * @param {string} path
 * @param {Request} request
 */
async function kept(path, request) {
  const cache = await caches.open(name);
  // The browser may have thrown the cache away.
  return (await cache.match(path)) ?? fetch(request);
}
