/**
 * How a download is getting on: on a terminal a few lines that change, otherwise a line for each file.
 *
 * @module
 */

import { formatBytes, printable, visitLine } from './terminal.js';

/** @typedef {import('#package').DownloadMessage} Message */

/**
 * @typedef {object} File
 * @property {string} key
 * @property {number} size  bytes that are there
 * @property {number} offset  how many of them the last attempt began with
 * @property {number | null} total
 * @property {number} since  when that was
 */

/** Milliseconds between two drawings. */
const pause = 100;

/** Files that a terminal shows at once. */
const mostShown = 6;

const barWidth = 20;

const now = () => performance.now();

export class Progress {
  #out;
  #isQuiet;
  #isTerminal;
  /** By path, those that are being downloaded. @type {Map<string, File>} */
  #files = new Map();
  #counts = { done: 0, skipped: 0, failed: 0 };
  /** Bytes of finished files. */
  #size = 0;
  /** Bytes that have arrived, those that were thrown away again too. */
  #arrived = 0;
  #start = now();
  #drawn = 0;
  #lines = 0;

  /**
   * @param {NodeJS.WriteStream} out
   * @param {boolean} isQuiet
   */
  constructor(out, isQuiet) {
    this.#out = out;
    this.#isQuiet = isQuiet;
    this.#isTerminal = out.isTTY === true;
  }

  /** @param {Message} message */
  tell(message) {
    if (this.#isQuiet && message.kind !== 'authenticate') return;
    this.#take(message);
    if (this.#isTerminal && now() - this.#drawn >= pause) this.#draw();
  }

  end() {
    if (this.#isQuiet) return;
    this.#clear();
    const { done, skipped, failed } = this.#counts;
    if (done + skipped + failed === 0) return;
    const rest = [skipped && `${skipped} there before`, failed && `${failed} failed`].filter(Boolean);
    this.#line([`${done} downloaded`, ...rest, this.#rate()].join(', '));
  }

  /** @param {Message} message */
  #take(message) {
    switch (message.kind) {
      case 'start':
        this.#files.set(message.path, { key: message.key, size: 0, offset: 0, total: null, since: now() });
        break;
      case 'open': {
        const { offset = 0 } = /** @type {{ offset?: number }} */ (message);
        const begun = { size: offset, offset, total: message.size, since: now() };
        Object.assign(this.#files.get(message.path) ?? {}, begun);
        break;
      }
      case 'chunk': {
        const file = this.#files.get(message.path);
        if (file) file.size += message.size;
        this.#arrived += message.size;
        break;
      }
      case 'finish': {
        const size = this.#files.get(message.path)?.size ?? 0;
        this.#size += size;
        this.#counts.done += 1;
        this.#files.delete(message.path);
        if (!this.#isTerminal) this.#line(`${message.key}: ${formatBytes(size)}`);
        break;
      }
      case 'skip':
        this.#counts.skipped += 1;
        if (!this.#isTerminal) this.#line(`${message.key}: there before`);
        break;
      case 'error':
        this.#counts.failed += 1;
        this.#files.delete(message.path);
        break;
      case 'authenticate':
        this.#clear();
        this.#out.write(visitLine(message));
        break;
      case 'warning':
        this.#clear();
        this.#line(`warning: ${message.message}`);
        break;
      default:
    }
  }

  #draw() {
    this.#drawn = now();
    this.#clear();
    const files = [...this.#files.values()];
    const shown = files.slice(0, mostShown).map((file) => this.#lineOf(file));
    const hidden = files.length - shown.length;
    const { done, skipped, failed } = this.#counts;
    const total = `${done + skipped} done, ${files.length} on their way${hidden > 0 ? ` (${hidden} not shown)` : ''}${failed > 0 ? `, ${failed} failed` : ''}, ${this.#rate()}`;
    for (const line of [...shown, total]) this.#line(line);
    this.#lines = shown.length + 1;
  }

  /** @param {File} file */
  #lineOf({ key, size, offset, total, since }) {
    const name = printable(key).slice(0, 24).padEnd(24);
    if (total === null || total === 0) return `${name} ${formatBytes(size)}`;
    const part = Math.min(1, size / total);
    const filled = Math.round(part * barWidth);
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
    const rate = (size - offset) / (now() - since);
    const left = rate > 0 ? `${Math.ceil(Math.max(0, total - size) / rate / 1000)} s left` : '';
    return `${name} ${bar} ${formatBytes(size)} of ${formatBytes(total)} ${left}`;
  }

  #rate() {
    const size = [...this.#files.values()].reduce((sum, file) => sum + file.size, this.#size);
    const seconds = Math.max(0.001, (now() - this.#start) / 1000);
    return `${formatBytes(size)} at ${formatBytes(this.#arrived / seconds)}/s`;
  }

  /** Take back what was drawn last. */
  #clear() {
    if (this.#lines > 0) this.#out.write(`\x1b[${this.#lines}A\x1b[J`);
    this.#lines = 0;
  }

  /** @param {string} text */
  #line(text) {
    const width = this.#isTerminal ? Math.max(20, (this.#out.columns || 80) - 1) : Number.POSITIVE_INFINITY;
    this.#out.write(`${[...printable(text)].slice(0, width).join('')}\n`);
  }
}
