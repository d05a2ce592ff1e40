/**
 * Hosts with a file system: the chunk is a file beside this one.
 *
 * @module
 */

import { compileBytes, NoModule } from '../compile.js';

/**
 * @param {() => URL} locate   throws where a bundler has taken `import.meta.url` away
 * @param {import('../compile.js').FileReader} readFile
 * @param {(error: any) => boolean} isLost  whether a failure to read means that the file is not there
 * @returns {() => Promise<import('../host.js').WasmModule>}
 */
export const fromFile = (locate, readFile, isLost) => async () => {
  /** @type {URL} */
  let url;
  try {
    url = locate();
  } catch (error) {
    throw new NoModule('its address cannot be formed', error);
  }
  const bytes = await readFile(url).catch((error) => {
    throw isLost(error) ? new NoModule(`${url.href} cannot be read`, error) : error;
  });
  return compileBytes(bytes, url.href);
};
