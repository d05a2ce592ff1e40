/**
 * `npm run docs`: the site of docs/, in build/site/dist.
 *
 *     npm run docs -- [--serve] [--base /PATH/] [--playground FOLDER]
 *
 * `--serve` serves it afterwards on 127.0.0.1. `--base` is the path that it will have on its host. `--playground` names
 * the built playground, by default build/playground; where there is none the site has no link to it.
 *
 * @module
 */

import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.js';
import { build } from './build.js';
import { root, say } from './run.js';

/** @typedef {{ base?: string, playground?: string }} SiteOptions */

/** @param {SiteOptions} [options] */
export async function buildDocs({ base = '/', playground = join(root, 'build/playground') } = {}) {
  if (!/^\/([^/]+\/)*$/.test(base)) throw new Error(`--base is a path such as /docs/, and not ${base}`);
  const site = join(root, 'docs/site');
  const { ensureInstalled } = await import(join(root, 'tests/support/install.js'));
  await ensureInstalled(site);
  const { buildSite, siteFolder } = await import(join(site, 'build.js'));
  const { pages } = await buildSite({ base, playground });
  say(`${pages} pages in ${siteFolder}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { serve: { type: 'boolean' }, base: { type: 'string' }, playground: { type: 'string' } },
  });
  bootstrap(['build']);
  await build();
  const { serve, base, playground } = values;
  await buildDocs({ ...(base && { base }), ...(playground && { playground: resolve(playground) }) });
  if (serve) {
    const { serveSite } = await import(join(root, 'docs/site/build.js'));
    say(await serveSite(base ?? '/'));
  }
}
