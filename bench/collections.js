/**
 * Collections of items: the rules of a payload over 10,000 items, against jsonpath-plus with the nearest expressions
 * that it can read, against RegExp for the part that is regular expressions, and against the real Python where
 * STACTASK_PYTHON names one that has stactask installed.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { assignCollectionsSync, findCollectionSync, ready } from 'stac-task';
import { makePayload, readExample } from './make-payload.js';
import { inTime, inTimes, measure, printTable } from './measure.js';

// Installed by bench/run.js when it is wanted.
const { JSONPath } = await import(new URL('./peers/jsonpath-plus.js', import.meta.url).href);

const itemCount = 10_000;

/** Each rule for stac-task, for jsonpath-plus, and in plain JavaScript. No item is of the first four. */
const rules = [
  ["$[?(@.id =~ 'LC08.*')]", '$[?(@.id.match(/LC08.*/))]'],
  ["$[?(@.properties.['eo:cloud_cover'] < 0)]", "$[?(@.properties['eo:cloud_cover'] < 0)]"],
  [
    "$[?(@.properties.platform == 'landsat-8' & @.id =~ '_L2SP_')]",
    "$[?(@.properties.platform == 'landsat-8' && @.id.match(/_L2SP_/))]",
  ],
  ["$[?(@.id =~ '^S3[AB]_OL_[12]_')]", '$[?(@.id.match(/^S3[AB]_OL_[12]_/))]'],
  ["$[?(@.id =~ '^S2[AB]_[0-9]+[A-Z]+_[0-9]{8}_')]", '$[?(@.id.match(/^S2[AB]_[0-9]+[A-Z]+_[0-9]{8}_/))]'],
];

const matchers = rules.map(([pattern], index) => ({
  type: 'jsonpath',
  collection_name: `collection-${index}`,
  pattern,
}));

export async function benchCollections() {
  await ready();
  const payload = makePayload(readExample(), itemCount);
  payload.process = [{ collection_matchers: matchers }];
  const text = JSON.stringify(payload);
  const items = payload.features;
  const config = JSON.stringify(matchers);
  const all = (/** @type {(item: any) => unknown} */ find) => () =>
    must(items.every((item) => find(item) === 'collection-4'));

  const peerPaths = rules.map(([, path]) => path);
  const findByPeer = (/** @type {object} */ item) => {
    const found = peerPaths.findIndex((path) => JSONPath({ path, json: [item] }).length === 1);
    return `collection-${found}`;
  };
  const expressions = [/LC08.*/, /_L2SP_/, /^S3[AB]_OL_[12]_/, /^S2[AB]_[0-9]+[A-Z]+_[0-9]{8}_/];

  const isRight = (/** @type {(string | null)[]} */ names) =>
    must(names.every((name) => name === 'collection-4'));
  // What makes hundreds of megabytes is measured apart: to collect them takes time from whatever runs next.
  const times = {
    ...measure({ text: () => isRight(assignCollectionsSync(text)), parse: () => JSON.parse(text) }, 4000),
    ...measure(
      {
        object: () => isRight(assignCollectionsSync(payload)),
        items: all((item) => findCollectionSync(matchers, item)),
        prepared: all((item) => findCollectionSync(config, item)),
        peer: all(findByPeer),
        regexes: () =>
          must(items.every(({ id }) => expressions.filter((each) => each.test(id)).length === 1)),
      },
      4000,
    ),
  };
  const python = pythonTime(text);
  const rows = Object.entries({
    'assignCollectionsSync(text)': times.text,
    'assignCollectionsSync(object)': times.object,
    'JSON.parse of the same text': times.parse,
    'findCollectionSync(matchers, item)': times.items,
    'findCollectionSync(matchers as text, item)': times.prepared,
    'jsonpath-plus': times.peer,
    'RegExp, the four expressions alone': times.regexes,
    ...(python === undefined ? {} : { "Python's stactask.utils.find_collection": python }),
  }).map(([name, time = Number.NaN]) => [
    name,
    inTime(time),
    inTime(time / itemCount),
    inTimes(time / (times.text ?? Number.NaN)),
    inTimes(time / (times.object ?? Number.NaN)),
  ]);
  printTable(
    `Collections of ${itemCount} items, ${rules.length} matchers, ${(text.length / 1e6).toFixed(0)} MB`,
    ['', 'all items', 'an item', '÷ of the text', '÷ of the object'],
    rows,
  );
}

/**
 * What Python takes, reckoned from some of the items.
 * @param {string} text
 * @returns {number | undefined} milliseconds for all
 */
function pythonTime(text) {
  const python = process.env.STACTASK_PYTHON;
  if (!python) return undefined;
  const script = fileURLToPath(new URL('./peers/find_collection.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync(python, [script], { input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout) * itemCount;
}

/** @param {boolean} isRight */
function must(isRight) {
  if (!isRight) throw new Error('an item got the wrong collection');
}
