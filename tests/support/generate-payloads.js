/**
 * Realistic payloads, each with up to four faults at any place that lint or Python looks at. The same seed gives
 * the same payloads on every machine.
 *
 * @module
 */

import { headerChoices, knownKeys } from './known-keys.js';

/**
 * @typedef {Record<string, any>} Json
 * @typedef {object} Place a member of an object or an element of a list, there or not
 * @property {keyof typeof likely} kind
 * @property {any} holder
 * @property {string | number} key
 */

/**
 * @param {number} seed
 * @param {number} count
 * @returns {{ name: string, text: string }[]}
 */
export function generatePayloads(seed, count) {
  const choose = new Chooser(seed);
  return Array.from({ length: count }, (_, i) => {
    const payload = makePayload(choose);
    for (const change of choose.sample(changes, choose.below(3))) change(payload, choose);
    const faults = Array.from({ length: choose.pick([0, 1, 1, 1, 1, 2, 2, 3, 4]) }, () =>
      putFault(payload, choose),
    );
    return {
      name: `generated ${i + 1}: ${faults.join('; ') || 'no fault'}`,
      text: JSON.stringify(payload),
    };
  });
}

/** Each header, with each kind of value. */
export function headerPayloads() {
  return [...knownKeys.header, 'X-New', ''].flatMap((name) =>
    [...anything, ...likely.header].map((value) => {
      const upload_options = { path_template: 's3://bucket/${id}', headers: { [name]: value } };
      return {
        name: `header ${name} is ${JSON.stringify(value)}`,
        text: JSON.stringify({ process: [{ upload_options }] }),
      };
    }),
  );
}

class Chooser {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed | 0;
  }

  /** From 0 to below 1 (mulberry32). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** @param {number} end an integer from 0 to below this */
  below(end) {
    return Math.floor(this.next() * end);
  }

  /** @param {number} probability */
  chance(probability) {
    return this.next() < probability;
  }

  /** @template T @param {readonly T[]} values @returns {T} */
  pick(values) {
    return /** @type {T} */ (values[this.below(values.length)]);
  }

  /** @template T @param {readonly T[]} values @param {number} count */
  sample(values, count) {
    const rest = [...values];
    return Array.from({ length: Math.min(count, rest.length) }, () =>
      rest.splice(this.below(rest.length), 1),
    ).flat();
  }
}

// --- a payload as a user would write it ---------------------------------------------------------------------------

const collections = ['sentinel-2-l2a', 'landsat-c2-l2', 'naip', '10', '2', 'café'];
const tasks = ['publish', 'reproject', 'add-preview', 'Convert To COG', '7'];
const templates = [
  's3://bucket/${collection}/${year}/${id}',
  's3://bucket/${collection}/${date}/${id}',
  's3://bucket/${eo:cloud_cover}/${properties.gsd}/${month}/${id}',
];

/** @param {Chooser} choose @returns {Json} */
function makePayload(choose) {
  /** @type {any[]} */
  const process = [makeDefinition(choose)];
  while (choose.chance(0.3)) {
    const later = Array.from({ length: 1 + choose.below(2) }, () => makeDefinition(choose));
    process.push(choose.chance(0.3) ? later : later[0]);
  }
  const features = Array.from({ length: choose.below(3) }, () => makeItem(choose));
  return {
    type: 'FeatureCollection',
    id: `c/workflow-w/${choose.below(1000)}`,
    process,
    features,
    ...(choose.chance(0.1) && { bbox: [1, 2, 3, 4] }),
    ...(choose.chance(0.1) && { links: [], collections: [] }),
  };
}

/** @param {Chooser} choose @returns {Json} */
function makeDefinition(choose) {
  const isLegacy = choose.chance(0.3);
  return {
    workflow: 'cog',
    ...(choose.chance(0.3) && { description: 'Convert', replace: true, collections: 'c' }),
    ...(choose.chance(0.3) && { chain_filter: "@.properties.'eo:cloud_cover' < 40" }),
    ...(choose.chance(0.5) && { workflow_options: { overwrite: true, scale: 1.5 } }),
    tasks: Object.fromEntries(choose.sample(tasks, choose.below(3)).map((name) => [name, { level: 2 }])),
    upload_options: {
      ...makeUploadOptions(choose),
      ...(isLegacy && { collections: makeMapping(choose) }),
    },
    ...(!isLegacy && { collection_matchers: makeMatchers(choose) }),
    ...(choose.chance(0.5) && { collection_options: makeCollectionOptions(choose) }),
  };
}

/** @param {Chooser} choose @returns {Json} */
function makeUploadOptions(choose) {
  return {
    path_template: choose.pick(templates),
    ...(choose.chance(0.5) && { public_assets: choose.pick(['ALL', [], ['visual', 'thumbnail'], null]) }),
    ...(choose.chance(0.2) && { s3_urls: choose.chance(0.5) }),
    ...(choose.chance(0.5) && { headers: choose.chance(0.1) ? null : makeHeaders(choose) }),
  };
}

/** @param {Chooser} choose @returns {Json} */
function makeHeaders(choose) {
  return Object.fromEntries(
    choose.sample(knownKeys.header, choose.below(4)).map((n) => [n, good(n, choose)]),
  );
}

/** @param {string} header @param {Chooser} choose */
function good(header, choose) {
  const choices = headerChoices.find(([name]) => name === header)?.[1];
  if (choices) return choose.pick(choices);
  return header === 'Metadata' ? { source: 'ESA' } : 'text';
}

/** @param {Chooser} choose @returns {Json} */
function makeMapping(choose) {
  const names = choose.sample(collections, choose.below(3));
  return Object.fromEntries(names.map((name) => [name, `$[?(@.id =~ '${name}')]`]));
}

/** @param {Chooser} choose @returns {Json[]} */
function makeMatchers(choose) {
  const named = choose.sample(collections, choose.below(3));
  return [
    ...named.map((collection_name) => ({ type: 'jsonpath', pattern: '$[0].id', collection_name })),
    ...(choose.chance(0.7) ? [{ type: 'catch_all', collection_name: 'rest' }] : []),
  ];
}

/** @param {Chooser} choose @returns {Json} */
function makeCollectionOptions(choose) {
  const names = choose.sample(collections, 1 + choose.below(2));
  const make = () => (choose.chance(0.7) ? { upload_options: makeUploadOptions(choose) } : {});
  return Object.fromEntries(names.map((name) => [name, make()]));
}

/** @param {Chooser} choose @returns {Json} */
function makeItem(choose) {
  const properties = { datetime: '2024-07-13T10:08:14Z', 'eo:cloud_cover': 80.5, gsd: 10 };
  const rest = { geometry: null, links: [], assets: {}, collection: 'source' };
  return { type: 'Feature', stac_version: '1.0.0', id: `S2A_${choose.below(60)}UFS`, properties, ...rest };
}

// --- changes that leave most payloads valid -----------------------------------------------------------------------

/** @param {any} value @returns {value is Json} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {Json} payload @returns {Json} */
function firstDefinition({ process }) {
  const first = Array.isArray(process) ? process[0] : process;
  return isObject(first) ? first : {};
}

/** @type {((payload: Json, choose: Chooser) => void)[]} */
const changes = [
  (payload) => {
    payload.process = firstDefinition(payload);
  },
  (payload) => {
    const definition = firstDefinition(payload);
    definition.tasks = Object.entries(definition.tasks ?? {}).map(([name, parameters]) => ({
      name,
      parameters,
    }));
  },
  (payload, choose) => {
    const options = firstDefinition(payload).upload_options ?? {};
    options.collections = choose.chance(0.5) ? {} : makeMapping(choose);
  },
  (payload, choose) => {
    firstDefinition(payload).collection_matchers = choose.chance(0.5) ? [] : makeMatchers(choose);
  },
  (payload) => {
    const definition = firstDefinition(payload);
    definition.collection_matchers = [
      { type: 'catch_all', collection_name: null },
      ...(definition.collection_matchers ?? []),
    ];
  },
  (payload, choose) => {
    payload[choose.pick(['href', 'url'])] = 's3://payloads/1.json';
    if (choose.chance(0.3)) delete payload.process;
  },
  (payload, choose) => {
    firstDefinition(payload)[choose.pick(['', '12', 'constructor', '\u2028'])] = {};
  },
  (payload) => {
    const { collections: mapping } = firstDefinition(payload).upload_options ?? {};
    firstDefinition(payload).upload_options = mapping === undefined ? {} : { collections: mapping };
  },
];

// --- faults -------------------------------------------------------------------------------------------------------

/** Every kind of JSON value. */
const anything = [
  null,
  true,
  false,
  0,
  1.5,
  '',
  'text',
  [],
  [1],
  ['text'],
  [[]],
  [{}],
  [null],
  {},
  { b: 1 },
  { b: {} },
  { b: 'text' },
];

/** What stands wrongly at a kind of place more often than any value would. */
const likely = {
  root: ['Feature', [['process', []]], { type: 'Feature' }],
  definition: ['cog', [{ name: 'publish' }], ['publish'], { type: 'catch_all' }],
  entry: ['publish', [], [{}], ['publish'], [['publish']], {}],
  task: [
    'publish',
    { name: 'publish' },
    { parameters: {} },
    { name: ['a'] },
    { name: null, parameters: null },
  ],
  uploadOptions: [
    'all',
    'ALL',
    ['visual', 3],
    'https://bucket/${id}',
    's3://bucket/${id',
    's3://bucket/{}/${id}',
    's3://bucket/${id:>5}',
    's3://bucket/}',
    's3://bucket/${sat:orbit}/${id}',
    'false',
  ],
  header: ['public', 'standard', 'GLACIER', 'requester', 'a\nb', 'a\u007f', 'a\u0080', '\u2028', { a: 1 }],
  matchers: [{ type: 'catch_all', collection_name: '' }, { type: 'catch_all' }, 'catch_all'],
  matcher: ['regex', 'catchall', 'JSONPath', 'catch_all', 'jsonpath'],
  collectionOptions: [{ upload_options: {} }, { upload_options: { s3_urls: true } }, 's3://bucket/${id}'],
  features: ['s3://bucket/item.json', { type: 'Feature' }],
};

/** @param {Json} payload @returns {Place[]} */
function placesIn(payload) {
  /** @type {Place[]} */
  const places = [];
  /** @type {(kind: keyof typeof likely, holder: any, keys: Iterable<string>) => void} */
  const addMembers = (kind, holder, keys) => {
    if (!isObject(holder)) return;
    for (const key of keys) places.push({ kind, holder, key });
  };
  /** @type {(kind: keyof typeof likely, holder: any) => void} */
  const addElements = (kind, holder) => {
    if (!Array.isArray(holder)) return;
    for (let key = 0; key <= holder.length; ++key) places.push({ kind, holder, key });
  };
  /** @type {(kind: keyof typeof likely, holder: any) => any[]} */
  const addAll = (kind, holder) => {
    addElements(kind, holder);
    addMembers(kind, holder, isObject(holder) ? [...Object.keys(holder), 'new'] : []);
    return isObject(holder) || Array.isArray(holder) ? Object.values(holder) : [];
  };
  const addUploadOptions = (/** @type {any} */ options) => {
    addMembers('uploadOptions', options, knownKeys.uploadOptions);
    const headers = options?.headers;
    // Each header by itself would be more places than all others are together.
    if (isObject(headers))
      addMembers('header', headers, [...Object.keys(headers), 'ACL', 'Metadata', 'X-New']);
  };
  const addDefinition = (/** @type {any} */ definition) => {
    addMembers('definition', definition, knownKeys.definition);
    for (const task of addAll('task', definition?.tasks)) addMembers('task', task, knownKeys.listedTask);
    addUploadOptions(definition?.upload_options);
    for (const matcher of addAll('matchers', definition?.collection_matchers)) {
      addMembers('matcher', matcher, knownKeys.matcher);
    }
    for (const options of addAll('collectionOptions', definition?.collection_options)) {
      addMembers('collectionOptions', options, knownKeys.optionsOfCollection);
      addUploadOptions(options?.upload_options);
    }
  };
  addMembers('root', payload, knownKeys.root);
  addElements('features', payload.features);
  const entries = Array.isArray(payload.process) ? addAll('entry', payload.process) : [payload.process];
  for (const entry of entries) {
    for (const definition of Array.isArray(entry) ? addAll('entry', entry) : [entry])
      addDefinition(definition);
  }
  return places;
}

/** @param {Json} payload @param {Chooser} choose @returns {string} what was done */
function putFault(payload, choose) {
  const { kind, holder, key } = choose.pick(placesIn(payload));
  const where = `${kind} ${key}`;
  const way = choose.below(10);
  if (way < 2) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
    return `no ${where}`;
  }
  if (way === 2 && isObject(holder) && Object.hasOwn(holder, key)) {
    const misspelt = choose.pick([`${key}s`, String(key).toUpperCase(), `x-${key}`]);
    holder[misspelt] = holder[key];
    delete holder[key];
    return `${where} is called ${misspelt}`;
  }
  const value = structuredClone(choose.pick(choose.chance(0.5) ? likely[kind] : anything));
  holder[key] = value;
  return `${where} is ${JSON.stringify(value)}`;
}
