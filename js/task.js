/**
 * Tasks, after `stactask/task.py`.
 *
 * @module
 */

import { commandLine, workdirs } from '#host';
import { downloadItems } from './assets.js';
import { assignCollectionsSync } from './collections.js';
import { FailedValidation, StacTaskError, workdirRemoved } from './errors.js';
import { follow } from './follow.js';
import { Payload } from './payload.js';
import { bundleHint, dynamicImport } from './runtime/dynamic-import.js';
import { unlessAborted } from './runtime/unless-aborted.js';
import { addSoftware, derive, iterable, sortExtensions } from './task/items.js';
import { checkedTaskOptions, loggerOf, sizeOf } from './task/options.js';

/**
 * @typedef {import('./payload.js').JsonObject} JsonObject
 * @typedef {import('./runtime/input.js').PayloadInput} PayloadInput
 * @typedef {import('./task/options.js').TaskOptions} TaskOptions
 * @typedef {import('./task/logger.js').TaskLogger} TaskLogger
 */

/**
 * What `process` may give: an array, a generator, whatever is iterable at once or in time.
 * @template Item
 * @typedef {Iterable<Item> | AsyncIterable<Item>} Items
 */

/** Payloads' data that an adapter has checked just now: `handler` does not do so again, and forgets it. @type {WeakSet<object>} */
export const checkedPayloads = /* @__PURE__ */ new WeakSet();

/**
 * @typedef {object} Making
 * @property {Function} Type
 * @property {Task<any, any>} [task]
 * @property {Payload} [checked]  what is known to be valid
 */

/** For the task that `from` or `handler` is making, also when a constructor fails after ours. @type {Making | undefined} */
let making;

/**
 * What makes items of a payload's items. Derive a class, name it, and write `process`:
 *
 * @example
 * class MyTask extends Task {
 *   static name = 'my-task';
 *   static version = '1.0.0';
 *   async process({ threshold = 0.5 }) {
 *     return this.items.map((item) => Task.createItemFromItem(item));
 *   }
 * }
 * const payload = await MyTask.handler({ features: [item] });
 *
 * @template {object} [Parameters=Record<string, any>]
 * @template {object} [Item=Record<string, any>]
 */
export class Task {
  /** Marks tasks, also those of another copy of this package. */
  static isStacTask = true;

  /** By this name a payload gives the task its options. */
  static name = 'task';

  static description = 'A task for doing things';

  static version = '0.1.0';

  /** Another word for `name`, which wins over it: for compilers that cannot define a static `name`. @type {string} */
  static get taskName() {
    return nameOf(this);
  }

  static set taskName(value) {
    Object.defineProperty(this, 'taskName', { value, writable: true, enumerable: true, configurable: true });
  }

  /** @type {Payload} */
  payload;

  /** @type {TaskLogger} */
  logger;

  /** @type {boolean} */
  saveWorkdir;

  /** Whether assets and items are uploaded. @type {boolean} */
  upload;

  /** Aborted when the caller wants the task to end. @type {AbortSignal} */
  signal;

  /** @type {string | undefined} */
  #workdir;

  /** @type {Promise<import('./stores/store.js').Store> | undefined} */
  #store;

  /** Whether there is no work directory any more, nor will be. */
  #isRemoved = false;

  /** As the class's own constructor passed them on. @type {TaskOptions} */
  #settings;

  #isAsked = false;

  /**
   * Check a payload and prepare to work on it. Needs `await ready()` before; `from` and `handler` need nothing.
   *
   * @param {object} payload  a payload's JSON as an object, or a Payload
   * @param {TaskOptions} [options]
   * @throws {StacTaskError} what `payload.validate()` throws; FailedValidation where `validate()` refuses; then
   *   there is no work directory. ERR_NOT_READY, ERR_INVALID_ARGUMENT, ERR_NO_PROCESS
   */
  constructor(payload, options) {
    const settings = checkedTaskOptions(options);
    this.#settings = settings;
    // A class's own constructor may make other tasks before it calls ours.
    const made = making?.Type === new.target ? making : undefined;
    if (made) {
      made.task = this;
      making = undefined;
    } else this.#needProcess();
    this.payload = new Payload(payload);
    if (made?.checked !== payload) this.payload.validate();
    this.upload = !settings.skipUpload && settings.upload !== false;
    this.signal = settings.signal ?? new AbortController().signal;
    this.logger = loggerOf(settings, this.payload.data);
    if (settings.workdir !== undefined) this.#workdir = workdirs.make(settings.workdir);
    this.saveWorkdir = settings.saveWorkdir ?? settings.workdir !== undefined;
    if (made) return;
    try {
      this.#askValidate();
    } catch (error) {
      // A folder that was named may have been there before.
      const isTemporary = settings.workdir === undefined && this.#workdir !== undefined;
      if (isTemporary && !this.saveWorkdir) workdirs.removeNow?.(/** @type {string} */ (this.#workdir));
      throw error;
    }
  }

  /**
   * The same for `from` and `handler`, where `process` and `validate` may be fields of the class as well.
   * @param {new (payload: any, options: any) => any} Type
   * @param {Payload} source
   * @param {TaskOptions | undefined} options
   * @param {Making} made  gets the task as soon as there is one
   */
  static #make(Type, source, options, made) {
    making = made;
    try {
      const task = new Type(source, options);
      task.#needProcess();
      task.#askValidate();
      return task;
    } finally {
      making = undefined;
    }
  }

  /**
   * Load the core, and make a task.
   *
   * @template T
   * @this {new (payload: any, options?: any) => T}
   * @param {PayloadInput} payload  what `Payload.from` takes
   * @param {TaskOptions} [options]
   * @returns {Promise<T>} a task of this class
   */
  static async from(payload, options) {
    const [source] = await Promise.all([Payload.from(payload, sizeOf(options)), workdirs.load?.()]);
    /** @type {Making} */
    const made = { Type: this };
    try {
      return Task.#make(this, source, options, made);
    } catch (error) {
      await Task.#discard(made.task);
      throw error;
    }
  }

  /**
   * Run the task on a payload: read it, from its `href` or `url` if it has one; check it; `process`; post-process
   * each item; assign collections. The work directory is removed whatever happens, unless it is to be kept.
   *
   * @param {PayloadInput} payload  what `Payload.from` takes
   * @param {TaskOptions} [options]
   * @returns {Promise<JsonObject>} the payload's data with the new items as `features`
   * @throws {StacTaskError} what the constructor, `process`, `postProcessItem` and `assignCollections` throw, once it
   *   is logged; the signal's reason after an abort; for an `href` ERR_HREF_REFUSED, ERR_HREF_UNSUPPORTED,
   *   ERR_HTTP_STATUS, ERR_READ_FAILED, and InvalidInput, which has nothing of the text that was read
   */
  static async handler(payload, options) {
    const settings = checkedTaskOptions(options) ?? {};
    const { signal } = settings;
    /** @type {Making} */
    const made = { Type: this };
    let task;
    let source;
    try {
      signal?.throwIfAborted();
      const reading = Promise.all([Payload.from(payload, sizeOf(settings)), workdirs.load?.()]);
      [source] = await unlessAborted(signal, reading);
      const given = source;
      source = await unlessAborted(signal, followed(given, settings));
      if (source === given && checkedPayloads.delete(/** @type {object} */ (payload))) made.checked = source;
      signal?.throwIfAborted();
      task = Task.#make(this, source, settings, made);
      return await task.#run();
    } catch (error) {
      const isAborted = signal?.aborted;
      const log = made.task?.logger ?? loggerOf(settings, source?.data);
      // What failed after an abort may be more than the abort.
      if (isAborted && error !== signal.reason) log.exception(error);
      const failure = isAborted ? signal.reason : error;
      log.exception(failure);
      throw failure;
    } finally {
      await (task ? task.cleanupWorkdir() : Task.#discard(made.task));
    }
  }

  /**
   * What a command line says (Python: `parse_args`).
   *
   * @param {string[]} argv  without the program's own name
   * @returns {Promise<import('./task/cli.js').TaskArguments>}
   * @throws {StacTaskError} ERR_USAGE; ERR_NO_COMMAND_LINE where the runtime has none
   */
  static async parseArgs(argv) {
    return (await loadCommandLine()).parseArgs(argv);
  }

  /**
   * Run the task as a command: `my-task run [INPUT] [OPTIONS]`. Sets the exit code.
   *
   * @param {string[]} [argv]  without the program's own name; default: the process's
   * @param {import('./task/cli.js').CommandOptions} [options]  what reads and writes other addresses than http(s)
   * @returns {Promise<number>} the exit code: 0 it succeeded, 1 it failed, 2 the command line is wrong
   * @throws {StacTaskError} ERR_NO_COMMAND_LINE where the runtime has none
   */
  static async cli(argv, options) {
    return (await loadCommandLine()).cli(this, argv, options);
  }

  /**
   * The work directory: the absolute path of a folder where there is a file system, elsewhere a name such as
   * `memory:…`. A temporary one is made when it is first asked for. `openWorkdir()` reads and writes it in every
   * runtime.
   * @type {string}
   */
  get workdir() {
    if (this.#workdir === undefined && this.#isRemoved) throw workdirRemoved();
    this.#workdir ??= workdirs.make();
    return this.#workdir;
  }

  /** The payload's items, the very objects. @returns {Item[]} */
  get items() {
    return /** @type {any} */ (this.payload.items);
  }

  /** What the payload says for this task alone. @returns {Partial<Parameters>} */
  get taskOptions() {
    const { taskOptions } = this.payload;
    const name = /** @type {typeof Task} */ (this.constructor).taskName;
    return /** @type {any} */ (Object.hasOwn(taskOptions, name) ? taskOptions[name] : {});
  }

  /** What `process` is called with: the workflow's options, over them the task's. @returns {Parameters} */
  get parameters() {
    return /** @type {any} */ ({ ...this.payload.workflowOptions, ...this.taskOptions });
  }

  /**
   * Check `payload` beyond its form. Not asynchronous; `logger` and `workdir` are there already.
   * @returns {boolean} false refuses the payload with a FailedValidation; a better one can be thrown
   */
  validate() {
    return true;
  }

  /**
   * Make items. Every task has its own.
   *
   * @param {Parameters} _parameters
   * @returns {Items<Item> | Promise<Items<Item>>}
   */
  process(_parameters) {
    throw new StacTaskError('ERR_NO_PROCESS', 'the task has no process()');
  }

  /**
   * Change an item that `process` made, or give another in its place.
   *
   * @param {Item} item
   * @returns {Item | void | Promise<Item | void>}
   */
  postProcessItem(item) {
    return item;
  }

  /**
   * Give each of the payload's `features` the collection of the first rule that matches; the others keep theirs.
   * @returns {void}
   * @throws {StacTaskError} as the function `assignCollections`
   */
  assignCollections() {
    const { data } = this.payload;
    for (const [index, name] of assignCollectionsSync(data).entries()) {
      if (name !== null) data['features'][index].collection = name;
    }
  }

  /**
   * Read and write the work directory, in the same way in every runtime.
   * @returns {Promise<import('./stores/store.js').Store>}
   * @throws {StacTaskError} ERR_WORKDIR_REMOVED when it was cleaned up before anybody opened it
   */
  async openWorkdir() {
    if (!this.#store && this.#isRemoved) throw workdirRemoved();
    this.#store ??= dynamicImport(workdirs.store, bundleHint).then(({ openStore }) =>
      openStore(this.workdir),
    );
    return this.#store;
  }

  /**
   * Download the assets of an item into a folder of the work directory, and save the item there. Of the asset's
   * addresses and files `downloadItem` tells more.
   *
   * Follows `stactask/task.py: Task.download_item_assets`.
   *
   * @template {Record<string, any>} T
   * @param {T} item
   * @param {import('./assets/options.js').DownloadOptions} [options]  `pathTemplate` is of the folder, by default
   *   `${collection}/${id}`, `fileName` by default `item.json`; `keepNonDownloaded` is true, and `signal` the task's
   * @returns {Promise<T>} a new item
   * @throws {StacTaskError} TemplateError, and as `downloadItem`
   */
  async downloadItemAssets(item, options) {
    const [result] = await this.downloadItemsAssets([item], options);
    return /** @type {T} */ (result);
  }

  /**
   * The same of several items, with one limit of concurrent downloads for all of them.
   *
   * @template {Record<string, any>} T
   * @param {Iterable<T>} items
   * @param {import('./assets/options.js').DownloadOptions} [options]
   * @returns {Promise<T[]>}
   * @throws {StacTaskError} TemplateError, and as `downloadItem`; the `result` of a DownloadError is a list
   */
  async downloadItemsAssets(items, options) {
    if (this.#isRemoved) throw workdirRemoved();
    // Where work directories are folders, files are written beside and renamed.
    const place = workdirs.remove ? {} : { store: await this.openWorkdir() };
    return downloadItems([...items], this.workdir, { signal: this.signal, ...place, ...options });
  }

  /**
   * Remove the work directory unless it is to be kept. Never fails: what goes wrong is logged.
   * @returns {Promise<void>}
   */
  async cleanupWorkdir() {
    const workdir = this.#workdir;
    if (this.saveWorkdir) return;
    this.#isRemoved = true;
    if (workdir === undefined) return;
    try {
      this.logger.debug(`Removing work directory ${workdir}`);
      // What is still to be written must know.
      const store = await this.#store?.catch(() => undefined);
      if (store) await store.clear();
      else await workdirs.remove?.(workdir);
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      this.logger.warn(`Failed removing work directory ${workdir}: ${message}`);
    }
  }

  /**
   * Say in an item's `processing:software` that this task made it, with the processing extension. Needs the core:
   * inside of a task it is there, elsewhere after `await ready()`.
   *
   * @template {object} T
   * @param {T} item
   * @returns {T} the same item
   */
  static addSoftwareVersionToItem(item) {
    addSoftware(item, this.taskName, this.version);
    return item;
  }

  /**
   * A copy of an item, with a link `derived_from` to the item where that has just one link `self`. Needs the core, as
   * `addSoftwareVersionToItem`.
   *
   * @template {object} T
   * @param {T} item  a plain object, or one with `toJSON`
   * @returns {T}
   * @throws {StacTaskError} ERR_INVALID_ARGUMENT for what cannot be copied, such as a proxy
   */
  static createItemFromItem(item) {
    return derive(item);
  }

  #needProcess() {
    if (this.process !== Task.prototype.process) return;
    throw new StacTaskError(
      'ERR_NO_PROCESS',
      `Can't instantiate abstract class ${this.constructor.name} with abstract method process`,
    );
  }

  /** Once, unless the options say otherwise. */
  #askValidate() {
    const { skipValidation, validate } = this.#settings;
    if (this.#isAsked || skipValidation || validate === false) return;
    this.#isAsked = true;
    /** @type {any} */
    const verdict = this.validate();
    if (typeof verdict?.then === 'function') {
      verdict.then(undefined, () => {});
      throw new StacTaskError(
        'ERR_INVALID_ARGUMENT',
        'validate() must not be asynchronous: nobody would wait for it',
      );
    }
    if (verdict) return;
    throw new FailedValidation('validate() refused the payload', {
      python: { type: 'FailedValidation', message: '' },
    });
  }

  /**
   * Remove the work directory of a task that nobody gets. A folder that was named may have been there before.
   * @param {Task<any, any> | undefined} task
   */
  static async #discard(task) {
    if (task && task.#settings.workdir === undefined) await task.cleanupWorkdir();
  }

  async #run() {
    const features = [];
    for await (const item of iterable(await this.process(this.parameters))) {
      this.signal.throwIfAborted();
      features.push(await this.#postProcess(item));
    }
    this.signal.throwIfAborted();
    const { data } = this.payload;
    data['features'] = features;
    this.assignCollections();
    return data;
  }

  /** @param {Item} item */
  async #postProcess(item) {
    /** @type {any} */
    const processed = (await this.postProcessItem(item)) ?? item;
    sortExtensions(processed);
    return processed;
  }
}

/**
 * The nearest `name` that somebody wrote. The one that a class has by the language is not enumerable.
 * @param {any} type
 * @returns {string}
 */
function nameOf(type) {
  const { enumerable, get } = Object.getOwnPropertyDescriptor(type, 'name') ?? {};
  return enumerable || get || type === Task ? type.name : nameOf(Object.getPrototypeOf(type));
}

/**
 * The payload that another's `href`, else its `url`, names; the same where it has neither.
 * @param {Payload} payload
 * @param {TaskOptions} options
 * @returns {Promise<Payload>}
 * @throws {StacTaskError} as `follow`
 */
export async function followed(payload, options) {
  const { href, url } = payload.data;
  if (href === undefined && url === undefined) return payload;
  const read = (/** @type {any} */ input) => Payload.from(input, sizeOf(options));
  return follow(payload.data, read, { ...options, openFile: workdirs.open });
}

/** @returns {Promise<typeof import('./task/cli.js')>} */
async function loadCommandLine() {
  /** @type {import('./runtime/host.js').CommandLine | undefined} */
  const load = commandLine;
  if (load) return load();
  throw new StacTaskError('ERR_NO_COMMAND_LINE', 'this runtime has no command line');
}
