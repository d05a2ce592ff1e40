/**
 * Keeps the page for the time without a network. It begins when everything else is there.
 *
 * @module
 */

export function keepOffline() {
  if (!('serviceWorker' in navigator)) return;
  const begin = () =>
    navigator.serviceWorker.register('sw.js').catch((error) => {
      // Private windows and pages that are no secure context do without.
      console.info(`the playground will not work offline: ${error}`);
    });
  if ('requestIdleCallback' in globalThis) requestIdleCallback(begin, { timeout: 3000 });
  else setTimeout(begin, 500);
}
