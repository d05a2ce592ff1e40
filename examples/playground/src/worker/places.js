/**
 * Where things stand in a text, without a tree of it.
 *
 * @module
 */

import { visit } from 'jsonc-parser';

/** @typedef {import('./api.js').Place} Place */

const escaped = (/** @type {string | number} */ segment) =>
  String(segment).replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * @param {string} text  JSON
 * @param {(pointer: string) => boolean} isWanted  of a value, by its JSON Pointer
 * @param {(pointer: string) => boolean} holdsWanted  whether to look into it
 * @param {(pointer: string, place: Place) => void} found
 */
function walk(text, isWanted, holdsWanted, found) {
  /** What is open and wanted, or undefined. @type {({ pointer: string, from: number } | undefined)[]} */
  const open = [];
  const begin = (/** @type {number} */ offset, /** @type {() => (string | number)[]} */ path) => {
    const pointer = path()
      .map((segment) => `/${escaped(segment)}`)
      .join('');
    open.push(isWanted(pointer) ? { pointer, from: offset } : undefined);
    return holdsWanted(pointer);
  };
  const end = (/** @type {number} */ offset, /** @type {number} */ length) => {
    const closed = open.pop();
    if (closed) found(closed.pointer, { from: closed.from, to: offset + length });
  };
  visit(text, {
    onObjectBegin: (offset, _length, _line, _column, path) => begin(offset, path),
    onArrayBegin: (offset, _length, _line, _column, path) => begin(offset, path),
    onObjectEnd: end,
    onArrayEnd: end,
    onLiteralValue(_value, offset, length, _line, _column, path) {
      begin(offset, path);
      end(offset, length);
    },
  });
}

/**
 * The place of each element of `features`; of the last such member, which is the one that counts.
 * @param {string} text
 * @returns {Place[]}
 */
export function placesOfItems(text) {
  /** @type {Place[]} */
  const places = [];
  const isItem = (/** @type {string} */ pointer) => /^\/features\/\d+$/.test(pointer);
  walk(
    text,
    isItem,
    (pointer) => {
      // Begun once more: what stood in the member before does not count.
      if (pointer === '/features') places.length = 0;
      return pointer === '' || pointer === '/features';
    },
    (pointer, place) => {
      places[Number(pointer.slice('/features/'.length))] = place;
    },
  );
  return places;
}

/**
 * The same payload with some of its items; everything else is as it was written.
 * @param {string} text
 * @param {Place[]} places  of all items
 * @param {number} from     of the first that stays
 * @param {number} to       of the first behind it that goes
 */
export function onlyItems(text, places, from, to) {
  const [first, last] = [places[0], places.at(-1)];
  const [begin, end] = [places[from], places[to - 1]];
  if (!first || !last || !begin || !end) return text;
  return text.slice(0, first.from) + text.slice(begin.from, end.to) + text.slice(last.to);
}

/**
 * @param {string} text
 * @param {string} wanted  JSON Pointer
 * @returns {Place | null}
 */
export function placeOf(text, wanted) {
  /** @type {Place | null} */
  let last = null;
  walk(
    text,
    (pointer) => pointer === wanted,
    (pointer) => wanted.startsWith(`${pointer}/`),
    (_pointer, place) => {
      last = place;
    },
  );
  return last;
}
