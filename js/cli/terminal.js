/**
 * What a person sees: colours where they are wanted, and nothing that a payload could do to a terminal.
 *
 * @module
 */

import process from 'node:process';
import { shownName } from './read.js';

const paints = /** @type {const} */ ({
  error: '31',
  warning: '33',
  info: '36',
  ok: '32',
  removed: '31',
  added: '32',
  place: '36',
  dim: '2',
  bold: '1',
});

/** @typedef {(style: keyof typeof paints, text: string) => string} Paint */

/**
 * @param {boolean} colors
 * @returns {Paint}
 */
export const painter = (colors) => (style, text) => (colors ? `\x1b[${paints[style]}m${text}\x1b[0m` : text);

/** The options of the command line that `wantsColors` reads. */
export const colorOptions = /** @type {const} */ ({
  color: { type: 'boolean', default: false },
  'no-color': { type: 'boolean', default: false },
});

export const colorHelp = `  --color, --no-color
                   default: colours on a terminal, unless NO_COLOR is set`;

/**
 * What was asked for, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal.
 * @param {{ color?: boolean, 'no-color'?: boolean }} values
 * @param {{ isTTY?: boolean }} stream
 */
export function wantsColors(values, stream) {
  if (values.color || values['no-color']) return !values['no-color'];
  if (process.env.NO_COLOR) return false;
  const { FORCE_COLOR } = process.env;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return stream.isTTY === true && process.env.TERM !== 'dumb';
}

/** Control characters would move the cursor, or worse; what is invisible or half a character misleads. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * One line of a text that comes from outside.
 * @param {string} text
 */
export const printable = (text) => text.replace(unprintable, (c) => (c === '\t' ? ' ' : '\ufffd'));

/**
 * JSON that leaves the terminal alone, too: the characters that `JSON.stringify` does not escape are.
 * @param {string} json
 */
export const escapeJson = (json) =>
  json.replace(/(?![\n\r\t])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (characters) =>
    characters.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );

/** @param {unknown} value */
export const formatJson = (value) => `${escapeJson(JSON.stringify(value, null, 2))}\n`;

/** In full, whatever the width: somebody has to copy it. @param {{ url: string, code: string | null }} message */
export const visitLine = ({ url, code }) =>
  `${printable(`Visit ${url} to authenticate${code === null ? '' : `, with the code ${code}`}`)}\n`;

/** @param {number} count @param {string} noun */
export const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** @param {number} bytes */
export function formatBytes(bytes) {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const unit = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** unit).toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}

/** What a person calls an input. @param {string} file */
export const displayName = (file) => (file === '-' ? '<stdin>' : printable(shownName(file)));

/** The exit code where the reader of standard output has gone away: as of programs that SIGPIPE ends. */
const readerGone = 141;

/**
 * End quietly when the reader of standard output, such as `head`, goes away: nobody wants the rest. For commands that
 * have nothing else to do once they print.
 */
export const endWithReader = () => listen(endQuietly);

/** Go on without the reader: for work whose result goes elsewhere, or later by {@link print}. */
export const outliveReader = () => listen(goOn);

/** @param {typeof goOn} onOutputError */
function listen(onOutputError) {
  const { stdout, stderr } = process;
  stdout.off('error', endQuietly).off('error', goOn).on('error', onOutputError);
  stderr.off('error', goOn).on('error', goOn);
}

/** @param {NodeJS.ErrnoException} error */
function goOn(error) {
  if (error.code !== 'EPIPE') throw error;
}

/** @param {NodeJS.ErrnoException} error */
function endQuietly(error) {
  goOn(error);
  process.exit(readerGone);
}

/**
 * Write a result to standard output, after `outliveReader`.
 * @param {string | Uint8Array} text
 * @returns {Promise<number>} the exit code: 0 when all is written, another when the reader has gone away
 */
export const print = (text) =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve(0);
      else if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPIPE') resolve(readerGone);
      else reject(error);
    });
  });
