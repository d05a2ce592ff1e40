/**
 * Why each item gets its collection, and where it and its assets would be uploaded.
 *
 * @module
 */

import { invalidArgument } from './errors.js';
import { checkedOptions, defaultMaxBytes } from './options.js';
import { Question } from './runtime/question.js';
import { ask, subjectOf } from './runtime/subject.js';

/**
 * @typedef {object} ExplainOptions
 * @property {string | number} [item]  the id of the items to explain, or the index of one; default: all
 * @property {boolean} [chain]         default false: also what Cirrus would queue next
 * @property {number} [maxItems]       default 1000: more are counted in `omitted`, and not explained
 * @property {number} [maxBytes]       default 256 MiB: a larger input is refused
 */

/**
 * @typedef {object} Explanation
 * @property {ItemExplanation[]} items  in the order of `features`
 * @property {number} [omitted]  how many are not explained, where `maxItems` or the size of the answer (32 MiB) has
 *   left some out
 * @property {ChainExplanation} [chain]  with the option `chain`
 */

/**
 * The payload as Cirrus sees it, and the payloads that it would queue when the workflow has ended.
 * @typedef {object} ChainExplanation
 * @property {string | null} id  of the payload itself
 * @property {number} length     of the payload, as `CirrusPayload.encodedLength` measures it
 * @property {number} maxLength  beyond that it goes by way of a bucket
 * @property {ChainProblem[]} problems  of the payload itself
 * @property {LinkExplanation[]} next   in the order in which they are queued
 * @property {number} [omitted]  how many are not explained: those beyond 100, and those behind an error
 * @property {MatchError} [error]  what Python fails with before it queues any
 */

/**
 * @typedef {object} LinkExplanation
 * @property {string} pointer           JSON Pointer of the process definition
 * @property {string | null} workflow
 * @property {string} [filter]          the `chain_filter`
 * @property {number} [items]           how many items go on
 * @property {{ index: number, id: string | null }[]} [kept]  those items, by their place among `features`
 * @property {number} [dropped]         how many do not
 * @property {{ index: number, id: string | null, reason: string, tests: TestExplanation[] }[]} [why]  those, and why
 * @property {string | null} [id]       the id that Cirrus would give the payload
 * @property {number} [length]          with that id
 * @property {ChainProblem[]} [problems]  what goes wrong once it is queued
 * @property {MatchError} [error]       what Python fails with; then neither this payload nor one behind it is queued
 */

/**
 * @typedef {object} ChainProblem
 * @property {string} code  `chain-no-items`, `chain-no-id`, `chain-same-id`, `cirrus-payload-size`, or the code of what
 *   `CirrusPayload.validate` throws
 * @property {'error' | 'warning'} severity
 * @property {string} message
 * @property {import('./report.js').PythonError} [python]
 */

/**
 * @typedef {object} ItemExplanation
 * @property {number} index     among `features`
 * @property {string} pointer   JSON Pointer of the item
 * @property {string | null} id
 * @property {MatcherExplanation[]} matchers  those that Python tries, in its order: up to the first that matches
 * @property {string | null} collection  the item's collection after that
 * @property {'matcher' | 'item' | 'none'} from  who gave it: a matcher, or the item had it before; `none`: it has no
 *   collection
 * @property {UploadExplanation} [upload]  absent after an error
 * @property {MatchError} [error]  what Python fails with here: the whole task
 */

/**
 * @typedef {object} MatcherExplanation
 * @property {string} pointer     JSON Pointer of the matcher, or of the member of the legacy mapping
 * @property {'jsonpath' | 'catch_all'} type
 * @property {string | null} collection  the name it gives
 * @property {string} [pattern]   of a `jsonpath` matcher
 * @property {boolean} matched
 * @property {string} reason      a sentence
 * @property {TestExplanation[]} tests  the comparisons in the pattern's filter, one by one; empty for other patterns
 */

/**
 * One comparison, or the question whether something exists.
 * @typedef {object} TestExplanation
 * @property {string} text      as the pattern has it
 * @property {boolean} passed
 * @property {string[]} values  what was found on the left, as JSON, long ones shortened; empty where the item has
 *   nothing there
 * @property {string} reason    a sentence
 */

/**
 * @typedef {object} MatchError
 * @property {string} type      Python's class
 * @property {string} message   `str(error)`
 * @property {string} [pointer] JSON Pointer of the matcher
 * @property {number} [offset]  in the pattern, in UTF-16 units
 */

/**
 * @typedef {object} UploadExplanation
 * @property {string | null} options  JSON Pointer of the upload options that hold; null where there are none
 * @property {string} reason          a sentence: why these
 * @property {Destination} item       where the item goes
 * @property {Record<string, Destination>} assets  where each asset would go, if it were a local file
 */

/**
 * @typedef {{ url: string, error?: undefined } | { url?: undefined, error: { type: string, message: string, variable?: string } }} Destination
 *   the address, or what Python fails with; `variable` is the one that the item cannot fill
 */

const optionTypes = /** @type {const} */ ({ chain: 'boolean', maxItems: 'number', maxBytes: 'number' });

/** The core counts in 32 bits. */
const mostItems = 0xffff_ffff;

/**
 * Explain, for each item of a payload: the matchers that are tried and why each does or does not match, the collection,
 * the upload options that hold then, and the destinations of the item and of its assets. The items are those of the
 * payload; a task may change them before it assigns collections.
 *
 * Follows `stactask/task.py: assign_collections`, `upload_item_to_s3` and `stactask/asset_io.py:
 * upload_item_assets_to_s3`.
 *
 * @param {import('./runtime/input.js').PayloadInput} input  as for `validate`
 * @param {ExplainOptions} [options]
 * @returns {Promise<Explanation>}
 * @throws {import('./errors.js').StacTaskError} what `Payload.validate()` throws for this payload; InvalidInput for
 *   what is no JSON; ERR_INVALID_ARGUMENT; what `validate()` throws while loading and reading
 * @example
 * const { items } = await explain(text);
 * for (const { id, collection, matchers } of items) console.log(id, collection, matchers.at(-1)?.reason);
 */
export async function explain(input, options) {
  const { question, maxBytes } = settingsOf(options);
  return ask(await subjectOf(input, maxBytes), 'explain', question);
}

/** @param {ExplainOptions} [options] */
function settingsOf(options) {
  const { item = null, ...others } = options ?? {};
  const settings = checkedOptions('explain()', typeof options === 'object' ? others : options, optionTypes);
  const { chain, maxItems = 1000, maxBytes = defaultMaxBytes } = settings;
  const isIndex = Number.isSafeInteger(item) && Number(item) >= 0;
  if (item !== null && typeof item !== 'string' && !isIndex) {
    throw invalidArgument(`explain(): the option 'item' is an id or an index, not ${String(item)}`);
  }
  return {
    question: new Question(
      undefined,
      JSON.stringify({
        item,
        maxItems: Math.min(Math.floor(maxItems), mostItems),
        chain: chain || undefined,
      }),
    ),
    maxBytes,
  };
}
