/**
 * Visits to the playground in one browser.
 *
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { validate } from 'stac-task';
import { eventually } from '../support/browsers.js';
import { listed, verdictOf } from './playground-expected.js';
import {
  builtPlayground,
  findings,
  picture,
  servePlayground,
  verdict,
  violations,
  whenReady,
} from './playground-page.js';

/**
 * @typedef {object} Visit
 * @property {import('../support/browsers.js').Page} page
 * @property {Awaited<ReturnType<typeof servePlayground>>} server
 * @property {(name: string) => Promise<void>} looksWell  takes a picture, and lets axe judge
 */

/**
 * @typedef {object} SiteOptions
 * @property {string} [fragment]  of the address, with its #
 * @property {import('../support/server.js').Site['answers']} [answers]  in the place of files
 */

/** @typedef {import('../support/browsers.js').PageOptions & SiteOptions} VisitOptions */

/**
 * @typedef {object} Tools
 * @property {(work: (visit: Visit) => Promise<void>, options?: VisitOptions) => Promise<void>} visit  opens the page and
 *   waits until its editor is there; at the end nothing may be red in its console
 * @property {typeof shows} shows
 * @property {() => string} folder  of the built page
 */

/**
 * Describes tests of the playground in one browser, which runs while they do.
 *
 * @param {import('../support/browsers.js').Engine} engine
 * @param {(tools: Tools) => void} tests
 */
export function inPlayground(engine, tests) {
  /** @type {string} */
  let folder;
  /** @type {import('../support/browsers.js').Browser} */
  let browser;

  describe(`the playground in ${engine.name}`, () => {
    before(async () => {
      folder = await builtPlayground();
      browser = await engine.launch();
    });
    after(() => browser?.close());
    tests({ visit, shows, folder: () => folder });
  });

  /** @type {Tools['visit']} */
  async function visit(work, { fragment = '', answers, ...options } = {}) {
    const server = await servePlayground(folder, answers);
    try {
      const page = await browser.open(server.url + fragment, options);
      try {
        await whenReady(page);
        const looksWell = async (/** @type {string} */ name) => {
          await picture(page, `${engine.name} ${name}`);
          assert.deepEqual(await violations(page), [], name);
        };
        await work({ page, server, looksWell });
        assert.deepEqual(await page.errors(), []);
      } catch (error) {
        await picture(page, `${engine.name} failed`);
        throw error;
      } finally {
        await page.close();
      }
    } finally {
      server.close();
    }
  }
}

/**
 * Waits until the page shows what the package says of a text.
 *
 * @param {import('../support/browsers.js').Page} page
 * @param {string} text
 * @param {import('stac-task').ValidateOptions} [options]
 */
async function shows(page, text, options) {
  const report = await validate(text, options);
  const expected = { verdict: verdictOf(report), findings: listed(report) };
  await eventually(async () =>
    assert.deepEqual({ verdict: await verdict(page), findings: await findings(page) }, expected),
  );
}
