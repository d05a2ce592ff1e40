/**
 * The worker that holds stac-task: it checks, explains, mends and downloads, off the page's thread.
 *
 * @module
 */

import { explain, Payload, validate } from 'stac-task';

import { reportLoads } from '../loads.js';
import { answerCalls } from '../rpc.js';
import { cancelDownload, download, leadsNowhere } from './download.js';
import { fixAll } from './fix-all.js';
import { placeOf, placesOfItems } from './places.js';
import { testPattern, testTemplate } from './tester.js';
import { valueAt } from './value-at.js';

const asking = reportLoads('worker');

/** The text that was checked last, so that nobody sends it again. @type {{ version: number, text: string }} */
let held = { version: -1, text: '' };

/** @type {{ version: number, payload: Promise<Payload> } | undefined} */
let parsed;

/** More items are explained only by `stac-task explain`. */
const mostExplained = 1000;

/** @param {number} version */
function textOf(version) {
  if (version === held.version) return held.text;
  throw new Error('the text has changed since; ask again');
}

/** @param {number} version */
function payloadOf(version) {
  const text = textOf(version);
  if (parsed?.version !== version) parsed = { version, payload: Payload.from(text) };
  return parsed.payload;
}

/** @param {number} version @returns {Promise<any[]>} what stands in `features` */
async function itemsOf(version) {
  const { features } = /** @type {any} */ ((await payloadOf(version)).data) ?? {};
  return Array.isArray(features) ? features : [];
}

/** @param {number} version @param {number} index */
function itemTextOf(version, index) {
  const text = textOf(version);
  const place = placesOfItems(text)[index];
  if (!place) throw new Error(`there is no item ${index + 1}`);
  return text.slice(place.from, place.to);
}

/** @type {import('./api.js').CheckWorker} */
const api = {
  async check(version, text, rules) {
    held = { version, text };
    asking('Validation');
    const report = await validate(text, rules);
    const isJson = !report.issues.some(({ code }) => code.startsWith('json-'));
    const places = isJson ? placesOfItems(text) : [];
    // What is no object has no items, and Payload.from would fail on it.
    const ids = places.length > 0 ? (await itemsOf(version)).map((item) => item?.id) : [];
    return {
      report,
      places: places.map((place, index) => ({
        ...place,
        index,
        id: typeof ids[index] === 'string' ? ids[index] : null,
      })),
    };
  },

  async explain(version) {
    const text = textOf(version);
    const { data } = await payloadOf(version);
    const { items, omitted = 0 } = await explain(text, { maxItems: mostExplained });
    return {
      items: items.map((item) => {
        const options = item.upload?.options;
        const template = options ? valueAt(data, `${options}/path_template`) : undefined;
        return typeof template === 'string' ? { ...item, template } : item;
      }),
      omitted,
    };
  },

  async footprints(version) {
    const items = await itemsOf(version);
    return items.map((item, index) => ({
      index,
      id: typeof item?.id === 'string' ? item.id : null,
      geometry: item?.geometry ?? null,
      bbox: item?.bbox ?? null,
    }));
  },

  locate: async (version, pointer) => placeOf(textOf(version), pointer),

  testPattern: async (version, index, expression) => testPattern(itemTextOf(version, index), expression),

  testTemplate: async (version, index, template) => testTemplate(itemTextOf(version, index), template),

  async fixAll(version, unsafe, rules) {
    asking('Fix all');
    return fixAll(textOf(version), unsafe, rules);
  },

  async assets(version, index) {
    const item = (await itemsOf(version))[index];
    return Object.entries(item?.assets ?? {}).map(([key, asset]) => ({
      key,
      href: String(asset?.href ?? ''),
      type: typeof asset?.type === 'string' ? asset.type : null,
      size: typeof asset?.['file:size'] === 'number' ? asset['file:size'] : null,
      leadsNowhere: leadsNowhere(item, asset?.href),
    }));
  },

  async download(version, request, progress) {
    asking('Download assets');
    return download((await itemsOf(version))[request.index], request, progress);
  },

  cancelDownload: async () => cancelDownload(),
};

answerCalls(api);
