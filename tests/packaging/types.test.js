import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { ensureInstalled } from '../support/install.js';
import { packagingFolder } from '../support/paths.js';
import { describe as describeRun, run } from '../support/run.js';
import { makeProject, writeFiles } from '../support/tarball.js';

const newest = join(packagingFolder, 'node_modules/typescript/bin/tsc');
const typescript5 = join(packagingFolder, 'node_modules/typescript5/bin/tsc');

const consumer = `
import {
  assignCollections, explain, findCollection, fix, InvalidInput, JsonPathError, jsonpathFind, jsonpathMatchSync, LayoutTemplate, Payload, payloadSchema, StacTaskError, ready, Task, toLambdaHandler, toQueueHandler,
  validate, validateSync, version,
} from 'stac-task';
import type { Items, LambdaHandlerOptions, Logger, MessageInfo, QueueHandlerOptions, Store, TaskClass, TaskOptions } from 'stac-task';

export async function check(text: string): Promise<string[]> {
  const report = await validate(text, { lint: false, maxBytes: 1_000_000, file: 'payload.json' });
  const errors: number = report.counts.error;
  if (report.valid || errors === 0) return [version];
  return report.issues.map(({ code, severity, message, pointer, python }) => {
    const level: 'error' | 'warning' | 'info' = severity;
    return [code, level, pointer, python?.type ?? '', python?.message ?? message].join(' ');
  });
}

export async function mend(text: string): Promise<string> {
  const { text: fixed, applied, remaining } = await fix(text, { unsafe: true, profile: 'cirrus', items: 'core' });
  const titles: string[] = applied.flatMap(({ fix }) => (fix?.safe ? [fix.title] : []));
  const schema: object = await payloadSchema();
  return [fixed, ...titles, remaining.length, Object.keys(schema).length].join(' ');
}

export async function checkAll(bytes: Uint8Array, object: { process: unknown[] }): Promise<boolean> {
  await ready();
  const payload = await Payload.from(new TextDecoder().decode(bytes));
  payload.processDefinition;
  return validateSync(bytes).valid && (await validate(object)).valid;
}

export async function collectionOf(item: object): Promise<string> {
  const name: string | null = await findCollection([{ type: 'catch_all', collection_name: 'a' }], item);
  const names: (string | null)[] = await assignCollections({ features: [item] });
  const found: unknown[] = await jsonpathFind(item, '$.id');
  const template = await LayoutTemplate.from('\${id}', {}, { padDates: true });
  const { items } = await explain({ features: [item] }, { item: 0, maxItems: 1 });
  const reasons: string[] = items.flatMap(({ matchers }) => matchers.map(({ reason }) => reason));
  return [name, ...names, found.length, template.substitute(item), ...template.variables, ...reasons].join();
}

export function placeOf(item: object, expression: string): number | undefined {
  try {
    return jsonpathMatchSync(item, expression) ? undefined : 0;
  } catch (error) {
    return error instanceof JsonPathError ? error.offset : undefined;
  }
}

interface StacItem {
  id: string;
  properties: Record<string, unknown>;
}

export class Simple extends Task {
  static name = 'simple';
  static version = '1.0.0';

  async process() {
    this.logger.info('%s items', this.items.length);
    return this.items.map((item) => Task.createItemFromItem(item));
  }
}

export class Typed extends Task<{ threshold?: number }, StacItem> {
  static override taskName = 'typed';
  static override description = 'Has types';

  override validate(): boolean {
    return this.items.every(({ id }) => id.length > 0);
  }

  override async *process({ threshold = 0.5 }: { threshold?: number }): AsyncGenerator<StacItem> {
    const options: { threshold?: number } = this.parameters;
    const store: Store = await this.openWorkdir();
    const href: string = await store.write(this.workdir, String(options.threshold ?? threshold));
    for (const item of this.items) yield { ...item, id: item.id + href };
  }

  override postProcessItem(item: StacItem) {
    Typed.addSoftwareVersionToItem(item).properties['a'] = 1;
  }
}

export class Sync extends Task {
  override *process({ a }: Record<string, string>): Items<{ id: string }> {
    yield { id: a ?? '' };
  }
}

export async function runTasks(signal: AbortSignal, logger: Logger): Promise<unknown[]> {
  const options: TaskOptions = { signal, logger, upload: false, allowHref: (url) => url.startsWith('https:') };
  const result = await Typed.handler({ features: [] }, options);
  const { command, workdir = '' } = await Simple.parseArgs(['run', '--local']);
  return [result['features'], command, workdir, await Simple.cli(['run']), console satisfies Logger];
}

export function handlers(): unknown[] {
  const lambda: LambdaHandlerOptions = { deadlineMargin: 500, lint: true, workdir: '/tmp/work' };
  const queue: QueueHandlerOptions = {
    sink: async (result, { env, message, signal }: MessageInfo) => { await env.put(message.id, result['id'], signal); },
    onInvalid: (error) => { if (error instanceof InvalidInput) throw new InvalidInput('again'); },
    retryDelay: (_error, { message }) => 2 ** message.attempts,
  };
  return [toLambdaHandler(Simple, lambda), toLambdaHandler(Typed), toQueueHandler(Typed, queue)];
}

export async function madeTasks(): Promise<number> {
  const tasks: TaskClass[] = [Simple, Typed, Sync];
  const [First = Simple] = tasks;
  const one: Task<any, any> = new First({ features: [] }, { upload: false });
  const TypedOnly: TaskClass<Typed> = Typed;
  const typed: Typed = await Typed.from({ features: [] });
  const threshold: number | undefined = (await TypedOnly.from('{}')).parameters.threshold;
  const results = await Promise.all(tasks.map((each) => each.handler({}, { upload: false })));
  return results.length + typed.items.length + one.items.length + (threshold ?? tasks.map((each) => toLambdaHandler(each)).length);
}

export const codeOf = (error: unknown): string | undefined => (error instanceof StacTaskError ? error.code : undefined);
`;

/** Each line is wrong in one way. */
const wrongConsumer = `import { Task, toFetchHandler, validate, validateSync, nothingLikeThis } from 'stac-task';
void validate('{}', { colour: true });
void validate('{}', { lint: 'yes' });
void validate(5);
const report: boolean = validate('{}');
validateSync('{}').issues[0].severity === 'fatal';
void validate('{}', { profile: 'x' });
void nothingLikeThis, report;
class Wrong extends Task<{ a: number }> { process({ b }: { b: string }) { return [b.length]; } }
void Wrong.handler({}, { colour: true });
const made: { nothing: 1 } = await Wrong.from({});
toFetchHandler(class { static isStacTask = true; }), made;
`;

const wrongConsumerDiagnostics = [
  'consumer.ts(1,56): error TS2305',
  'consumer.ts(2,23): error TS2353',
  'consumer.ts(3,23): error TS2322',
  'consumer.ts(4,15): error TS2345',
  'consumer.ts(5,7): error TS2322',
  'consumer.ts(6,1): error TS2367',
  'consumer.ts(7,23): error TS2322',
  'consumer.ts(9,43): error TS2416',
  'consumer.ts(10,26): error TS2353',
  'consumer.ts(11,7): error TS2741',
  'consumer.ts(12,16): error TS2345',
];

// The declarations are checked too: skipLibCheck is off. (Those of @types/node fail exactOptionalPropertyTypes.)
const strict = {
  strict: true,
  noEmit: true,
  exactOptionalPropertyTypes: true,
  target: 'es2022',
  types: [],
  files: ['consumer.ts'],
};
const browserLibraries = ['es2022', 'dom', 'dom.iterable'];

/** @type {{ what: string, options: Record<string, unknown>, compiler?: string }[]} */
const consumers = [
  { what: 'module nodenext', options: { module: 'nodenext', lib: browserLibraries } },
  {
    what: 'module esnext, resolved as a bundler does',
    options: { module: 'esnext', moduleResolution: 'bundler', lib: browserLibraries },
  },
  {
    what: 'module nodenext, TypeScript 5',
    options: { module: 'nodenext', lib: browserLibraries },
    compiler: typescript5,
  },
  {
    what: "Node's types and no DOM",
    options: { module: 'nodenext', lib: ['es2022'], types: ['node'], exactOptionalPropertyTypes: false },
  },
  ...['edge-light', 'workerd', 'deno', 'bun', 'browser', 'node'].map((condition) => ({
    what: `the condition ${condition}`,
    options: {
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: browserLibraries,
      customConditions: [condition],
    },
  })),
];

before(() => ensureInstalled(packagingFolder));

describe('a strict TypeScript consumer compiles', () => {
  for (const { what, options, compiler } of consumers) {
    test(what, async () => {
      const { code, output } = await compile(consumer, options, compiler);
      assert.equal(code, 0, output);
    });
  }
});

describe('a wrong consumer does not compile, and the compiler points at each mistake', () => {
  for (const { what, options, compiler } of consumers.slice(0, 3)) {
    test(what, async () => {
      const { code, output, diagnostics } = await compile(wrongConsumer, options, compiler);
      assert.notEqual(code, 0, output);
      assert.deepEqual(diagnostics, wrongConsumerDiagnostics, output);
    });
  }
});

/**
 * @param {string} text
 * @param {Record<string, unknown>} options
 * @param {string} [compiler]
 */
async function compile(text, options, compiler = newest) {
  const nodeModules = join(packagingFolder, 'node_modules');
  const { folder } = await makeProject({
    with: {
      '@types/node': join(nodeModules, '@types/node'),
      'undici-types': join(nodeModules, 'undici-types'),
    },
  });
  const { files, ...compilerOptions } = { ...strict, ...options };
  await writeFiles(folder, {
    'consumer.ts': text,
    'tsconfig.json': JSON.stringify({ compilerOptions, files }),
  });
  const args = [compiler, '--project', folder, '--pretty', 'false'];
  const outcome = await run(process.execPath, args, { cwd: folder });
  const found = outcome.stdout.match(/^\S+\(\d+,\d+\): error TS\d+/gm) ?? [];
  return { code: outcome.code, output: describeRun('node', args, outcome), diagnostics: found };
}
