/** What Node's fetch can do: an item's files into a folder, with nothing decided, verified or renamed. ITEM-FILE FOLDER HOW-MANY-AT-ONCE. */

import { mkdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';

const [file = '', folder = '', atOnce] = process.argv.slice(2);
mkdirSync(folder);
const { assets } = JSON.parse(readFileSync(file, 'utf8'));
/** @type {string[]} */
const hrefs = Object.values(assets).map(({ href }) => href);
await Promise.all(Array.from({ length: Number(atOnce) }, work));

async function work() {
  for (let href = hrefs.pop(); href !== undefined; href = hrefs.pop()) {
    const { body } = await fetch(href);
    const target = await open(join(folder, basename(href)), 'wx');
    for await (const bytes of /** @type {AsyncIterable<Uint8Array>} */ (/** @type {unknown} */ (body))) {
      await target.write(bytes);
    }
    await target.close();
  }
}
