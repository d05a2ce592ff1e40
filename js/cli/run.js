/**
 * `stac-task run`.
 *
 * @module
 */

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { importing, optionHelp } from '../task/help.js';
import { fileError, isFileUrl } from './read.js';
import { displayName, outliveReader } from './terminal.js';
import { UsageError } from './usage.js';

export const summary = 'run the task of a module on a payload';

export const help = `Usage: stac-task run MODULE [OPTIONS] [INPUT]

Run a task. MODULE is a JavaScript file whose default export is a class that extends Task, or that exports just one.
INPUT is a payload: a file, an http(s) URL, or standard input where it is absent or -.

Options:
${optionHelp}`;

/** @typedef {typeof import('#package').Task} TaskClass */

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run([file, ...args]) {
  if (file === undefined || file.startsWith('-')) throw new UsageError('run needs a MODULE first');
  const name = displayName(file);
  const argv = ['run', ...args];
  outliveReader();
  /** @type {import('../task/help.js').Importer} */
  const importer = { argv };
  Object.assign(globalThis, { [importing]: importer });
  const giveUp = (/** @type {number} */ code) => sayUnfinished(code, name);
  process.on('exit', giveUp);
  try {
    const exported = await load(file);
    return await taskOf(exported, name).cli(argv, importer.options);
  } finally {
    process.off('exit', giveUp);
  }
}

/**
 * A module may end the process with what its own `cli()` gives, or wait for what never comes: then nobody has seen the
 * task succeed.
 * @param {number} code
 * @param {string} name
 */
function sayUnfinished(code, name) {
  if (code !== 0) return;
  process.stderr.write(`stac-task: ${name} ended the process before its task had ended\n`);
  process.exitCode = 1;
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, unknown>>} what the module exports
 */
async function load(file) {
  const path = isFileUrl(file) ? fileURLToPath(file) : resolve(file);
  // Otherwise a module that is missing could be one that this one imports.
  await stat(path).catch((error) => {
    throw fileError(displayName(file), error);
  });
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    // Its stack says where, which the message alone does not.
    const { stack } = /** @type {Error} */ (error ?? {});
    throw new Error(`${displayName(file)} cannot be loaded: ${stack ?? error}`);
  }
}

/**
 * @param {Record<string, unknown>} namespace
 * @param {string} name
 * @returns {TaskClass}
 */
function taskOf(namespace, name) {
  const exported = moduleOf(namespace);
  if (isTask(exported['default'])) return exported['default'];
  const tasks = Object.entries(exported).filter(([, value]) => isTask(value));
  const [only, ...others] = tasks;
  if (only && others.length === 0) return /** @type {TaskClass} */ (only[1]);
  if (!only) throw new Error(`${name} exports no class that extends Task`);
  const names = tasks.map(([each]) => each).join(', ');
  throw new Error(`${name} exports several tasks, ${names}: make one of them the default export`);
}

/**
 * What a module exported before a compiler made CommonJS of it: all of that is the default export to `import()`.
 * @param {Record<string, any>} namespace
 * @returns {Record<string, unknown>}
 */
const moduleOf = (namespace) => (namespace['default']?.__esModule ? namespace['default'] : namespace);

/**
 * Whether a value is a task of its own, also of another copy of this package.
 * @param {any} value
 * @returns {value is TaskClass}
 */
const isTask = (value) =>
  typeof value === 'function' && value.isStacTask === true && !Object.hasOwn(value, 'isStacTask');
