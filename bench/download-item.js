/** Download an item: ITEM-FILE FOLDER HOW-MANY-AT-ONCE. */

import { readFileSync } from 'node:fs';
import { downloadItem } from 'stac-task';

const [file = '', folder = '', atOnce] = process.argv.slice(2);
await downloadItem(JSON.parse(readFileSync(file, 'utf8')), folder, {
  maxConcurrentDownloads: Number(atOnce),
});
