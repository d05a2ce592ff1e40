/**
 * The worker that knows the JSON Schema of payloads: what can be written at a place, and what stands there means. It is
 * started when the first is asked for.
 *
 * @module
 */

import { payloadSchema } from 'stac-task';
import { getLanguageService, InsertTextFormat, TextDocument } from 'vscode-json-languageservice';

import { reportLoads } from '../loads.js';
import { answerCalls } from '../rpc.js';

const asking = reportLoads('schema');

/** @type {{ version: number, document: TextDocument, tree: import('vscode-json-languageservice').JSONDocument } | undefined} */
let held;

/** @type {Promise<import('vscode-json-languageservice').LanguageService> | undefined} */
let loading;

const service = () => {
  if (!loading) {
    loading = load();
    // Another request may be luckier.
    loading.catch(() => {
      loading = undefined;
    });
  }
  return loading;
};

async function load() {
  asking('The JSON Schema');
  const schema = await payloadSchema();
  const made = getLanguageService({});
  made.configure({
    validate: false,
    schemas: [{ uri: 'stac-task://payload', fileMatch: ['*'], schema }],
  });
  return made;
}

/**
 * @param {number} version
 * @param {string | null} text  null: it is that which was sent with this version
 */
async function documentOf(version, text) {
  const json = await service();
  if (text !== null) {
    const document = TextDocument.create('stac-task://text/payload.json', 'json', version, text);
    held = { version, document, tree: json.parseJSONDocument(document) };
  }
  if (held?.version !== version) throw new Error('the text has changed since; ask again');
  return { json, ...held };
}

/**
 * @param {unknown} text  a string, or Markdown as the service writes it: what is plain, with backslashes
 * @returns {string[]} its paragraphs
 */
const plain = (text) =>
  (typeof text === 'string' ? text : String(/** @type {any} */ (text)?.value ?? ''))
    .replace(/\\([\\`*_{}[\]()<>#+\-.!~])/g, '$1')
    .split('\n\n')
    .filter((line) => line !== '');

/** @type {import('./api.js').SchemaWorker} */
const api = {
  async complete(version, text, offset) {
    const { json, document, tree } = await documentOf(version, text);
    const list = await json.doComplete(document, document.positionAt(offset), tree);
    if (!list) return null;
    return {
      items: list.items.flatMap(({ label, detail, documentation, textEdit, insertTextFormat }) => {
        if (!textEdit || !('range' in textEdit)) return [];
        const { range, newText } = textEdit;
        return {
          label,
          detail: detail ?? '',
          info: plain(documentation).join('\n'),
          text: newText,
          isSnippet: insertTextFormat === InsertTextFormat.Snippet,
          from: document.offsetAt(range.start),
          to: document.offsetAt(range.end),
        };
      }),
    };
  },

  async hover(version, text, offset) {
    const { json, document, tree } = await documentOf(version, text);
    const hover = await json.doHover(document, document.positionAt(offset), tree);
    if (!hover?.range) return null;
    const contents = Array.isArray(hover.contents) ? hover.contents : [hover.contents];
    const lines = contents.flatMap(plain);
    if (lines.length === 0) return null;
    return { from: document.offsetAt(hover.range.start), to: document.offsetAt(hover.range.end), lines };
  },
};

answerCalls(api);
