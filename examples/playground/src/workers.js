/**
 * The two workers: one checks, and one knows the schema, which begins when it is first asked.
 *
 * @module
 */

import { caller } from './rpc.js';

/** @typedef {import('./worker/api.js').CheckWorker} CheckWorker */

/** @param {(load: import('./loads.js').Load) => void} sawLoad */
export function workers(sawLoad) {
  const listener = (/** @type {any} */ { load }) => load && sawLoad(load);
  const call = caller(new Worker(new URL('./check.js', import.meta.url), { type: 'module' }), listener);
  const check = /** @type {CheckWorker} */ (
    new Proxy(
      {},
      {
        get(_, name) {
          // The last argument of what tells of its progress is who listens.
          return (/** @type {unknown[]} */ ...args) => {
            const progress =
              typeof args.at(-1) === 'function' ? /** @type {() => void} */ (args.pop()) : undefined;
            return call(String(name), args, progress);
          };
        },
      },
    )
  );

  /** @type {ReturnType<typeof caller> | undefined} */
  let schemaCall;
  let sent = -1;

  /**
   * @param {() => { version: number, text: string }} current
   * @returns {import('./editor/editor.js').SchemaAsker}
   */
  function schema(current) {
    schemaCall ??= caller(new Worker(new URL('./schema.js', import.meta.url), { type: 'module' }), listener);
    const ask = (/** @type {string} */ name) => async (/** @type {number} */ offset) => {
      const { version, text } = current();
      const isKnown = sent === version;
      sent = version;
      try {
        return await schemaCall?.(name, [version, isKnown ? null : text, offset]);
      } catch (error) {
        // Whether it has the text by now, nobody knows.
        sent = -1;
        throw error;
      }
    };
    return { complete: ask('complete'), hover: ask('hover') };
  }

  return { check, schema };
}
