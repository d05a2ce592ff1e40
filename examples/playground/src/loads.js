/**
 * What has been loaded, by whom, and what for. Each thread sees its own requests and tells the page.
 *
 * @module
 */

/**
 * @typedef {object} Load
 * @property {string} url
 * @property {'page' | 'worker' | 'schema'} thread
 * @property {string} reason      what the thread was about when it asked
 * @property {number} start       milliseconds since 1970
 * @property {number} duration    milliseconds; 0 or less where the browser does not know, as Chromium for workers
 * @property {number} wire        bytes as they came, without headers; 0 where the browser does not tell
 * @property {number} bytes       bytes once unpacked
 * @property {boolean} stored     it came from a cache of the browser
 */

/**
 * @param {'page' | 'worker' | 'schema'} thread
 * @param {(load: Load) => void} told
 * @param {string} first  why a thread loads anything when it begins
 * @returns {(reason: string) => void} says what the thread is about from now on
 */
export function watchLoads(thread, told, first) {
  const reasons = [{ from: Number.NEGATIVE_INFINITY, reason: first }];
  const reasonAt = (/** @type {number} */ time) =>
    reasons.findLast(({ from }) => from <= time)?.reason ?? first;
  const seen = (/** @type {PerformanceEntryList} */ entries) => {
    for (const entry of entries)
      told(loadOf(thread, /** @type {PerformanceResourceTiming} */ (entry), reasonAt));
  };
  new PerformanceObserver((list) => seen(list.getEntries())).observe({ type: 'resource', buffered: true });
  return (reason) => {
    if (reasons.at(-1)?.reason !== reason) reasons.push({ from: performance.now(), reason });
  };
}

/**
 * The same in a worker, which tells the page.
 * @param {'worker' | 'schema'} thread
 */
export const reportLoads = (thread) =>
  watchLoads(thread, (load) => postMessage({ load }), 'The worker begins');

/**
 * Browsers count a worker's own modules among the page's requests, and what runs at the same time has one clock: these
 * files say for themselves what they are for.
 */
const ownReasons = /** @type {[RegExp, string][]} */ ([
  [/\/check\.js$|\/stac-task\/browser\.js$/, 'The worker that checks'],
  [/\/schema\.js$/, 'The worker for completion and hover'],
  [/\/codemirror-\w+\.js$/, 'The editor, after the first paint'],
  [/\/icon\.svg$/, 'The page'],
  [/\/sw\.js$/, 'For offline use'],
]);

/**
 * @param {Load['thread']} thread
 * @param {PerformanceResourceTiming} entry
 * @param {(time: number) => string} reasonAt
 * @returns {Load}
 */
export function loadOf(thread, entry, reasonAt) {
  return {
    url: entry.name,
    thread,
    reason: ownReasons.find(([name]) => name.test(entry.name))?.[1] ?? reasonAt(entry.startTime),
    start: performance.timeOrigin + entry.startTime,
    duration: entry.duration,
    wire: entry.encodedBodySize,
    bytes: entry.decodedBodySize,
    stored: entry.transferSize === 0 && entry.decodedBodySize > 0,
  };
}
