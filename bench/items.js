/**
 * Validation of a payload's items by the rules of the STAC specification, against stac-node-validator with its
 * schemas in memory instead of fetched. It compiles them in every call; the same ajv with the schemas compiled
 * before is a peer of its own. Neither looks at extensions here.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { ready, validateSync } from 'stac-task';
import { makePayload, readExample } from './make-payload.js';
import { inTime, inTimes, measureAsync, printTable } from './measure.js';

// Installed by bench/run.js when it is wanted.
const peers = new URL('./peers/stac-node-validator.js', import.meta.url).href;
const { validateStac, peer } = await import(peers);

/** @type {Record<string, object>} */
const schemas = JSON.parse(readFileSync(new URL('./schemas/stac-items.json', import.meta.url), 'utf8'));

/** A copy each time, as from the network: the peer writes to it. @param {string} uri */
async function loader(uri) {
  if (!schemas[uri]) throw new Error(`there is no ${uri} in bench/schemas`);
  return structuredClone(schemas[uri]);
}

export async function benchItems() {
  await ready();
  const rows = [];
  for (const version of ['1.0.0', '1.1.0']) rows.push(await rowOf(version));
  printTable(
    "validate(text, { items: 'core' }) of 600 items, 7 MB: × says how many times as fast as the peer",
    [
      'STAC',
      'JSON.parse',
      '… + stac-node-validator',
      '… + its ajv, compiled before',
      "items: 'none'",
      "items: 'core'",
      '× stac-node-validator',
      '× its ajv',
    ],
    rows,
  );
}

/**
 * @param {string} version
 * @returns {Promise<string[]>}
 */
async function rowOf(version) {
  const text = JSON.stringify(payloadOf(version));
  const isItem = await compiledItemSchema(version);
  const times = await measureAsync({
    parse: () => JSON.parse(text),
    validator: async () =>
      must((await validateStac(JSON.parse(text), { loader })).valid, 'stac-node-validator'),
    ajv: () => must(JSON.parse(text).features.every(isItem), 'ajv'),
    none: () => must(validateSync(text).issues.length === 0, "items: 'none'"),
    core: () => must(validateSync(text, { items: 'core' }).issues.length === 0, "items: 'core'"),
  });
  const { parse = 0, validator = 0, ajv = 0, none = 0, core = 0 } = times;
  return [
    version,
    ...[parse, validator, ajv, none, core].map(inTime),
    inTimes(validator / core),
    inTimes(ajv / core),
  ];
}

/** @param {string} version */
function payloadOf(version) {
  const payload = makePayload(readExample(), 600);
  for (const item of payload.features) {
    item.stac_version = version;
    item.stac_extensions = [];
  }
  return payload;
}

/** @param {string} version */
function compiledItemSchema(version) {
  /** @type {Record<string, unknown>} */
  const config = { loader, schemas: null, schemaMap: {} };
  config.ajv = peer.createAjv(config);
  const uri = `https://schemas.stacspec.org/v${version}/item-spec/json-schema/item.json`;
  return peer.loadSchema(config, uri);
}

/** @param {boolean} isValid @param {string} who */
function must(isValid, who) {
  if (!isValid) throw new Error(`the benchmark's items are invalid to ${who}`);
}
