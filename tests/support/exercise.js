/*
 * What every runtime is asked to do with the package, and what it must answer. The function is copied into
 * projects, workers, pages and bundles, so it uses nothing but the language.
 */

/**
 * @param {Pick<typeof import('stac-task'), 'Payload' | 'Task' | 'fix' | 'payloadSchema' | 'ready' | 'validate' | 'validateSync' | 'version'>} stacTask
 */
export async function exercise({
  Payload,
  Task,
  fix,
  payloadSchema,
  ready,
  validate,
  validateSync,
  version,
}) {
  /** @param {any} report */
  const verdict = ({ valid, issues }) => ({ valid, python: issues[0]?.python ?? null });
  const answers = { version, syncBeforeReady: 'no error' };
  try {
    validateSync('{}');
  } catch (error) {
    answers.syncBeforeReady = error.code;
  }
  // Two at once: both must share one load.
  const [notAList, empty] = await Promise.all([validate('{"process": 5}'), validate('{}')]);
  const truncated = await validate('{"process": [');
  const bytes = await validate(new TextEncoder().encode('{"process": 5}'));
  const object = await validate({ process: 5 });
  const { text: fixed } = await fix('{"process": {"a": 1}}');
  // Where nothing may be imported later, this says so.
  const schema = await payloadSchema().then(
    ({ $schema }) => $schema,
    ({ code }) => code,
  );
  const withoutLint = await validate('{"process": 5}', { lint: false });
  class MyTask extends Task {
    static name = 'my-task';
    async *process({ suffix }) {
      for (const item of this.items) yield Task.createItemFromItem({ ...item, id: item.id + suffix });
    }
    postProcessItem(item) {
      return MyTask.addSoftwareVersionToItem(item);
    }
  }
  const { features } = await MyTask.handler({
    process: [
      {
        tasks: { 'my-task': { suffix: '!' } },
        collection_matchers: [{ type: 'catch_all', collection_name: 'mine' }],
      },
    ],
    features: [{ id: 'a', stac_extensions: ['z'], links: [{ rel: 'self', href: 'https://example.com/a' }] }],
  });
  await ready();
  const payload = await Payload.from(
    '{"process": [{"description": "été", "tasks": {"a": {"b": 1}}}], "features": []}',
  );
  return {
    ...answers,
    notAList: verdict(notAList),
    empty: { valid: empty.valid },
    truncated: { valid: truncated.valid, kind: truncated.issues[0]?.code.split('-')[0] },
    bytes: verdict(bytes),
    object: verdict(object),
    withoutLint: verdict(withoutLint),
    fixed,
    features,
    schema,
    sync: verdict(validateSync('{"process": 5}')),
    payload: payload.processDefinition,
  };
}

/** @param {string} version */
export function expectedAnswers(version) {
  const notAList = {
    valid: false,
    python: { type: 'TypeError', message: "unable to parse 'process': must be type list" },
  };
  return {
    version,
    syncBeforeReady: 'ERR_NOT_READY',
    notAList,
    empty: { valid: true },
    truncated: { valid: false, kind: 'json' },
    bytes: notAList,
    object: notAList,
    withoutLint: notAList,
    fixed: '{"process": [{"a": 1}]}',
    features: [
      {
        id: 'a!',
        stac_extensions: ['https://stac-extensions.github.io/processing/v1.1.0/schema.json', 'z'],
        links: [
          { rel: 'self', href: 'https://example.com/a' },
          {
            title: 'Source STAC Item',
            rel: 'derived_from',
            href: 'https://example.com/a',
            type: 'application/json',
          },
        ],
        properties: { 'processing:software': { 'my-task': '0.1.0' } },
        collection: 'mine',
      },
    ],
    schema: 'http://json-schema.org/draft-07/schema#',
    sync: notAList,
    payload: { description: 'été', tasks: { a: { b: 1 } } },
  };
}

/** A module that calls `exercise` with named imports, as a user's code would; the value is called `answers`. */
export const exerciseModule = (specifier = 'stac-task', exercisePath = './exercise.js') => `
import { fix, Payload, payloadSchema, ready, Task, validate, validateSync, version } from '${specifier}';
import { exercise } from '${exercisePath}';
const run = () => exercise({ fix, Payload, payloadSchema, ready, Task, validate, validateSync, version });
`;

/** The program for command-line runtimes: prints the answers as one line of JSON. */
export const exerciseProgram = `${exerciseModule()}
const answers = await run();
console.log(JSON.stringify(answers));
`;

/** The program for a package that lost both its wasm and its inlined copy: prints how the validation failed. */
export const failingProgram = `
import { validate } from 'stac-task';
const { name, code, message } = await validate('{}').then(() => ({ message: 'no error' }), (error) => error);
console.log(JSON.stringify({ name, code, message }));
`;
