/**
 * `npm run playground`: builds the playground and serves it on this machine.
 *
 *     npm run playground -- [--port N]                   serve it, and print the address
 *     npm run playground -- --build [FOLDER]             only write it, by default into build/playground
 *     npm run playground -- --build FOLDER --docs ADDRESS   with the docs elsewhere
 *
 * @module
 */

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { bootstrap } from '../../scripts/bootstrap.js';
import { build } from '../../scripts/build.js';
import { ensureInstalled } from '../../tests/support/install.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    build: { type: 'boolean', default: false },
    docs: { type: 'string' },
    port: { type: 'string', default: '8017' },
  },
});

bootstrap(['build']);
await build();
await ensureInstalled(fileURLToPath(new URL('.', import.meta.url)));
const { buildPlayground, defaultFolder } = await import('./build.js');
const target = positionals[0] === undefined ? defaultFolder : resolve(positionals[0]);
const { folder } = await buildPlayground(target, values.docs === undefined ? {} : { docs: values.docs });

if (values.build) console.log(folder);
else {
  const { serve } = await import('./serve.js');
  const { url } = await serve(folder, { port: Number(values.port) });
  console.log(`The playground is at ${url}`);
}
