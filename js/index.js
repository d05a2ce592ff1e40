/**
 * stac-task: payloads and tasks for STAC, in a page, an edge function, Lambda or Node.
 *
 * Importing this module loads nothing: the first call that needs the core chunk fetches it.
 *
 * @module stac-task
 */

export { toFetchHandler } from './adapters.js';
export { DownloadConfig } from './assets/config.js';
export {
  assertAssetExists,
  assetExists,
  assetInfo,
  assetInfos,
  downloadAsset,
  downloadCollection,
  downloadFile,
  downloadItem,
  downloadItemCollection,
  openHref,
  readHref,
  resolveAssetHref,
  signHref,
} from './assets.js';
export { CirrusPayload } from './cirrus.js';
export {
  assignCollections,
  assignCollectionsSync,
  findCollection,
  findCollectionSync,
} from './collections.js';
export {
  AssetOverwriteError,
  ConfigError,
  ContentTypeError,
  DownloadError,
  FailedValidation,
  InvalidInput,
  JsonPathError,
  PayloadKeyError,
  PayloadTypeError,
  PayloadValueError,
  RegexBudgetError,
  RegexError,
  StacTaskError,
  TemplateError,
} from './errors.js';
export { toLambdaHandler, toQueueHandler } from './events.js';
export { explain } from './explain.js';
export { fix } from './fix.js';
export { jsonpathFind, jsonpathFindSync, jsonpathMatch, jsonpathMatchSync } from './jsonpath.js';
export { LayoutTemplate } from './layout.js';
export { Payload } from './payload.js';
export { ready } from './runtime/loader.js';
export { payloadSchema } from './schema.js';
export { Task } from './task.js';
export { validate, validateSync } from './validate.js';
export { version } from './version.js';

/**
 * @typedef {import('./runtime/loader.js').WasmSource} WasmSource
 * @typedef {import('./runtime/input.js').PayloadInput} PayloadInput
 * @typedef {import('./runtime/input.js').SyncPayloadInput} SyncPayloadInput
 * @typedef {import('./assets/config.js').ConfigFields} ConfigFields
 * @typedef {import('./assets/options.js').DownloadOptions} DownloadOptions
 * @typedef {import('./assets/options.js').HrefOptions} HrefOptions
 * @typedef {import('./assets/options.js').SignOptions} SignOptions
 * @typedef {import('./assets/options.js').InfoOptions} InfoOptions
 * @typedef {import('./assets/info.js').AssetInfo} AssetInfo
 * @typedef {import('./assets/info.js').AlternateInfo} AlternateInfo
 * @typedef {import('./assets/messages.js').Message} DownloadMessage
 * @typedef {import('./clients/client.js').Client} Client
 * @typedef {import('./clients/client.js').SignedHref} SignedHref
 * @typedef {import('./stores/download-store.js').DownloadStore} DownloadStore
 * @typedef {import('./validate.js').ValidateOptions} ValidateOptions
 * @typedef {import('./validate.js').Profile} Profile
 * @typedef {import('./validate.js').ItemChecks} ItemChecks
 * @typedef {import('./cirrus.js').EventOptions} EventOptions
 * @typedef {import('./collections.js').CollectionConfig} CollectionConfig
 * @typedef {import('./explain.js').ExplainOptions} ExplainOptions
 * @typedef {import('./explain.js').Explanation} Explanation
 * @typedef {import('./explain.js').ChainExplanation} ChainExplanation
 * @typedef {import('./explain.js').LinkExplanation} LinkExplanation
 * @typedef {import('./explain.js').ChainProblem} ChainProblem
 * @typedef {import('./explain.js').ItemExplanation} ItemExplanation
 * @typedef {import('./explain.js').MatcherExplanation} MatcherExplanation
 * @typedef {import('./explain.js').TestExplanation} TestExplanation
 * @typedef {import('./explain.js').UploadExplanation} UploadExplanation
 * @typedef {import('./explain.js').Destination} Destination
 * @typedef {import('./explain.js').MatchError} MatchError
 * @typedef {import('./fix.js').FixOptions} FixOptions
 * @typedef {import('./fix.js').FixResult} FixResult
 * @typedef {import('./layout.js').LayoutOptions} LayoutOptions
 * @typedef {import('./report.js').Report} Report
 * @typedef {import('./report.js').Issue} Issue
 * @typedef {import('./report.js').Severity} Severity
 * @typedef {import('./report.js').Position} Position
 * @typedef {import('./report.js').Range} Range
 * @typedef {import('./report.js').Fix} Fix
 * @typedef {import('./report.js').PythonError} PythonError
 * @typedef {import('./adapters.js').FetchHandlerOptions} FetchHandlerOptions
 * @typedef {import('./events.js').LambdaHandlerOptions} LambdaHandlerOptions
 * @typedef {import('./events.js').MessageInfo} MessageInfo
 * @typedef {import('./events.js').QueueHandlerOptions} QueueHandlerOptions
 * @typedef {import('./task/cli.js').CommandOptions} CommandOptions
 * @typedef {import('./task/options.js').TaskOptions} TaskOptions
 * @typedef {import('./task/cli.js').TaskArguments} TaskArguments
 * @typedef {import('./task/logger.js').Logger} Logger
 * @typedef {import('./stores/store.js').Store} Store
 */

/**
 * @template Item
 * @typedef {import('./task.js').Items<Item>} Items
 */

/**
 * @template [T=import('./adapters.js').AnyTask]
 * @typedef {import('./adapters.js').TaskClass<T>} TaskClass
 */
