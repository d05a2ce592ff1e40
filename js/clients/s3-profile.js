/**
 * AWS's shared files, `~/.aws/credentials` and `~/.aws/config`. Only where there are files.
 *
 * @module
 */

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fromEnvironment, isPermitted } from '../runtime/environment.js';

/**
 * The values of the profile that the environment names, as a section of both files; the credentials file goes first.
 * @returns {Promise<Record<string, string>>} empty where there is no such profile
 */
export async function readProfile() {
  const name = fromEnvironment('AWS_PROFILE') || fromEnvironment('AWS_DEFAULT_PROFILE') || 'default';
  const config = await textOf(fromEnvironment('AWS_CONFIG_FILE') || inHome('config'));
  const credentials = await textOf(fromEnvironment('AWS_SHARED_CREDENTIALS_FILE') || inHome('credentials'));
  const inConfig = name === 'default' ? [name, `profile ${name}`] : [`profile ${name}`];
  return { ...sectionOf(config, inConfig), ...sectionOf(credentials, [name]) };
}

/** @param {string} name @returns {string} empty where Deno does not permit to know */
const inHome = (name) => (isPermitted({ name: 'sys', kind: 'homedir' }) ? join(homedir(), '.aws', name) : '');

/**
 * @param {string} path
 * @returns {Promise<string>} empty where there is no such file
 */
async function textOf(path) {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * @param {string} text  an INI file, in which indented lines belong to the value above
 * @param {string[]} names
 */
function sectionOf(text, names) {
  /** @type {Record<string, string>} */
  const values = {};
  let isIn = false;
  for (const line of text.split(/\r?\n/)) {
    const [, header] = /^\[\s*(.*?)\s*\]/.exec(line) ?? [];
    if (header !== undefined) isIn = names.includes(header.replace(/\s+/g, ' '));
    const [, key, value] = /^([^\s#;=[][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (isIn && key !== undefined && value !== undefined) values[key.toLowerCase()] = value;
  }
  return values;
}
