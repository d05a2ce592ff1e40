/*
 * What the blocks of code in docs/ may name without making it (`with: item`), the files that they may read
 * (`needs: payload.json`), and the network that they reach: addresses of example hosts, answered from here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Task } from 'stac-task';

import { root } from './support.js';

export const text = readFileSync(join(root, 'examples/payloads/sentinel-2.json'), 'utf8');
export const payload = JSON.parse(text);

const host = 'https://data.example.com';
const assetOf = (/** @type {string} */ name) => ({
  href: `${host}/S2B_33UVP/${name}.tif`,
  type: 'image/tiff; application=geotiff',
  alternate: { s3: { href: `s3://sentinel-cogs/S2B_33UVP/${name}.tif` } },
});

export const item = {
  ...payload.features[0],
  collection: 'sentinel-2-l2a',
  links: [],
  assets: { visual: assetOf('TCI'), B04: assetOf('B04'), B08: assetOf('B08') },
};

export const matchers = [
  { type: 'jsonpath', pattern: "$[?(@.id =~ '^S2[AB]_')]", collection_name: 'sentinel-2-l2a' },
  { type: 'catch_all', collection_name: 'other' },
];

export class ClearScenes extends Task {
  static name = 'clear-scenes';
  process() {
    return this.items;
  }
}

/** What a program has of its own, in the examples. */
export const token = 'a-token';
export const bar = { add() {} };
export const env = { SCENES: new Map() };
export const putObject = async () => {};
export const store = async () => {};
export const readElsewhere = async () => text;
export const readFromBucket = readElsewhere;
export const openWindowAndWait = async (/** @type {string} */ url) => url;
export const presign = (/** @type {string} */ href) => href.replace('s3://', `${host}/presigned/`);

/** What a sink was given, by its address. @type {Record<string, string>} */
export const written = {};
export const writeToS3 = async (/** @type {string} */ href, /** @type {string} */ body) => {
  written[href] = body;
};

/** @type {Record<string, string>} */
export const files = {
  'payload.json': text,
  'item.json': JSON.stringify(item),
  'package.json': '{"type": "module"}',
  'my-task.js': `import { Task } from 'stac-task';
export default class MyTask extends Task {
  static name = 'my-task';
  static version = '1.0.0';
  process() {
    return this.items;
  }
}
`,
};

const isExample = (/** @type {URL} */ { hostname }) =>
  /(^|\.)example(\.com)?$/.test(hostname) || /^sentinel-cogs\.s3\..*\.amazonaws\.com$/.test(hostname);

/**
 * `fetch` for the hosts of examples; no other is reached.
 *
 * @param {string | URL | Request} input
 * @returns {Promise<Response>}
 */
export async function fetchExample(input) {
  const url = new URL(input instanceof Request ? input.url : input);
  if (!isExample(url)) throw new TypeError(`the docs reach ${url.host}`);
  if (url.pathname.endsWith('/item.json')) return Response.json(item);
  if (url.pathname.endsWith('.json')) return new Response(text);
  return new Response('the bytes of an asset', { headers: { 'content-type': 'image/tiff' } });
}
