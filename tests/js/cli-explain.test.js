/*
 * The command line: `stac-task explain`.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain } from 'stac-task';

import { concurrency, workplace } from './cli-support.js';

const matchers = [
  { type: 'jsonpath', collection_name: 's2', pattern: "$[?(@.id =~ '^S2' & @.properties.cloud < 50)]" },
  { type: 'catch_all', collection_name: 'rest' },
];
const upload_options = { path_template: 's3://bucket/${collection}/${id}' };
/** @param {string} id @param {object} [properties] */
const item = (id, properties) => ({
  type: 'Feature',
  stac_version: '1.0.0',
  id,
  geometry: null,
  properties: { datetime: '2024-05-01T00:00:00Z', ...properties },
  links: [],
  assets: { data: { href: './data.tif' } },
});
const payload = {
  type: 'FeatureCollection',
  id: 'c/workflow-w/S2A/L8',
  process: [{ workflow: 'w', collection_matchers: matchers, upload_options }],
  features: [item('S2A', { cloud: 12 }), item('L8')],
};
/** @param {unknown[]} next */
const chained = (...next) => ({ ...payload, process: [...payload.process, ...next] });

const files = {
  'payload.json': JSON.stringify(payload),
  'chain.json': JSON.stringify(
    chained({ workflow: 'x', chain_filter: "@.id == 'S2A' & @.properties.cloud < 20" }),
  ),
  'broken-chain.json': JSON.stringify(
    chained([
      { workflow: 'x' },
      { workflow: 'x' },
      { workflow: 'y', chain_filter: '@.a' },
      { chain_filter: '(' },
      {},
    ]),
  ),
  'large-chain.json': JSON.stringify(chained({ workflow: 'x', description: 'x'.repeat(130_000) })),
  'bad-pattern.json': JSON.stringify({
    ...payload,
    process: [{ collection_matchers: [{ type: 'jsonpath', collection_name: 'a', pattern: '$[' }] }],
  }),
  'bad.json': '{"process": 5}',
  'broken.json': '{"process": [',
  'empty.json': '{"process": []}',
  'many.json': JSON.stringify({
    process: [{}],
    features: Array.from({ length: 1005 }, (_, i) => ({ id: `${i}` })),
  }),
  'hostile.json': JSON.stringify({
    process: [
      {
        workflow: 'w',
        collection_matchers: [{ type: 'jsonpath', collection_name: '\u009b', pattern: '$.\u202e' }],
      },
      { workflow: '\u001b]0;x\u0007', chain_filter: "@.id == '\u009b31m'" },
    ],
    features: [{ id: '\u001b[31m\u202e' }],
  }),
};

const { stacTask, outputOf } = workplace(files);

/** @param {string[]} args @param {number} code @param {Parameters<typeof stacTask>[1]} [options] */
async function explainedBy(args, code, options) {
  const outcome = await stacTask(['explain', ...args], options);
  assert.equal(outcome.code, code, outcome.stderr + outcome.stdout);
  return outcome;
}

describe('stac-task explain', concurrency, () => {
  test('says of each item what is tried, where it goes, and why', async () => {
    const { stdout, stderr } = await explainedBy(['payload.json'], 0);
    const expected = [
      'S2A /features/0',
      "  matchers    ✓ s2  $[?(@.id =~ '^S2' & @.properties.cloud < 50)]",
      '                  ✓ @.id is "S2A", which has a match of ^S2',
      '                  ✓ @.properties.cloud is 12, which is < 50',
      '  collection  s2',
    ];
    const lines = stdout.split('\n');
    assert.deepEqual(lines.slice(0, expected.length), expected);
    assert.ok(stdout.includes('  item        s3://bucket/s2/S2A/S2A.json\n'), stdout);
    assert.ok(stdout.includes('  assets      data  s3://bucket/s2/S2A/data.tif\n'), stdout);
    assert.ok(stdout.includes("✗ s2  $[?(@.id =~ '^S2'"), stdout);
    assert.ok(stdout.includes('✗ there is nothing at @.properties.cloud\n'), stdout);
    assert.ok(stdout.includes('  collection  rest\n'), stdout);
    assert.ok(!stdout.includes('chain'));
    assert.equal(stderr, 'payload.json: 2 items explained\n');
  });

  test('--item: one item, and an error when there is none', async () => {
    const { stdout, stderr } = await explainedBy(['payload.json', '--item', 'L8'], 0);
    assert.match(stdout, /^L8 \/features\/1\n/);
    assert.equal(stderr, 'payload.json: 1 item explained\n');
    const none = await explainedBy(['payload.json', '--item', 'x'], 1);
    assert.equal(none.stdout, '');
    assert.match(none.stderr, /payload\.json has no item 'x'\n$/);
  });

  test('--json: what explain() gives', async () => {
    assert.deepEqual(
      JSON.parse(await outputOf(['explain', 'payload.json', '--json'], 0)),
      await explain(payload),
    );
    assert.deepEqual(
      JSON.parse(await outputOf(['explain', 'chain.json', '--json', '--chain'], 0)),
      await explain(files['chain.json'], { chain: true }),
    );
  });

  test('-: standard input', async () => {
    const { stderr } = await explainedBy(['-'], 0, { input: files['payload.json'] });
    assert.equal(stderr, '<stdin>: 2 items explained\n');
  });

  test('--max-items: no more than those, 1000 if nothing is said', async () => {
    const one = await explainedBy(['payload.json', '--max-items', '1'], 0);
    assert.equal(one.stderr, 'payload.json: 1 item explained, 1 more not explained\n');
    assert.equal(
      (await explainedBy(['many.json'], 0)).stderr,
      'many.json: 1000 items explained, 5 more not explained\n',
    );
  });

  test('--color: colours', async () => {
    assert.ok((await explainedBy(['payload.json', '--color'], 0)).stdout.startsWith('\u001b[1mS2A\u001b[0m'));
  });

  test('a pattern that fails is shown, exit code 1', async () => {
    const { stdout } = await explainedBy(['bad-pattern.json'], 1);
    assert.match(
      stdout,
      /\n {2}error {7}JsonPathParserError: .+ \/process\/0\/collection_matchers\/0\/pattern\n/,
    );
  });

  test('nothing in a file does anything to a terminal', async () => {
    const { stdout } = await explainedBy(['hostile.json', '--chain'], 1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    const json = await explainedBy(['hostile.json', '--chain', '--json'], 1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the same
    assert.doesNotMatch(json.stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('stac-task explain --chain', concurrency, () => {
  /** @param {string} stdout */
  const chainIn = (stdout) => stdout.slice(stdout.indexOf('chain ')).split('\n');

  test('says which workflow comes next, with which items, and why not with the others', async () => {
    const { stdout } = await explainedBy(['chain.json', '--chain'], 0);
    const { chain } = await explain(files['chain.json'], { chain: true });
    assert.deepEqual(chainIn(stdout), [
      'chain c/workflow-w/S2A/L8',
      `  size        ${chain?.length} of 120000 characters`,
      '',
      '→ x /process/1',
      "  filter      @.id == 'S2A' & @.properties.cloud < 20",
      '  id          none/workflow-x/S2A',
      '  items       1: S2A',
      '  dropped     ✗ L8',
      '                  ✗ @.id is "L8", which is not == "S2A"',
      '                  ✗ there is nothing at @.properties.cloud',
      `  size        ${chain?.next[0]?.length} of 120000 characters`,
      '',
    ]);
  });

  test('nothing behind the last process definition', async () => {
    const { stdout } = await explainedBy(['payload.json', '--chain'], 0);
    assert.equal(chainIn(stdout).at(-2), '  next        nothing: the chain ends here');
  });

  test('what goes wrong is shown, exit code 1', async () => {
    const { stdout } = await explainedBy(['broken-chain.json', '--chain'], 1);
    for (const code of ['chain-same-id', 'chain-no-items'])
      assert.match(stdout, new RegExp(`  error .* ${code}\n`));
    assert.match(stdout, / {14}ValueError: Payload has no 'id' specified/);
    assert.match(stdout, /→ no workflow \/process\/1\/3\n {2}filter {6}\(\n {2}error {7}JsonPath\w+Error: /);
    assert.match(stdout, /\n {14}1 more not explained\n$/);
  });

  test('a payload that goes by way of a bucket is a warning, exit code 0', async () => {
    const { stdout } = await explainedBy(['large-chain.json', '--chain'], 0);
    assert.match(
      stdout,
      / {2}warning {5}it has 13\d{4} characters, more than 120000: .* cirrus-payload-size\n/,
    );
  });

  test('an empty payload is no payload of Cirrus', async () => {
    const { stdout } = await explainedBy(['empty.json', '--chain'], 1);
    assert.match(stdout, /^chain \(no id\)\n/);
    assert.match(stdout, /cirrus-process-type\n/);
  });
});

describe('stac-task explain fails', concurrency, () => {
  /** @type {Record<string, [args: string[], code: number, stderr: RegExp]>} */
  const cases = {
    'without an input': [[], 2, /explain needs an INPUT/],
    'with two inputs': [['payload.json', 'chain.json'], 2, /explain takes one INPUT/],
    'with an unknown option': [['payload.json', '--chains'], 2, /Unknown option '--chains'/],
    'with a value for --chain': [['payload.json', '--chain=yes'], 2, /'--chain' does not take an argument/],
    'with a number that is none': [
      ['payload.json', '--max-items', 'x'],
      2,
      /--max-items takes a number, not 'x'/,
    ],
    'with an item that is not named': [['payload.json', '--item'], 2, /'--item <value>' argument missing/],
    'for a file that is missing': [['none.json'], 1, /^stac-task: none\.json: no such file\n/],
    'for a file that is too large': [['payload.json', '--max-bytes', '10'], 1, /maxBytes is 10/],
    'for a bad payload': [['bad.json', '--chain'], 1, /unable to parse 'process': must be type list\n/],
    'for broken JSON': [['broken.json'], 1, /:1:14: /],
  };
  for (const [name, [args, code, message]] of Object.entries(cases)) {
    test(name, async () => {
      const { stdout, stderr } = await explainedBy(args, code);
      assert.match(stderr, message);
      assert.equal(stdout, '');
    });
  }

  test('but helps', async () => {
    assert.match(
      await outputOf(['explain', '--help'], 0),
      /^Usage: stac-task explain \[OPTIONS\] INPUT\n[\s\S]*--chain/,
    );
  });
});
