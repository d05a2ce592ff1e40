/**
 * A task as a command, after `parse_args` and `cli` of `stactask/task.py`. Results go to stdout, everything else to
 * stderr.
 *
 * @module
 */

import { join } from 'node:path';
import process from 'node:process';
import { format, inspect } from 'node:util';
import { interruptible, interruptionCode } from '../cli/interrupt.js';
import { readInput } from '../cli/read.js';
import { outliveReader, print, printable } from '../cli/terminal.js';
import { parse, UsageError } from '../cli/usage.js';
import { StacTaskError } from '../errors.js';
import { checkedOptions, defaultMaxBytes } from '../options.js';
import { nameFailure, nameUncaught, urlOutOf } from './batch.js';
import { importing, optionHelp } from './help.js';
import { nameOf } from './href.js';
import { isElsewhere, outputTo, printResult } from './output.js';

/**
 * What reads and writes the addresses that the command itself does not.
 * @typedef {object} CommandOptions
 * @property {import('./href.js').HrefOptions['resolve']} [resolve]  reads the INPUT and the `href` of a payload, as for
 *   `handler`
 * @property {import('./output.js').CommandSink} [sink]  writes what `--output` or `url_out` names
 */

const commandOptions = /** @type {const} */ ({ resolve: 'function', sink: 'function' });

/**
 * @typedef {object} TaskArguments
 * @property {'run' | 'help' | 'version'} command
 * @property {string} logging   the level
 * @property {string} [input]   a path or URL; absent: standard input
 * @property {string} [output]  a path or URL; `-`: standard output; absent: the input's `url_out`, else standard output
 * @property {string} [workdir]
 * @property {boolean} [saveWorkdir]  absent unless asked for: then a work directory that was named is kept
 * @property {boolean} upload
 * @property {boolean} validate
 */

const options = /** @type {const} */ ({
  logging: { type: 'string', default: 'INFO' },
  output: { type: 'string' },
  workdir: { type: 'string' },
  'save-workdir': { type: 'boolean' },
  upload: { type: 'boolean' },
  'no-upload': { type: 'boolean' },
  'skip-upload': { type: 'boolean' },
  validate: { type: 'boolean' },
  'no-validate': { type: 'boolean' },
  'skip-validation': { type: 'boolean' },
  local: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
});

/** @param {typeof import('../task.js').Task} task */
const helpOf = ({ taskName, description }) => `Usage: ${taskName} run [OPTIONS] [INPUT]
       ${taskName} --version

${description}. INPUT is a payload: a file, an http(s) URL, or standard input where it is absent or -.

Options:
${optionHelp}`;

/**
 * @param {string[]} argv
 * @returns {TaskArguments}
 * @throws {StacTaskError} ERR_USAGE
 */
export function parseArgs(argv) {
  const [command, ...args] = argv;
  const none = { logging: 'INFO', upload: true, validate: true };
  if (command === undefined || command === '-h' || command === '--help') return { command: 'help', ...none };
  if (command === '--version') return { command: 'version', ...none };
  if (command !== 'run') throw usageError(`there is no command '${command}', only run`);
  const { values, positionals, tokens } = parsed(args);
  if (values.help) return { command: 'help', ...none };
  if (positionals.length > 1) throw usageError(`run takes one INPUT, not ${positionals.length}`);

  /** @type {string[]} */
  const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  for (const name of ['skip-upload', 'skip-validation']) {
    if (names.includes(name)) console.warn(`Argument ['--${name}'] is deprecated.`);
  }
  const { local = false, workdir = local ? 'local-output' : undefined } = values;
  const { output = local ? join(/** @type {string} */ (workdir), 'output-payload.json') : undefined } =
    values;
  const [input] = positionals;
  return {
    command: 'run',
    logging: values.logging,
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(workdir === undefined ? {} : { workdir }),
    ...(local || values['save-workdir'] ? { saveWorkdir: true } : {}),
    upload: !local && !values['skip-upload'] && isOn('upload', names),
    validate: !values['skip-validation'] && isOn('validate', names),
  };
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parse({ args, options, allowPositionals: true, tokens: true });
  } catch (error) {
    throw error instanceof UsageError ? usageError(error.message) : error;
  }
}

/**
 * Of `--upload` and `--no-upload` the last counts.
 * @param {string} name
 * @param {string[]} given
 */
const isOn = (name, given) => given.lastIndexOf(`no-${name}`) <= given.lastIndexOf(name);

/** @param {string} message @param {string} [hint] */
const usageError = (message, hint) => new StacTaskError('ERR_USAGE', message, { hint });

/**
 * @param {typeof import('../task.js').Task} task
 * @param {string[]} [argv]
 * @param {CommandOptions} [given]
 * @returns {Promise<number>} the exit code, which is set as well; 0 without a run in a module that `stac-task run` runs
 */
export async function cli(task, argv, given) {
  const settings = checkedOptions('cli()', given, commandOptions);
  /** @type {import('./help.js').Importer | undefined} */
  const importer = Reflect.get(globalThis, importing);
  if (importer && argv !== importer.argv) {
    importer.options = settings;
    return 0;
  }
  nameUncaught();
  outliveReader();
  const logger = new StderrLogger(task.taskName);
  const code = await command(task, argv ?? process.argv.slice(2), settings, logger);
  process.exitCode = code;
  return code;
}

/**
 * What fails before the task runs may be the command line's fault; what a task throws decides nothing but that it failed.
 *
 * @param {typeof import('../task.js').Task} task
 * @param {string[]} argv
 * @param {CommandOptions} settings
 * @param {StderrLogger} logger
 * @returns {Promise<number>} the exit code
 */
async function command(task, argv, settings, logger) {
  let work;
  try {
    work = await prepare(task, argv, settings, logger);
  } catch (/** @type {any} */ error) {
    return report(error, logger, error.code === 'ERR_USAGE' ? 2 : 1);
  }
  try {
    return await work();
  } catch (error) {
    return report(error, logger, interruptionCode(error) ?? 1);
  }
}

/**
 * @param {typeof import('../task.js').Task} task
 * @param {string[]} argv
 * @param {CommandOptions} settings
 * @param {StderrLogger} logger
 * @returns {Promise<() => Promise<number>>} what is to be done; gives the exit code
 */
async function prepare(task, argv, { resolve, sink }, logger) {
  const { command, logging, input = '-', output, ...rest } = parseArgs(argv);
  if (command !== 'run') {
    return () => print(command === 'help' ? helpOf(task) : `${task.version}\n`);
  }
  logger.threshold = levelOf(logging);
  if (isElsewhere(input) && !resolve) {
    throw usageError(
      `INPUT is a file or an http(s) URL, not ${printable(nameOf(input))}`,
      'Pass `resolve` to cli(), which reads it.',
    );
  }
  // What cannot be written should be known before an hour of work.
  let write = await writerOf(output, sink);
  const payload = isElsewhere(input) ? { href: input } : await readInput(input, defaultMaxBytes);
  if (output === undefined && payload instanceof Uint8Array) write = await writerOf(urlOutOf(payload), sink);
  return async () => {
    const result = await interruptible(async (signal) => {
      const options = { ...rest, logger, signal, ...(resolve ? { resolve } : {}) };
      const result = await task.handler(payload, options);
      await write?.(result, signal);
      return result;
    });
    // A reader that does not go on stops this whole process: then any interruption should end it.
    return write ? 0 : printResult(result);
  };
}

/**
 * @param {string | undefined} output
 * @param {CommandOptions['sink']} sink
 * @returns {Promise<import('./output.js').Write | undefined>} undefined for standard output
 */
const writerOf = async (output, sink) =>
  output === undefined || output === '-' ? undefined : outputTo(output, sink);

/**
 * @param {any} error
 * @param {StderrLogger} logger
 * @param {number} code  the exit code
 */
function report(error, logger, code) {
  if (!logger.hasSaid(error)) {
    process.stderr.write(`${logger.name}: ${printable(String(error?.message ?? error))}\n`);
    if (error?.hint) process.stderr.write(`  ${error.hint}\n`);
  }
  if (code === 2) process.stderr.write(`Try \`${logger.name} --help\`.\n`);
  nameFailure(error);
  return code;
}

const levels = /** @type {Record<string, number>} */ ({
  NOTSET: 0,
  DEBUG: 10,
  INFO: 20,
  WARN: 30,
  WARNING: 30,
  ERROR: 40,
  CRITICAL: 50,
  FATAL: 50,
});

/** @param {string} name */
function levelOf(name) {
  const level = Object.hasOwn(levels, name) ? levels[name] : undefined;
  if (level !== undefined) return level;
  throw usageError(`Unknown level: '${printable(name)}'`);
}

/** Writes as Python's logging does by default: `INFO:my-task:[id] message`. */
class StderrLogger {
  threshold = 20;
  /** @type {unknown} */
  #said = levels;

  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }

  /** @param {unknown[]} message */
  debug(...message) {
    this.#write('DEBUG', message);
  }

  /** @param {unknown[]} message */
  info(...message) {
    this.#write('INFO', message);
  }

  /** @param {unknown[]} message */
  warn(...message) {
    this.#write('WARNING', message);
  }

  /** @param {unknown[]} message */
  error(...message) {
    this.#write('ERROR', message);
  }

  /** @param {unknown} error */
  hasSaid(error) {
    return this.#said === error;
  }

  /**
   * @param {string} level
   * @param {unknown[]} message
   */
  #write(level, message) {
    if (Number(levels[level]) < this.threshold) return;
    const last = message.at(-1);
    const error = message.length > 1 && last instanceof Error ? last : undefined;
    if (error) this.#said = error;
    const text = [format(...(error ? message.slice(0, -1) : message)), ...detailsOf(error)].join('\n');
    const lines = text.split('\n').map(printable);
    process.stderr.write(`${level}:${this.name}:${lines.join('\n')}\n`);
  }
}

/**
 * Of what this package throws, what to do about it: the payload is at fault, and where it was thrown helps nobody.
 * @param {Error | undefined} error
 * @returns {string[]}
 */
function detailsOf(error) {
  if (!(error instanceof StacTaskError)) return error ? [inspect(error)] : [];
  return error.hint ? [`  ${error.hint}`] : [];
}
