/**
 * The browsers that tests run in, behind one small interface: what a person does with a page, and what he sees of it.
 *
 * @module
 */

import { setTimeout as delay } from 'node:timers/promises';

import { chromium } from './chromium.js';
import { firefox } from './firefox.js';
import { webkit } from './webkit.js';

/**
 * @typedef {object} Engine
 * @property {'Chromium' | 'Firefox' | 'WebKit'} name
 * @property {() => Promise<Browser>} launch
 */

/**
 * @typedef {object} Browser
 * @property {(url: string, options?: PageOptions) => Promise<Page>} open  a page, when it has loaded. The
 *   profile is fresh; WebKit's knows the origins of pages that were closed
 * @property {() => Promise<void>} close  with all pages, processes and profiles
 */

/**
 * @typedef {object} PageOptions
 * @property {number} [width]  default 1280 by 900; WebKit's window is no narrower than 447
 * @property {number} [height]
 * @property {boolean} [dark]  what the page is told of the user's colour scheme
 */

/**
 * Input is the browser's own: the events that a page gets are trusted.
 *
 * @typedef {object} Page
 * @property {(url: string) => Promise<void>} goto
 * @property {<T, A extends unknown[]>(work: (...args: A) => T | Promise<T>, ...args: A) => Promise<T>} evaluate  runs a
 *   function in the page; what goes in and what comes out is JSON
 * @property {(selector: string) => Promise<void>} click
 * @property {(selector: string) => Promise<void>} hover
 * @property {(text: string) => Promise<void>} type   into what has the focus
 * @property {(key: string) => Promise<void>} press   as `Enter` or `Control+a`
 * @property {(selector: string, path: string) => Promise<void>} choose  a file
 * @property {(width: number, height: number) => Promise<void>} resize
 * @property {() => Promise<Buffer>} screenshot  of what is in view, PNG
 * @property {() => Promise<string[]>} errors  what is red in the console
 * @property {() => Promise<void>} close
 */

/** @type {Engine[]} */
export const engines = [chromium, firefox, webkit];

const patience = 20_000;

/**
 * Does something again until it does not throw, and throws what it threw last.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function eventually(work) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > end) throw error;
      await delay(15);
    }
  }
}

/**
 * Waits until a function in the page gives something true, and gives that.
 *
 * @template T
 * @template {unknown[]} A
 * @param {Page} page
 * @param {(...args: A) => T | Promise<T>} condition  runs in the page
 * @param {A} args
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(page, condition, ...args) {
  return eventually(async () => {
    const value = await page.evaluate(condition, ...args);
    if (value) return value;
    const said = (await page.errors()).join('\n');
    throw new Error(`still without ${condition}(${JSON.stringify(args)})\nconsole: ${said}`);
  });
}
