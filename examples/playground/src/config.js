/**
 * What can be chosen about a playground, in one place.
 *
 * @module
 */

/**
 * The page that explains each finding, under a heading that is its code: the build writes it into the page.
 * @param {string} code
 */
export function docsOf(code) {
  const named = document.querySelector('meta[name="docs"]')?.getAttribute('content');
  return `${new URL(named ?? 'docs/findings.html', document.baseURI)}#${code}`;
}

/** Payloads of the menu, by file name. */
export const examples = [
  { file: 'broken.json', title: 'NAIP, broken' },
  { file: 'legacy.json', title: 'MODIS, deprecated spelling' },
  { file: 'truncated.json', title: 'Truncated text' },
  { file: 'sentinel-2.json', title: 'Sentinel-2' },
  { file: 'landsat.json', title: 'Landsat' },
  { file: 'scene.json', title: 'Islands, with files to download' },
];

/** What the page begins with; its text is in the HTML. */
export const firstExample = 'broken.json';

/** A file or an answer larger than this is not opened, in bytes. */
export const largestInput = 64 * 1024 * 1024;

/** A link longer than this is not made: chats and mail programs cut such links. In characters. */
export const longestLink = 32_000;

/** How long typing must rest before the text is checked, in milliseconds. */
export const restOf = (/** @type {number} */ length) => (length < 200_000 ? 120 : 400);

/** More findings or items are listed only when they are asked for. */
export const listedAtFirst = 100;
