/**
 * Small helpers for the scripts: say what is done, do it, stop when it fails.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder, without a slash at the end. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** @param {string} name  of a command in node_modules */
export const bin = (name) => join(root, 'node_modules/.bin', name);

/** @param {string} text */
export const say = (text) => console.error(`\x1b[2m• ${text}\x1b[0m`);

/**
 * Run a command in the repository and wait for it. Its output is shown, or kept until it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string>, cwd?: string, name?: string }} [options]  name: for the message
 */
export function run(command, args, { quiet = false, env = {}, cwd = root, name } = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status === 0) return;
  if (quiet) console.error(stdout, stderr);
  console.error(`✗ ${name ?? [command, ...args].join(' ')}: ${error?.message ?? `exit code ${status}`}`);
  process.exit(1);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {string} what it prints, or '' if it fails
 */
export function output(command, args) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}

/**
 * Build a CMake tree, configuring it the first time.
 * @param {string} folder
 * @param {string[]} configure  the command that configures, without the folder and the generator
 * @param {Record<string, string>} env
 */
export function cmakeBuild(folder, configure, env) {
  const [command = 'cmake', ...args] = configure;
  if (!existsSync(join(folder, 'build.ninja'))) {
    run(command, [...args, '-B', folder, '-G', 'Ninja'], { quiet: true, env });
  }
  run('ninja', ['-C', folder], { quiet: true, env });
}
