/**
 * What runs inside the playground's page, to see what a person feels and cannot name.
 *
 * @module
 */

/** Runs in the page: finds out how long its thread is busy with one thing, and how long it would be with JSON.parse. */
export function watchThread() {
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) port2.postMessage(null);
  };
  port2.postMessage(null);
  globalThis.stopWatching = () => {
    isOver = true;
    const one =
      '{"id":"a","bbox":[1.25,2.5,3.75,5],"assets":{"b":{"href":"https://example.com/c","roles":["d"]}}}';
    const text = `[${Array(50_000).fill(one)}]`;
    const times = [1, 2, 3].map(() => {
      const begin = performance.now();
      JSON.parse(text);
      return performance.now() - begin;
    });
    return { longest, parse: Math.max(...times) };
  };
}

/** Runs in the page: the links of findings that do not lead to a heading of that name. */
export async function linksToNowhere() {
  const nowhere = [];
  for (const { href } of document.querySelectorAll('#findings-list a')) {
    const [address, code] = href.split('#');
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!answer.ok || !page.getElementById(code)) nowhere.push(href);
  }
  return nowhere;
}

/**
 * Runs in the page: the names in a folder of its private files.
 * @param {string} folder
 * @returns {Promise<string[] | null>} null where there are no private files
 */
export async function privateFiles(folder) {
  if (!navigator.storage?.getDirectory) return null;
  const names = [];
  const home = await (await navigator.storage.getDirectory()).getDirectoryHandle('stac-task-playground');
  for await (const name of (await home.getDirectoryHandle(folder)).keys()) names.push(name);
  return names.sort();
}

/** Runs in the page: presses "Save". @returns {Promise<number[]>} the bytes of what would be saved */
export async function savedBytes() {
  const { createObjectURL } = URL;
  const { click } = HTMLAnchorElement.prototype;
  /** @type {Blob[]} */
  const blobs = [];
  URL.createObjectURL = (blob) => {
    blobs.push(blob);
    return createObjectURL(blob);
  };
  HTMLAnchorElement.prototype.click = () => {};
  document.querySelector('#save').click();
  URL.createObjectURL = createObjectURL;
  HTMLAnchorElement.prototype.click = click;
  return [...new Uint8Array(await blobs[0].arrayBuffer())];
}
