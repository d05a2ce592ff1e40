/**
 * What the page can ask of its workers, and what it gets.
 *
 * @module
 */

/**
 * @typedef {object} Failure  an error, as data
 * @property {string} name
 * @property {string} message
 * @property {string | undefined} [code]
 * @property {string} [hint]
 * @property {number} [offset]    in an expression
 * @property {string} [variable]  of a template
 * @property {import('stac-task').Issue} [issue]  the finding that is the cause
 * @property {Failure[]} [errors] of several assets
 *
 * @typedef {{ from: number, to: number }} Place  in the text, in UTF-16 units
 * @typedef {Place & { index: number, id: string | null }} ItemPlace
 *
 * @typedef {import('stac-task').ItemExplanation & { isObject: boolean, template?: string }} ExplainedItem  with the template of
 *   its upload options
 *
 * @typedef {object} Footprint  what a map shows of an item
 * @property {number} index
 * @property {string | null} id
 * @property {unknown} geometry
 * @property {unknown} bbox
 *
 * @typedef {object} PatternResult
 * @property {boolean} matched
 * @property {string} reason
 * @property {import('stac-task').TestExplanation[]} tests
 * @property {string[]} values   what the expression finds, as JSON
 *
 * @typedef {object} TemplateResult
 * @property {{ name: string, value?: string, missing?: string }[]} variables  each with its value, or why there is none
 * @property {string} [text]      filled
 * @property {string} [error]     what Python fails with
 *
 * @typedef {object} FixedText
 * @property {string} text
 * @property {import('stac-task').Issue[]} applied
 * @property {import('stac-task').Issue[]} remaining
 * @property {DiffHunk[]} hunks
 *
 * @typedef {{ oldStart: number, oldLines: number, newStart: number, newLines: number, lines: string[] }} DiffHunk
 *
 * @typedef {object} DownloadRequest
 * @property {number} index       of the item
 * @property {string[]} include   keys of assets
 * @property {FileSystemDirectoryHandle | null} folder  null: the origin's private files, or memory where there are none
 *
 * @typedef {{ path: string, size: number, file: Blob }} StoredFile
 * @typedef {{ files: StoredFile[], place: 'folder' | 'private' | 'memory', failures: { key: string, failure: Failure }[] }} Downloaded
 *
 * @typedef {object} CheckWorker
 * @property {(version: number, text: string, rules: import('../store.js').Rules) => Promise<{ report: import('stac-task').Report, places: ItemPlace[] }>} check
 * @property {(version: number, from: number) => Promise<{ items: ExplainedItem[], omitted: number, next: number | null }>} explain
 *   some items from an index on; `next` is that of the first that is not in it, null where there is no more to ask for
 * @property {(version: number) => Promise<Footprint[]>} footprints
 * @property {(version: number, pointer: string) => Promise<Place | null>} locate
 * @property {(version: number, index: number, expression: string) => Promise<PatternResult>} testPattern
 * @property {(version: number, index: number, template: string) => Promise<TemplateResult>} testTemplate
 * @property {(version: number, unsafe: boolean, rules: import('../store.js').Rules) => Promise<FixedText>} fixAll
 * @property {(version: number, index: number) => Promise<{ key: string, href: string, type: string | null, size: number | null, leadsNowhere: boolean }[]>} assets  `leadsNowhere`: a
 *   relative address that nothing tells how to resolve
 * @property {(version: number, request: DownloadRequest, progress: (message: DownloadProgress) => void) => Promise<Downloaded>} download
 * @property {() => Promise<{ name: string, files: StoredFile[] }[]>} keptFolders  what is among the private files
 * @property {(name: string) => Promise<void>} removeFolder
 * @property {() => Promise<void>} cancelDownload
 *
 * @typedef {{ kind: 'start' | 'finish' | 'skip' | 'retry' | 'error', key: string, message?: string, code?: string | undefined } | { kind: 'size' | 'chunk', key: string, bytes: number | null }} DownloadProgress
 *
 * @typedef {object} SchemaWorker
 * @property {(version: number, text: string | null, offset: number) => Promise<Completions | null>} complete
 * @property {(version: number, text: string | null, offset: number) => Promise<{ from: number, to: number, lines: string[] } | null>} hover
 *
 * @typedef {{ label: string, detail: string, info: string, text: string, isSnippet: boolean, from: number, to: number }} Completion
 * @typedef {{ items: Completion[] }} Completions
 */

export {};
