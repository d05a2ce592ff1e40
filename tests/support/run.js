import { spawn } from 'node:child_process';

/**
 * @typedef {object} Outcome
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 * @property {string} stdout
 * @property {string} stderr
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

process.on('exit', () => running.forEach(kill));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => process.exit(1));
}

/**
 * The environment for a child: this process's, without what would change how Node, npm or a test runner behaves in it.
 *
 * @param {Record<string, string>} [extra]
 */
export function childEnvironment(extra = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(NODE_|npm_|INIT_CWD$|FORCE_COLOR$)/i.test(name),
  );
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', CI: '1', ...extra };
}

/**
 * Starts a child in a process group of its own, so that whatever it starts ends with it. The caller must call `kill`;
 * should it not get that far, the child is killed when this process ends.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, stdio?: import('node:child_process').StdioOptions }} [options]
 */
export function start(command, args, { cwd, env, stdio = 'pipe' } = {}) {
  const child = spawn(command, args, { cwd, env: childEnvironment(env), stdio, detached: true });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** @param {import('node:child_process').ChildProcess} child */
export function kill(child) {
  running.delete(child);
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/**
 * Runs a command to its end and tells how it went; never rejects because the command failed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, input?: string, timeout?: number }} [options]
 * @returns {Promise<Outcome>}
 */
export function run(command, args, { cwd, env, input, timeout = 60_000 } = {}) {
  const child = start(command, args, { cwd, env });
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    const timer = setTimeout(() => {
      stderr += `\n(killed: still running after ${timeout} ms)`;
      kill(child);
    }, timeout);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`cannot start ${command}: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr });
    });
    child.stdin.on('error', () => {}); // a child may end without reading its input
    child.stdin.end(input ?? '');
  });
}

/**
 * Runs a command that must succeed. The error says what ran and shows everything that it printed.
 *
 * @param {Parameters<typeof run>} parameters
 */
export async function runOk(...parameters) {
  const outcome = await run(...parameters);
  if (outcome.code !== 0) throw new Error(describe(parameters[0], parameters[1], outcome));
  return outcome;
}

/**
 * Runs a command that must succeed and whose last line of output is JSON; gives that value.
 *
 * @param {Parameters<typeof run>} parameters
 */
export async function runForJson(...parameters) {
  const outcome = await runOk(...parameters);
  const lastLine = outcome.stdout.trimEnd().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(lastLine);
  } catch {
    throw new Error(`no JSON on the last line of output\n${describe(parameters[0], parameters[1], outcome)}`);
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Outcome} outcome
 */
export function describe(command, args, { code, signal, stdout, stderr }) {
  return [
    `${command} ${args.join(' ')}`,
    `ended with ${signal ?? `exit code ${code}`}`,
    `--- stdout\n${shorten(stdout)}`,
    `--- stderr\n${shorten(stderr)}`,
  ].join('\n');
}

/**
 * Cuts long lines: runtimes quote the line that failed, and a minified module is one line.
 *
 * @param {string} text
 */
function shorten(text) {
  const limit = 400;
  const lines = text.trimEnd().split('\n');
  return lines
    .map((line) => (line.length > limit ? `${line.slice(0, limit)} … (${line.length} characters)` : line))
    .join('\n');
}

/**
 * Waits until a server says where it listens.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>} its address
 */
export function addressOf(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('close', (code) => reject(new Error(`it ended with exit code ${code}: ${output}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
        const [url] = output.match(/http:\/\/127\.0\.0\.1:[1-9]\d*/) ?? [];
        if (url) resolve(url);
      });
    }
  });
}
