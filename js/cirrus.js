/**
 * Payloads as Cirrus takes them, after `cirrus/lib/cirrus_payload.py` and `payload_manager.py` of cirrus-geo.
 *
 * @module
 */

import { StacTaskError } from './errors.js';
import { follow } from './follow.js';
import { valuesFound } from './jsonpath.js';
import { checkedOptions, defaultMaxBytes } from './options.js';
import { Payload } from './payload.js';
import { encoded } from './runtime/describe.js';
import { encode } from './runtime/encode.js';
import { encodeParts, partsOf } from './runtime/encode-parts.js';
import { loadedCore } from './runtime/loader.js';
import { parseText } from './runtime/parse.js';
import { noQuestion, Question } from './runtime/question.js';
import { ask, subjectOf } from './runtime/subject.js';
import { valueAt } from './runtime/value-at.js';

/**
 * @typedef {object} OwnEventOptions
 * @property {AbortSignal} [signal]  for `resolve` and requests
 * @property {boolean} [setIdIfMissing]  default false: call `setId()` on the payload
 * @property {number} [maxBytes]  default 256 MiB: a larger event or payload is refused
 */

/**
 * How the payload is read of which an event has but the address: by `resolve`, or over http where `allowHref` permits.
 * @typedef {OwnEventOptions & import('./task/href.js').HrefOptions} EventOptions
 */

const eventOptions = /** @type {const} */ ({
  resolve: 'function',
  allowHref: 'function',
  fetch: 'function',
  signal: 'signal',
  setIdIfMissing: 'boolean',
  maxBytes: 'number',
});

/** What is looked at in an event, beside what it brings. */
const recordReads = {
  body: true,
  Sns: { Message: true, url: true, Parameters: { url_out: true } },
  Message: true,
  url: true,
  Parameters: { url_out: true },
};
const eventQuestion = /* @__PURE__ */ new Question(
  undefined,
  '',
  /* @__PURE__ */ partsOf({ Records: [recordReads], ...recordReads }),
);

const partsOfId = /* @__PURE__ */ partsOf({ process: true, features: [{ id: true, collection: true }] });

/**
 * A payload that Cirrus runs a workflow with. `validate()`, `report()` and `warnings` ask what Cirrus asks.
 *
 * @example
 * const payload = await CirrusPayload.fromEvent(event, { resolve: (url) => readFromBucket(url) });
 * payload.setId();
 * payload.validate();
 */
export class CirrusPayload extends Payload {
  /** Characters of {@link encodedLength} beyond which Cirrus hands on an address in the place of a payload. */
  static get maxEncodedLength() {
    return 120_000;
  }

  /**
   * The one payload that an event brings: in a message of SQS, of SNS, of SNS by way of SQS, at the address that Batch
   * or Cirrus hands on, or plain.
   *
   * Follows `CirrusPayload.from_event`.
   *
   * @template {CirrusPayload} T
   * @this {{ new (object: object): T } & typeof CirrusPayload}
   * @param {unknown} event  an object, or its JSON as for `Payload.from`. A plain one is shared as by the constructor
   * @param {EventOptions} [options]
   * @returns {Promise<T>}
   * @throws {StacTaskError} PayloadValueError for an event with no payload or several, PayloadTypeError for one of
   *   another shape, with Python's text; InvalidInput for a message that is no JSON; ERR_UNRESOLVED_URL for an
   *   address without `resolve` and `allowHref`; as `Task.handler` while reading one; what `Payload.from` throws while loading and reading
   */
  static async fromEvent(event, options) {
    const settings = checkedOptions('CirrusPayload.fromEvent()', options, eventOptions);
    const {
      resolve,
      allowHref,
      fetch,
      signal,
      setIdIfMissing = false,
      maxBytes = defaultMaxBytes,
    } = settings;
    const { record, url } = unwrap(await subjectOf(event, maxBytes));
    const canRead = resolve !== undefined || allowHref !== undefined;
    const address = url ?? (canRead ? hrefOf(record) : undefined);
    if (address !== undefined && !canRead) throw unresolved(address);
    /** @type {T} */
    let payload;
    if (address === undefined) {
      payload = new this(record);
    } else {
      const read = (/** @type {any} */ input) => this.from(input, { maxBytes });
      /** @type {any} */
      const options = {
        // What nobody has permitted is not fetched.
        resolve: allowHref ? resolve : resolvedOnly(resolve),
        allowHref,
        fetch,
        signal,
      };
      payload = /** @type {any} */ (await follow({ url: address }, read, options));
    }
    if (setIdIfMissing) payload.setId();
    return payload;
  }

  /**
   * The length of a payload as Cirrus measures it, as the method; text keeps `1.0` and `1` apart, and all digits.
   * @param {import('./runtime/input.js').PayloadInput} input  as for `Payload.from`
   * @returns {Promise<number>}
   */
  static async encodedLength(input) {
    return ask(await subjectOf(input), 'encodedLength', noQuestion);
  }

  /**
   * Give the payload its id, `{collections}/workflow-{workflow}/{item ids}`, unless it has one.
   *
   * Follows `CirrusPayload.set_id`: the collections are `process[0].collections`, or those of the items.
   *
   * @returns {void}
   * @throws {StacTaskError} PayloadValueError without items or a workflow, and PayloadKeyError or PayloadTypeError for
   *   items of another shape, with Python's text
   */
  setId() {
    if (this.data.id !== undefined) return;
    const core = loadedCore('setId()');
    const bytes = encoded(core, () => encodeParts(noQuestion.bytes, this.data, partsOfId));
    this.data.id = ask({ core, loaded: { bytes } }, 'setId', noQuestion).id;
  }

  /**
   * The payloads that Cirrus queues when the workflow of this one has ended: one for the process definition behind the
   * first, or one for each where there is a list of them; none behind the last. They have no id, the definition as
   * their first, and only the items that its `chain_filter` finds. All are copies, and this payload stays as it is.
   *
   * Follows `PayloadManager.next_payloads`, also where the payload cannot be run: without items, or beside another
   * with the same id. `explain(payload, { chain: true })` tells.
   *
   * @returns {this[]}
   * @throws {StacTaskError} what `validate()` throws; JsonPathError, RegexError and RegexBudgetError for a filter,
   *   with its `pointer`; ERR_JSONPATH_BUDGET where the payloads would have more than 32 MiB together
   */
  nextPayloads() {
    this.validate();
    const core = loadedCore('nextPayloads()');
    const bytes = encoded(core, () => encode(this.data));
    /** @type {{ next: Link[] }} */
    const { next } = ask({ core, loaded: { bytes } }, 'nextPayloads', noQuestion);
    const Type = /** @type {new (data: object) => this} */ (this.constructor);
    return next.map((link) => new Type(dataOf(core, bytes, link)));
  }

  /**
   * The length of what Cirrus hands on, byte for byte as Python's `len(json.dumps(json.dumps(payload)))`. Beyond
   * {@link maxEncodedLength} it goes by way of a bucket.
   * @returns {number}
   */
  encodedLength() {
    const core = loadedCore('encodedLength()');
    return core.call(
      'encodedLength',
      encoded(core, () => encode(this.data)),
      true,
    );
  }

  /**
   * Every finding at once, as `validateSync` gives it, with `profile: 'cirrus'` unless another is named.
   * @override
   * @param {import('./validate.js').ValidateOptions} [options]
   * @returns {import('./report.js').Report}
   */
  report(options) {
    return super.report({ profile: 'cirrus', ...options });
  }
}

/** What src/cirrus/calls.hpp says of a payload that comes next.
 * @typedef {object} Link
 * @property {string} definition
 * @property {import('./jsonpath.js').Found | null} features
 */

/**
 * @param {import('./runtime/core.js').Core} core
 * @param {Uint8Array} bytes  the payload before
 * @param {Link} link
 */
function dataOf(core, bytes, { definition, features }) {
  const data = /** @type {any} */ (parseText(core, bytes).value);
  delete data.id;
  data.process.splice(0, 2, valueAt(data, definition));
  if (features) data.features = valuesFound(core, features, data);
  return data;
}

/**
 * @param {import('./runtime/subject.js').Subject} subject
 * @returns {{ record: any, url: string | undefined }}
 */
function unwrap(subject) {
  const { core, loaded } = subject;
  /** @type {{ path: string[], url?: string }} */
  const { path, url } = ask(subject, 'unwrapEvent', eventQuestion);
  let text = 'text' in loaded ? loaded.text : 'bytes' in loaded ? loaded.bytes : undefined;
  /** @type {any} */
  let whole = 'object' in loaded ? loaded.object : undefined;
  for (const [index, pointer] of path.entries()) {
    if (text !== undefined) whole = parseText(core, text).value;
    if (index < path.length - 1) text = valueAt(whole, pointer);
  }
  return {
    record: valueAt(whole, /** @type {string} */ (path.at(-1))),
    url: url === undefined ? undefined : valueAt(whole, url),
  };
}

/**
 * Of a payload that is an address and nothing else, as stac-task's handler knows it and Cirrus does not.
 * @param {any} record
 * @returns {string | undefined}
 */
const hrefOf = ({ href, process }) => (typeof href === 'string' && process === undefined ? href : undefined);

/**
 * @param {import('./task/href.js').HrefOptions['resolve']} resolve
 * @returns {import('./task/href.js').HrefOptions['resolve']}
 */
const resolvedOnly = (resolve) => async (address, options) => {
  const resolved = await resolve?.(address, options);
  if (resolved === undefined || resolved === null) throw unresolved(address);
  return resolved;
};

/** @param {string} address */
const unresolved = (address) =>
  new StacTaskError(
    'ERR_UNRESOLVED_URL',
    'the event brings the address of a payload, and nothing to read it with',
    {
      hint: `Pass the option resolve, or allowHref, which reads ${/^\w+:/.exec(address)?.[0] ?? 'such'} addresses.`,
    },
  );
