/**
 * The command `stac-task`. Results go to stdout, everything else to stderr. Exit code 0: it succeeded;
 * 1: the input is bad or something failed; 2: the command line is wrong; 129, 130 or 143: it was interrupted;
 * 141: the reader of stdout has gone away.
 *
 * @module
 */

import process from 'node:process';
import { version } from '#package';
import * as download from './download.js';
import * as explain from './explain.js';
import * as fix from './fix.js';
import * as info from './info.js';
import * as runTask from './run.js';
import * as schema from './schema.js';
import { endWithReader } from './terminal.js';
import { UsageError } from './usage.js';
import * as validate from './validate.js';

/**
 * @typedef {object} Command
 * @property {string} summary
 * @property {string} help
 * @property {(args: string[]) => Promise<number>} run  gives the exit code
 */

/** @type {Record<string, Command>} */
const commands = { validate, fix, explain, schema, run: runTask, download, info };

const help = () => `stac-task ${version}: payloads and tasks for STAC

Usage: stac-task COMMAND [OPTIONS] …

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join('\n')}

\`stac-task COMMAND --help\` explains each. --version prints the version.
`;

/**
 * @param {string[]} argv  without the program's own name
 * @returns {Promise<number>} the exit code
 */
async function main([name, ...args]) {
  if (name === undefined) {
    process.stderr.write(help());
    return 2;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help());
    return 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`there is no command '${name}'`);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(command.help);
    return 0;
  }
  return command.run(args);
}

/**
 * @param {unknown} error
 * @returns {number} the exit code, which an interruption brings along
 */
function report(error) {
  const text = error instanceof Error ? error.message : String(error);
  const hint = /** @type {{ hint?: string }} */ (error)?.hint;
  process.stderr.write(`stac-task: ${text}\n${hint ? `  ${hint}\n` : ''}`);
  if (error instanceof UsageError) process.stderr.write('Try `stac-task --help`.\n');
  const { exitCode = 1 } = /** @type {{ exitCode?: number }} */ (error ?? {});
  return error instanceof UsageError ? 2 : exitCode;
}

endWithReader();

main(process.argv.slice(2))
  .catch(report)
  .then((code) => {
    process.exitCode = code;
  });
