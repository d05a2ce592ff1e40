/**
 * What the page wants of an editor. There are two: the textarea that is there at once, and CodeMirror, which takes its
 * place when it has arrived.
 *
 * @module
 */

/**
 * @typedef {import('../worker/api.js').Place} Place
 *
 * @typedef {object} Editor
 * @property {() => string} text
 * @property {() => number} length               of the text, without making it
 * @property {(text: string, files: { before: TextFile, after: TextFile }) => void} replace    all of it, by that of
 *   another file; who undoes it has the file before again
 * @property {(edits: { from: number, to: number, text: string }[]) => void} edit   none overlaps another; one step of undo
 * @property {(issues: import('stac-task').Issue[]) => void} showIssues
 * @property {(place: Place | null, scroll: boolean) => void} showItem   lights up
 * @property {(place: Place) => void} reveal     selects, scrolls there and takes the focus
 * @property {() => number} cursor
 * @property {() => void} remove
 *
 * @typedef {{ name: string, lineEnding: import('../actions/text.js').LineEnding }} TextFile
 *
 * @typedef {object} EditorEvents
 * @property {() => void} changed
 * @property {(file: TextFile) => void} isOf     the text is that of another file now
 * @property {(offset: number) => void} moved    the cursor
 * @property {(issue: import('stac-task').Issue) => void} fix
 * @property {(code: string) => string} docsOf
 * @property {() => Promise<SchemaAsker>} schema
 *
 * @typedef {object} SchemaAsker
 * @property {(offset: number) => Promise<import('../worker/api.js').Completions | null>} complete
 * @property {(offset: number) => Promise<{ from: number, to: number, lines: string[] } | null>} hover
 */

export {};
