/**
 * A small scene with files of its own, so that "Download assets" has something to do on any host: a TIFF, a thumbnail
 * and metadata, all computed.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/** What the page replaces by the address of its examples when it opens the payload. */
const base = 'https://playground.invalid/';

/** @returns {Record<string, string | Uint8Array>} file names and contents; `scene.json` is the payload */
export function sceneFiles() {
  const metadata = `${JSON.stringify({ sensor: 'computed', bands: 1, rows: 1024, columns: 1024 }, null, 2)}\n`;
  /** @type {Record<string, string | Uint8Array>} */
  const files = {
    'ndvi.tif': tiff(1024),
    'thumbnail.png': png(128),
    'metadata.json': metadata,
  };
  return { ...files, 'scene.json': `${JSON.stringify(payload(files), null, 2)}\n` };
}

/** @param {Record<string, string | Uint8Array>} files */
function payload(files) {
  const types = { tif: 'image/tiff', png: 'image/png', json: 'application/json' };
  const asset = (/** @type {string} */ name, /** @type {string} */ role) => {
    const bytes = /** @type {string | Uint8Array} */ (files[name]);
    const sum = createHash('sha256').update(bytes).digest('hex');
    return {
      href: `${base}scene/${name}`,
      type: types[/** @type {keyof typeof types} */ (name.split('.')[1])],
      roles: [role],
      'file:size': Buffer.byteLength(bytes),
      'file:checksum': `1220${sum}`,
    };
  };
  const item = (/** @type {string} */ id, /** @type {number} */ west, /** @type {number} */ clouds) => ({
    type: 'Feature',
    stac_version: '1.0.0',
    stac_extensions: ['https://stac-extensions.github.io/file/v2.1.0/schema.json'],
    id,
    bbox: [west, -18, west + 8, -12],
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, -18],
          [west + 8 > 180 ? west + 8 - 360 : west + 8, -18],
          [west + 8 > 180 ? west + 8 - 360 : west + 8, -12],
          [west, -12],
          [west, -18],
        ],
      ],
    },
    properties: { datetime: '2024-05-04T22:10:00Z', 'eo:cloud_cover': clouds },
    links: [],
    assets: {
      ndvi: asset('ndvi.tif', 'data'),
      thumbnail: asset('thumbnail.png', 'thumbnail'),
      metadata: asset('metadata.json', 'metadata'),
    },
  });
  const crossing = item('FIJI_20240504', 176, 12.5);
  crossing.bbox = [176, -18, -176, -12];
  return {
    type: 'FeatureCollection',
    id: 'islands/workflow-ndvi/FIJI_20240504',
    process: [
      {
        workflow: 'ndvi',
        tasks: { ndvi: { scale: 10000 } },
        upload_options: { path_template: 's3://islands/${collection}/${year}/${eo:cloud_cover}/${id}' },
        collection_matchers: [
          {
            type: 'jsonpath',
            pattern: "$[?(@.properties.['eo:cloud_cover'] < 20.0 & @.id =~ '^[A-Z]+_')]",
            collection_name: 'clear',
          },
          { type: 'catch_all', collection_name: 'cloudy' },
        ],
      },
    ],
    features: [crossing, item('VANUATU_20240504', 164, 71)],
  };
}

/** @param {number} x @param {number} y @param {number} size */
const shade = (x, y, size) => {
  const [u, v] = [x / size - 0.5, y / size - 0.5];
  const waves = Math.sin(u * 21 + Math.sin(v * 9) * 2) + Math.cos(v * 17 - u * 6);
  return Math.max(0, Math.min(255, Math.round(128 + waves * 44 - Math.hypot(u, v) * 60)));
};

/** @param {number} size */
function pixels(size) {
  const bytes = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) bytes[y * size + x] = shade(x, y, size);
  return bytes;
}

/**
 * A baseline TIFF: one strip of bytes, black is zero.
 * @param {number} size
 */
function tiff(size) {
  const tags = [
    [256, 4, size],
    [257, 4, size],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8 + 2 + 9 * 12 + 4],
    [277, 3, 1],
    [278, 4, size],
    [279, 4, size * size],
  ];
  const head = new DataView(new ArrayBuffer(8 + 2 + tags.length * 12 + 4));
  head.setUint32(0, 0x49492a00);
  head.setUint32(4, 8, true);
  head.setUint16(8, tags.length, true);
  for (const [index, [tag = 0, type = 0, value = 0]] of tags.entries()) {
    const at = 10 + index * 12;
    head.setUint16(at, tag, true);
    head.setUint16(at + 2, type, true);
    head.setUint32(at + 4, 1, true);
    head.setUint32(at + 8, value, true);
  }
  return Buffer.concat([new Uint8Array(head.buffer), pixels(size)]);
}

/** @param {number} size */
function png(size) {
  const rows = Buffer.alloc(size * (size + 1));
  const all = pixels(size);
  for (let y = 0; y < size; y++) rows.set(all.subarray(y * size, (y + 1) * size), y * (size + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 8;
  const chunk = (/** @type {string} */ name, /** @type {Uint8Array} */ data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const length = Buffer.alloc(4);
    const sum = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
