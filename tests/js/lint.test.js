/*
 * What lint finds beyond Python: each finding with its place, its text and what mends it; what comes near and is none;
 * and that an object has the findings of its text.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { fix, ready, validate, validateSync } from 'stac-task';

import { applyEdits } from '../../js/edits.js';
import { generatePayloads } from '../support/generate-payloads.js';
import { headerChoices, knownKeys } from '../support/known-keys.js';
import {
  brief,
  bytesOf,
  forEachCase,
  isLossless,
  payloadText,
  payloadWith,
  positionAt,
  withoutPlaces,
} from './support.js';

/**
 * @typedef {object} Case
 * @property {string} text       a payload or its first members; the range of the finding stands in « »
 * @property {string} [pointer]  default: that of the root
 * @property {string} message
 * @property {[title: string, safe: boolean, text: string]} [fix]  with the text after it, given like `text`
 * @property {string[]} [also]   what else is found, in brief
 * @property {false} [lead]      nothing can be put before its first member
 */

before(() => ready());

/** @param {string} text */
const read = (text) => readFileSync(new URL(`../../${text}`, import.meta.url), 'utf8');

const upload = (/** @type {string} */ members) => `"process": [{"upload_options": {${members}}}]`;
const template = (/** @type {string} */ text) => upload(`"path_template": "${text}"`);
const headers = (/** @type {string} */ members) =>
  upload(`"path_template": "s3://b/\${id}", "headers": {${members}}`);
const matchers = (/** @type {string} */ elements) => `"process": [{"collection_matchers": [${elements}]}]`;
const ofCollection = (/** @type {string} */ value) =>
  `"process": [{"collection_options": {"a/b~c": ${value}}}]`;
const pattern = (/** @type {string} */ text) =>
  matchers(`{"type": "jsonpath", "collection_name": "a", "pattern": "${text}"}`);
const later = (/** @type {string} */ members) => `"process": [{}, {${members}}]`;
const mapping = (/** @type {string} */ members) => upload(`"collections": {${members}}`);

const options = '/process/0/upload_options';
const firstPattern = '/process/0/collection_matchers/0/pattern';
const path = `${options}/path_template`;
const matcher = '/process/0/collection_matchers/0';
const collection = '/process/0/collection_options/a~1b~0c';
const chain = 'info process-chain /process/1';
const deprecated = `warning upload-collections ${options}/collections`;

const again = 'Remove the member that does not count';
const say = 'Say that it is a FeatureCollection';
const noType = "a payload is a FeatureCollection; 'type' is missing";
const reference = (/** @type {string} */ key) =>
  `a task fetches its payload from '${key}'; the rest of this one does not count`;
const entry = (/** @type {string} */ kind) =>
  `an entry of 'process' is a process definition or a list of them, not ${kind}`;
const unknown = (/** @type {string} */ key, /** @type {string} */ near) =>
  `unknown key '${key}'; did you mean '${near}'?`;
const noArgument = 'an S3 upload has no argument';
const acls =
  'private public-read public-read-write authenticated-read aws-exec-read bucket-owner-read bucket-owner-full-control';
const malformed = 'this is not a template:';
const lost = 'these options replace the global upload options and are not merged with them; lost:';

/** @type {Record<string, { severity: string, hint?: string, cases: Record<string, Case> }>} */
const findings = {
  'payload-not-object': {
    severity: 'error',
    hint: 'Python reads a list of pairs as an object too; nothing else does.',
    cases: {
      'a list of pairs, which Python takes': {
        text: '«[["process", [{}]]]»',
        message: 'a payload must be an object, not a list',
        lead: false,
      },
    },
  },
  'duplicate-key': {
    severity: 'warning',
    hint: 'The last one counts; remove the others.',
    cases: {
      'at the root': {
        text: '"a": 1, «"a"»: 2',
        pointer: '/a',
        message: "the key 'a' stands here for the second time",
        fix: [again, true, '"a": 2'],
      },
      'spelt with an escape, over lines': {
        text: '"process": [{\n  "x": {"é": 1,\n    «"\\u00e9"»: 2}}]',
        pointer: '/process/0/x/é',
        message: "the key '\\u00e9' stands here for the second time",
        fix: [again, true, '"process": [{\n  "x": {"\\u00e9": 2}}]'],
      },
    },
  },
  'non-finite-number': {
    severity: 'warning',
    hint: 'Use null, or a string; most JSON readers refuse it.',
    cases: {
      'minus infinity': {
        text: '"process": [{"a": [«-Infinity»]}]',
        pointer: '/process/0/a/0',
        message: '-Infinity is not JSON, though Python reads it',
      },
    },
  },
  'lone-surrogate': {
    severity: 'warning',
    hint: 'It cannot be written as UTF-8; write the whole pair or another character.',
    cases: {
      'as an escape': {
        text: '"a": "😀«\\udc00»"',
        pointer: '/a',
        message: 'half of a surrogate pair: \\udc00',
      },
      'as itself': {
        text: '"a": "😀 «\udc00»"',
        pointer: '/a',
        message: 'half of a surrogate pair: \udc00',
        fix: ['Write it as an escape', true, '"a": "😀 \\udc00"'],
      },
    },
  },
  'feature-collection-type': {
    severity: 'warning',
    hint: 'Write "type": "FeatureCollection".',
    cases: {
      'no type': {
        text: '«{"process": [{}]}»',
        message: noType,
        fix: [say, false, '{"type": "FeatureCollection", "process": [{}]}'],
        lead: false,
      },
      'no type, in lines': {
        text: '\n«{\n\t"process": [{}]\n}»\n',
        message: noType,
        fix: [say, false, '\n{\n\t"type": "FeatureCollection",\n\t"process": [{}]\n}\n'],
        lead: false,
      },
      'nothing at all': {
        text: '«{ }»',
        message: noType,
        fix: [say, false, '{ "type": "FeatureCollection"}'],
        also: ['warning process-missing '],
        lead: false,
      },
      'another type': {
        text: '{"process": [{}], "type": «"Feature"»}',
        pointer: '/type',
        message: "a payload is a FeatureCollection; 'type' is 'Feature'",
        fix: [say, false, '{"process": [{}], "type": "FeatureCollection"}'],
      },
      'in other letters': {
        text: '{"process": [{}], "type": «"featureCollection"»}',
        pointer: '/type',
        message: "a payload is a FeatureCollection; 'type' is 'featureCollection'",
        fix: [say, false, '{"process": [{}], "type": "FeatureCollection"}'],
      },
      'null for a type': {
        text: '{"type": «null», "process": [{}]}',
        pointer: '/type',
        message: "a payload is a FeatureCollection; 'type' is null",
        fix: [say, false, '{"type": "FeatureCollection", "process": [{}]}'],
      },
      'a list of types': {
        text: '{"type": «["FeatureCollection"]», "process": [{}]}',
        pointer: '/type',
        message: "a payload is a FeatureCollection; 'type' is a list",
        fix: [say, false, '{"type": "FeatureCollection", "process": [{}]}'],
      },
    },
  },
  'process-missing': {
    severity: 'warning',
    hint: 'Write a list with the process definition as its first element.',
    cases: {
      'no process': {
        text: '«{"type": "FeatureCollection"}»',
        message: 'there is no process definition, so tasks run without options',
      },
      'an empty list': {
        text: '"process": «[ ]»',
        pointer: '/process',
        message: 'there is no process definition, so tasks run without options',
      },
    },
  },
  'process-chain': {
    severity: 'info',
    hint: 'A task sees the first alone. Cirrus takes it away and hands the output on to the next.',
    cases: {
      'one more': {
        text: '"process": [{}, «{"workflow": "b"}»]',
        pointer: '/process/1',
        message: 'process definitions from here on are for later workflows: 1 more',
      },
      'three more, the first of them a fork': {
        text: '"process": [{}, «[{}, {}]», {}, {}]',
        pointer: '/process/1',
        message: 'process definitions from here on are for later workflows: 3 more',
      },
    },
  },
  'process-entry-type': {
    severity: 'warning',
    hint: 'A list among the entries starts several workflows with the same output.',
    cases: {
      'a name': {
        text: '"process": [{}, {}, «"publish"»]',
        pointer: '/process/2',
        message: entry('a string'),
        also: [chain],
      },
      'null in a fork': {
        text: '"process": [{}, [{}, «null»]]',
        pointer: '/process/1/1',
        message: entry('null'),
        also: [chain],
      },
      'a fork in a fork': {
        text: '"process": [{}, [{}, «[{}]»]]',
        pointer: '/process/1/1',
        message: entry('a list'),
        also: [chain],
      },
    },
  },
  'payload-reference': {
    severity: 'warning',
    hint: 'Keep one of the two: the address, or the payload itself.',
    cases: {
      'href beside a process definition': {
        text: '"href": «"s3://b/1.json"»',
        pointer: '/href',
        message: reference('href'),
      },
      'url beside features': {
        text: '{"type": "FeatureCollection", "url": «""», "features": []}',
        pointer: '/url',
        message: reference('url'),
      },
      'of both, href': {
        text: '"url": "s3://b/1.json", "href": «null»',
        pointer: '/href',
        message: reference('href'),
      },
    },
  },
  'unknown-key': {
    severity: 'warning',
    hint: 'Python ignores keys that it does not know.',
    cases: {
      'at the root': {
        text: '«"Features"»: [{}]',
        pointer: '/Features',
        message: unknown('Features', 'features'),
        fix: ['Write "features"', false, '"features": [{}]'],
      },
      'at the root, where an empty list says that there is none': {
        text: '«"feature"»: []',
        pointer: '/feature',
        message: unknown('feature', 'features'),
        fix: ['Write "features"', false, '"features": []'],
      },
      'a process definition': {
        text: '"process": [{«"task"»: {"a": {}}}]',
        pointer: '/process/0/task',
        message: unknown('task', 'tasks'),
        fix: ['Write "tasks"', false, '"process": [{"tasks": {"a": {}}}]'],
      },
      'with a value that says what its absence does': {
        text: '"process": [{«"workflowOptions"»: {}}]',
        pointer: '/process/0/workflowOptions',
        message: unknown('workflowOptions', 'workflow_options'),
        fix: ['Write "workflow_options"', false, '"process": [{"workflow_options": {}}]'],
      },
      'beside the known one': {
        text: '"process": [{«"workflw"»: "a", "workflow": "b"}]',
        pointer: '/process/0/workflw',
        message: unknown('workflw', 'workflow'),
      },
      'written with an escape': {
        text: '"process": [{«"t\\u0061sk"»: {"a": {}}}]',
        pointer: '/process/0/task',
        message: unknown('task', 'tasks'),
        fix: ['Write "tasks"', false, '"process": [{"tasks": {"a": {}}}]'],
      },
      'a later definition': {
        text: later('«"up-load options"»: {}'),
        pointer: '/process/1/up-load options',
        message: unknown('up-load options', 'upload_options'),
        fix: ['Write "upload_options"', false, later('"upload_options": {}')],
        also: [chain],
      },
      'a definition in a fork': {
        text: '"process": [{}, [{}, {«"Replace"»: true}]]',
        pointer: '/process/1/1/Replace',
        message: unknown('Replace', 'replace'),
        fix: ['Write "replace"', false, '"process": [{}, [{}, {"replace": true}]]'],
        also: [chain],
      },
      'a task in a list': {
        text: '"process": [{"tasks": [{"name": "a", «"parameter"»: {"b": 1}}]}]',
        pointer: '/process/0/tasks/0/parameter',
        message: unknown('parameter', 'parameters'),
        fix: ['Write "parameters"', false, '"process": [{"tasks": [{"name": "a", "parameters": {"b": 1}}]}]'],
        also: ['warning tasks-list /process/0/tasks'],
      },
      'upload options': {
        text: upload('"path_template": "s3://b/${id}", «"s3_url"»: true'),
        pointer: `${options}/s3_url`,
        message: unknown('s3_url', 's3_urls'),
        fix: ['Write "s3_urls"', false, upload('"path_template": "s3://b/${id}", "s3_urls": true')],
      },
      'a matcher, which Python would fail on': {
        text: matchers('{"type": "catch_all", «"collectionname"»: "a"}'),
        pointer: `${matcher}/collectionname`,
        message: unknown('collectionname', 'collection_name'),
        fix: ['Write "collection_name"', true, matchers('{"type": "catch_all", "collection_name": "a"}')],
        also: [`error matcher-key-missing ${matcher}`],
      },
      'the options of a collection': {
        text: ofCollection('{«"upload_option"»: {"path_template": "s3://b/${id}"}}'),
        pointer: `${collection}/upload_option`,
        message: unknown('upload_option', 'upload_options'),
        fix: [
          'Write "upload_options"',
          false,
          ofCollection('{"upload_options": {"path_template": "s3://b/${id}"}}'),
        ],
      },
    },
  },
  'option-type': {
    severity: 'error',
    cases: {
      'a template': {
        text: upload('"path_template": «null»'),
        pointer: path,
        message: "'path_template' must be a string, not null",
      },
      headers: {
        text: upload('"path_template": "s3://b/${id}", "headers": «[]»'),
        pointer: `${options}/headers`,
        message: "'headers' must be an object, not a list",
      },
      'upload options of a collection': {
        text: ofCollection('{"upload_options": «"s3://b"»}'),
        pointer: `${collection}/upload_options`,
        message: "'upload_options' must be an object, not a string",
      },
      'workflow options of a later definition': {
        text: later('"workflow_options": «[]»'),
        pointer: '/process/1/workflow_options',
        message: "'workflow_options' must be an object, not a list",
        also: [chain],
      },
      'tasks of a later definition': {
        text: later('"tasks": «true»'),
        pointer: '/process/1/tasks',
        message: "'tasks' must be an object, not a boolean",
        also: [chain],
      },
      'options of a task of a later definition': {
        text: later('"tasks": {"a": {}, "b": «1»}'),
        pointer: '/process/1/tasks/b',
        message: "'tasks' must be made of objects, not a number",
        also: [chain],
      },
      'a listed task of a later definition': {
        text: later('"tasks": [«"a"»]'),
        pointer: '/process/1/tasks/0',
        message: "'tasks' must be made of objects, not a string",
        also: [chain],
      },
      'upload options of a later definition': {
        text: later('"upload_options": «null»'),
        pointer: '/process/1/upload_options',
        message: "'upload_options' must be an object, not null",
        also: [chain],
      },
      'matchers in a fork': {
        text: '"process": [{}, [{"collection_matchers": «{}»}]]',
        pointer: '/process/1/0/collection_matchers',
        message: "'collection_matchers' must be a list, not an object",
        also: [chain],
      },
      'a matcher of a later definition': {
        text: later('"collection_matchers": [«"catch_all"»]'),
        pointer: '/process/1/collection_matchers/0',
        message: "'collection_matchers' must be made of objects, not a string",
        also: [chain],
      },
      'collection options of a later definition': {
        text: later('"collection_options": «[]»'),
        pointer: '/process/1/collection_options',
        message: "'collection_options' must be an object, not a list",
        also: [chain],
      },
    },
  },
  'option-boolean': {
    severity: 'warning',
    hint: 'Python takes 0, null, empty texts and empty lists for false, and all else for true.',
    cases: {
      'a text': {
        text: upload('"path_template": "s3://b/${id}", "s3_urls": «"false"»'),
        pointer: `${options}/s3_urls`,
        message: "'s3_urls' should be true or false",
      },
      null: {
        text: upload('"path_template": "s3://b/${id}", "s3_urls": «null»'),
        pointer: `${options}/s3_urls`,
        message: "'s3_urls' should be true or false",
      },
    },
  },
  'public-assets': {
    severity: 'error',
    hint: 'Write a list of asset keys, or "ALL".',
    cases: {
      'small letters': {
        text: upload('"path_template": "s3://b/${id}", "public_assets": «"all"»'),
        pointer: `${options}/public_assets`,
        message: 'unexpected value for `public_assets`: all',
      },
      'a boolean': {
        text: upload('"path_template": "s3://b/${id}", "public_assets": «true»'),
        pointer: `${options}/public_assets`,
        message: 'unexpected value for `public_assets`: a boolean',
      },
    },
  },
  'public-asset-key': {
    severity: 'warning',
    cases: {
      'what is no string': {
        text: upload('"path_template": "s3://b/${id}", "public_assets": ["a", «{}»]'),
        pointer: `${options}/public_assets/1`,
        message: 'the key of an asset is a string; an object names none',
      },
    },
  },
  'header-name': {
    severity: 'error',
    hint: 'Headers are named as boto3 names its arguments: CacheControl, StorageClass, ACL.',
    cases: {
      "HTTP's name": {
        text: headers('«"cache-control"»: "no-cache"'),
        pointer: `${options}/headers/cache-control`,
        message: `${noArgument} 'cache-control'; did you mean 'CacheControl'?`,
        fix: ['Write "CacheControl"', true, headers('"CacheControl": "no-cache"')],
      },
      "S3's name": {
        text: headers('«"x-amz-storage-class"»: "GLACIER"'),
        pointer: `${options}/headers/x-amz-storage-class`,
        message: `${noArgument} 'x-amz-storage-class'; did you mean 'StorageClass'?`,
        fix: ['Write "StorageClass"', true, headers('"StorageClass": "GLACIER"')],
      },
      'beside the right one': {
        text: headers('«"Acl"»: "private", "ACL": "private"'),
        pointer: `${options}/headers/Acl`,
        message: `${noArgument} 'Acl'; did you mean 'ACL'?`,
      },
      'one that S3 does not have': {
        text: headers('«"X-Robots-Tag"»: "none"'),
        pointer: `${options}/headers/X-Robots-Tag`,
        message: `${noArgument} 'X-Robots-Tag'`,
      },
      'of a collection': {
        text: ofCollection(
          '{"upload_options": {"path_template": "s3://b/${id}", "headers": {«"Content-Type"»: "image/tiff"}}}',
        ),
        pointer: `${collection}/upload_options/headers/Content-Type`,
        message: `${noArgument} 'Content-Type'; did you mean 'ContentType'?`,
        fix: [
          'Write "ContentType"',
          true,
          ofCollection(
            '{"upload_options": {"path_template": "s3://b/${id}", "headers": {"ContentType": "image/tiff"}}}',
          ),
        ],
      },
    },
  },
  'header-value': {
    severity: 'error',
    cases: {
      'a number': {
        text: headers('"CacheControl": «60»'),
        pointer: `${options}/headers/CacheControl`,
        message: "'CacheControl' must be a string, not a number",
      },
      'a line break': {
        text: headers('"ContentType": «"a\\nb"»'),
        pointer: `${options}/headers/ContentType`,
        message: "'ContentType' holds a control character",
      },
      'a choice in other letters': {
        text: headers('"StorageClass": «"standard-ia"»'),
        pointer: `${options}/headers/StorageClass`,
        message: `'StorageClass' cannot be 'standard-ia'; it is one of: ${
          headerChoices.find(([name]) => name === 'StorageClass')?.[1].join(' ') ?? ''
        }`,
        fix: ['Write "STANDARD_IA"', true, headers('"StorageClass": "STANDARD_IA"')],
      },
      'a choice that there is not': {
        text: headers('"ACL": «"public"»'),
        pointer: `${options}/headers/ACL`,
        message: `'ACL' cannot be 'public'; it is one of: ${acls}`,
      },
      'metadata as a text': {
        text: headers('"Metadata": «"a=b"»'),
        pointer: `${options}/headers/Metadata`,
        message: "'Metadata' must be an object of strings, not a string",
      },
      'a number in metadata': {
        text: headers('"Metadata": {"a": "b", "c/d": «1»}'),
        pointer: `${options}/headers/Metadata/c~1d`,
        message: "'c/d' must be a string, not a number",
      },
    },
  },
  'collection-options-entry': {
    severity: 'error',
    hint: 'Write an object.',
    cases: {
      'null for options': {
        text: ofCollection('«null»'),
        pointer: collection,
        message: "the options of collection 'a/b~c' must be an object",
      },
    },
  },
  'path-template-missing': {
    severity: 'error',
    hint: 'Write one, such as "s3://bucket/${collection}/${id}".',
    cases: {
      'of all uploads': {
        text: '"process": [{"upload_options": «{"public_assets": "ALL"}»}]',
        pointer: options,
        message: "an upload with these options needs a 'path_template'",
      },
      'of a collection, even if the options are empty': {
        text: ofCollection('{"upload_options": «{}»}'),
        pointer: `${collection}/upload_options`,
        message: "an upload with these options needs a 'path_template'",
      },
    },
  },
  'path-template-scheme': {
    severity: 'warning',
    cases: {
      'a folder': {
        text: upload('"path_template": «"/data/${id}"»'),
        pointer: path,
        message: 'uploads go to s3:// addresses; this template begins otherwise',
      },
      'an empty one': {
        text: upload('"path_template": «""»'),
        pointer: path,
        message: 'uploads go to s3:// addresses; this template begins otherwise',
      },
    },
  },
  'template-syntax': {
    severity: 'error',
    hint: 'Variables are written ${name}; a brace that is no variable cannot be written.',
    cases: {
      'a brace too many': {
        text: template('s3://\\u00e9😀/${id}«}»/x'),
        pointer: path,
        message: `${malformed} Single '}' encountered in format string`,
      },
      'a brace at the end': {
        text: template('s3://b/«{»'),
        pointer: path,
        message: `${malformed} Single '{' encountered in format string`,
      },
      'a variable that does not end': {
        text: template('s3://b/${i«d»'),
        pointer: path,
        message: `${malformed} expected '}' before end of string`,
      },
      'a variable in a variable': {
        text: template('s3://b/${a«{»id}}'),
        pointer: path,
        message: `${malformed} unexpected '{' in field name`,
      },
      'a conversion of two letters': {
        text: template('s3://b/${id!r«s»}'),
        pointer: path,
        message: `${malformed} expected ':' after conversion specifier`,
      },
      'a format that does not end': {
        text: template('s3://b/${id:«>»'),
        pointer: path,
        message: `${malformed} unmatched '{' in format spec`,
      },
      'written with an escape': {
        text: template('s3://b/«\\u007d»'),
        pointer: path,
        message: `${malformed} Single '}' encountered in format string`,
      },
    },
  },
  'template-variable': {
    severity: 'error',
    hint: "A variable is an item's field, one of its properties, or date, year, month, day or collection.",
    cases: {
      'no item has it': {
        text: `${template('s3://\\u00e9😀/«${gsd}»/${id}')}, "features": [{"id": "a", "properties": {}}]`,
        pointer: path,
        message: "no item of this payload has 'gsd'",
      },
      'a property by its whole name': {
        text: `${template('s3://b/«${properties.gsd}»')}, "features": [{"id": "a", "properties": {"GSD": 1}}]`,
        pointer: path,
        message: "no item of this payload has 'properties.gsd'",
      },
      'inside a property': {
        text: `${template('s3://b/«${a.b.c}»')}, "features": [{"a": {"b": 1}, "properties": {"a": {"b": {"d": 1}}}}]`,
        pointer: path,
        message: "no item of this payload has 'a.b.c'",
      },
      'a date of items without one': {
        text: `${template('s3://b/«${year}»')}, "features": [{"properties": {"datetime": null, "end_datetime": "2020-01-01T00:00:00Z"}}]`,
        pointer: path,
        message: "no item of this payload has 'year'",
      },
      'what becomes no field of an item': {
        text: `${template('s3://b/«${stac_version}»')}, "features": [{"stac_version": "1.1.0"}]`,
        pointer: path,
        message: "no item of this payload has 'stac_version'",
      },
      'written with escapes': {
        text: `${template('s3://b/«$\\u007b\\u0067sd}»')}, "features": [{}]`,
        pointer: path,
        message: "no item of this payload has 'gsd'",
      },
      'an asset that no item has': {
        text: `${template('s3://b/«${assets.k.href}»')}, "features": [{"assets": {"l": {"href": "a"}}}]`,
        pointer: path,
        message: "no item of this payload has 'assets.k.href'",
      },
      'what becomes no attribute of an asset': {
        text: `${template('s3://b/«${assets.k.type}»')}, "features": [{"assets": {"k": {"href": "a", "type": "b"}}}]`,
        pointer: path,
        message: "no item of this payload has 'assets.k.type'",
      },
      'no common metadata': {
        text: `${template('s3://b/«${common_metadata.tile}»')}, "features": [{"properties": {"tile": 1}}]`,
        pointer: path,
        message: "no item of this payload has 'common_metadata.tile'",
      },
      'a collection is a name only': {
        text: `${template('s3://b/«${collection.id}»')}, "features": [{"collection": "a"}]`,
        pointer: path,
        message: "no item of this payload has 'collection.id'",
      },
      'items that are none': {
        text: `${template('s3://b/«${gsd}»')}, "features": [null, "gsd"]`,
        pointer: path,
        message: "no item of this payload has 'gsd'",
      },
      'one without a dollar sign must be there, too': {
        text: `${template('s3://b/«{gsd}»')}, "features": [{}]`,
        pointer: path,
        message: "no item of this payload has 'gsd'",
        also: [`warning template-not-replaced ${path}`],
      },
      'of a collection': {
        text: `${ofCollection('{"upload_options": {"path_template": "s3://b/«${gsd}»"}}')}, "features": [{}]`,
        pointer: `${collection}/upload_options/path_template`,
        message: "no item of this payload has 'gsd'",
      },
    },
  },
  'template-not-replaced': {
    severity: 'warning',
    hint: 'Only ${name} is replaced, without conversion or format.',
    cases: {
      'no dollar sign': {
        text: template('s3://\\"\\u00e9😀/«{id}»'),
        pointer: path,
        message: '{id} stays in the path as it is',
      },
      'a conversion': {
        text: template('s3://b/$«{id!r}»/x'),
        pointer: path,
        message: '{id!r} stays in the path as it is',
      },
    },
  },
  'template-unpadded': {
    severity: 'info',
    hint: 'January is 1, not 01.',
    cases: {
      'a month': {
        text: template('s3://b/${year}/«${month}»/${id}'),
        pointer: path,
        message: '${month} has no leading zero',
      },
      'a day, of a later definition': {
        text: later('"upload_options": {"path_template": "s3://b/«${day}»"}'),
        pointer: '/process/1/upload_options/path_template',
        message: '${day} has no leading zero',
        also: [chain],
      },
    },
  },
  'collection-upload-options': {
    severity: 'info',
    hint: 'Repeat here what should hold for this collection too.',
    cases: {
      'what is lost is named': {
        text:
          '"process": [{"upload_options": {"path_template": "s3://b/${id}", "headers": {}, "s3_urls": true, "public_assets": []}, ' +
          '"collection_options": {"a": {"upload_options": «{"path_template": "s3://c/${id}", "headers": null}»}}}]',
        pointer: '/process/0/collection_options/a/upload_options',
        message: `${lost} s3_urls, public_assets`,
      },
    },
  },
  'matcher-key-missing': {
    severity: 'error',
    hint: "A matcher has 'type', 'collection_name' and, for type jsonpath, 'pattern'.",
    cases: {
      'no type': {
        text: matchers('«{"pattern": "$", "collection_name": "a"}»'),
        pointer: matcher,
        message: "this matcher has no 'type'",
      },
      'no name': {
        text: matchers('«{"type": "catch_all"}»'),
        pointer: matcher,
        message: "this matcher has no 'collection_name'",
      },
      'no pattern': {
        text: matchers('«{"type": "jsonpath", "collection_name": "a"}»'),
        pointer: matcher,
        message: "this matcher has no 'pattern'",
      },
    },
  },
  'matcher-type-unknown': {
    severity: 'error',
    hint: 'The types are jsonpath and catch_all.',
    cases: {
      'written otherwise': {
        text: matchers('{"type": «"catch-all"», "collection_name": "a"}'),
        pointer: `${matcher}/type`,
        message: 'Unknown matcher type: catch-all',
        fix: ['Write "catch_all"', true, matchers('{"type": "catch_all", "collection_name": "a"}')],
      },
      'another one': {
        text: matchers('{"type": «"regex"», "collection_name": "a"}'),
        pointer: `${matcher}/type`,
        message: 'Unknown matcher type: regex',
      },
      null: {
        text: matchers('{"type": «null», "collection_name": "a"}'),
        pointer: `${matcher}/type`,
        message: 'Unknown matcher type: null',
      },
    },
  },
  'matcher-value-type': {
    severity: 'error',
    cases: {
      'a pattern': {
        text: matchers('{"type": "jsonpath", "pattern": «["$"]», "collection_name": "a"}'),
        pointer: `${matcher}/pattern`,
        message: "'pattern' of a matcher must be a string",
      },
      'no pattern, by null': {
        text: matchers('{"type": "jsonpath", "pattern": «null», "collection_name": "a"}'),
        pointer: `${matcher}/pattern`,
        message: "'pattern' of a matcher must be a string",
      },
      'a name': {
        text: matchers('{"type": "catch_all", "collection_name": «5»}'),
        pointer: `${matcher}/collection_name`,
        message: "'collection_name' of a matcher must be a string",
      },
    },
  },
  'matcher-unreachable': {
    severity: 'warning',
    hint: 'Move the catch_all to the end.',
    cases: {
      'behind a catch_all': {
        text: matchers(
          '{"type": "catch_all", "collection_name": "a"}, «{"type": "jsonpath", "pattern": "$", "collection_name": "b"}»',
        ),
        pointer: '/process/0/collection_matchers/1',
        message: 'this matcher never runs: the catch_all before it takes every item',
      },
    },
  },
  'pattern-syntax': {
    severity: 'error',
    hint: 'Terms of a filter are joined by &, and there is no or: use | inside a regular expression. A quoted text takes a backslash for an escape.',
    cases: {
      'two ampersands': {
        text: pattern("$[?(@.a == 'é😀' &«&» @.b)]"),
        pointer: firstPattern,
        message: 'this pattern does not parse: Parse error at 1:17 near token & (&)',
      },
      'an end that is missing': {
        text: pattern('$[?(@.a «=»'),
        pointer: firstPattern,
        message: 'this pattern does not parse: Parse error near the end of string!',
      },
      'nothing at all': {
        text: matchers('{"type": "jsonpath", "collection_name": "a", "pattern": «""»}'),
        pointer: firstPattern,
        message: 'this pattern does not parse: Parse error near the end of string!',
      },
      'a character of no token': {
        text: pattern('$[?(@.a «!»! 5)]'),
        pointer: firstPattern,
        message: 'this pattern does not parse: Error on line 1, col 8: Unexpected character: ! ',
      },
      'in the legacy mapping, too': {
        text: mapping('"a": "$[«!»]"'),
        pointer: `${options}/collections/a`,
        message: 'this pattern does not parse: Error on line 1, col 2: Unexpected character: ! ',
        also: [deprecated],
      },
    },
  },
  'pattern-regex': {
    severity: 'error',
    hint: "It is one of Python's re.",
    cases: {
      'a set that is open': {
        text: pattern("$[?(@.id =~ 'S2«[»AB')]"),
        pointer: firstPattern,
        message: 'this regular expression does not compile: unterminated character set at position 2',
      },
      'a group of another dialect': {
        text: pattern("$[?(@.id =~ 'é(«?»<x>a)')]"),
        pointer: firstPattern,
        message: 'this regular expression does not compile: unknown extension ?<x at position 2',
      },
    },
  },
  'pattern-unsupported': {
    severity: 'error',
    hint: 'A test that something is there must stand last among its terms.',
    cases: {
      'a test of existence that is not the last': {
        text: pattern("$[?(@.«gsd & @».id =~ '^S2')]"),
        pointer: firstPattern,
        message: 'a path and & behind it are an intersection, which Python cannot evaluate: gsd & @',
      },
    },
  },
  'pattern-never': {
    severity: 'warning',
    hint: "Write a filter, as in $[?(@.id =~ '^S2')].",
    cases: {
      'a member of the list': {
        text: pattern('«$.properties».gsd'),
        pointer: firstPattern,
        message:
          'this pattern never matches: it is held against a list with the item in it, which has no $.properties',
      },
    },
  },
  'pattern-truncates': {
    severity: 'warning',
    hint: 'Compare with a number that has a fraction, such as 80.0; texts then fail.',
    cases: {
      'an integer on the right': {
        text: pattern('$[?(@.a > «80» & @.b < 80)]'),
        pointer: firstPattern,
        fix: ['Compare with a number that has a fraction', false, pattern('$[?(@.a > 80.0 & @.b < 80)]')],
        message: '@.a > 80 takes values without their fraction: 80.9 counts as 80',
      },
      'a negative one': {
        text: pattern('$[?(@.a > -80 & @.b < «-80»)]'),
        pointer: firstPattern,
        fix: ['Compare with a number that has a fraction', false, pattern('$[?(@.a > -80 & @.b < -80.0)]')],
        message: '@.b < -80 takes values without their fraction: 80.9 counts as 80',
      },
    },
  },
  'pattern-word': {
    severity: 'warning',
    hint: 'There is no way to compare with null; true and false are written small.',
    cases: {
      null: {
        text: pattern('$[?(@.a == «null»)]'),
        pointer: firstPattern,
        message: 'null is a string here, as if it stood in quotes',
      },
    },
  },
  'pattern-backslash': {
    severity: 'warning',
    hint: 'In a quoted text a backslash makes the next character stand for itself. Double it, in JSON to four.',
    cases: {
      'a class': {
        text: pattern("$[?(@.id =~ «'^é\\\\d{8}\\\\'\\\\.'»)]"),
        pointer: firstPattern,
        fix: ['Double the backslashes', false, pattern("$[?(@.id =~ '^é\\\\\\\\d{8}\\\\'\\\\\\\\.')]")],
        message: "a backslash is lost in '^é\\d{8}\\'\\.'",
      },
    },
  },
  'pattern-unanchored': {
    severity: 'info',
    hint: 'Begin it with ^ to say so.',
    cases: {
      'what looks like a beginning': {
        text: pattern("$[?(@.id =~ «'S2.*'»)]"),
        pointer: firstPattern,
        fix: ['Anchor it with ^', false, pattern("$[?(@.id =~ '^S2.*')]")],
        message: "'S2.*' may match anywhere in the text, not only at its beginning",
      },
    },
  },
  'legacy-key-order': {
    severity: 'warning',
    hint: "A list of 'collection_matchers' keeps its order.",
    cases: {
      'a number behind a name': {
        text: mapping('"a": "$", «"10"»: "$"'),
        pointer: `${options}/collections/10`,
        message: "in a JavaScript object the key '10' moves to the front, and the first match wins",
        also: [deprecated],
      },
      'a smaller number behind a larger one': {
        text: mapping('"10": "$", «"9"»: "$", "1": "$"'),
        pointer: `${options}/collections/9`,
        message: "in a JavaScript object the key '9' moves to the front, and the first match wins",
        also: [deprecated],
      },
    },
  },
};

/** Findings that an object cannot have, or has of its process alone. */
const ofTexts = /^(duplicate-key|non-finite-number|lone-surrogate|legacy-key-order)$/;

/** Everything that makes places hard to count. */
const lead = '"\\ud83d\\ude00\\"é€😀": ["é\\\\", "€", "😀"],\n\t';

/** @param {string} text a case's, without its marks */
const whole = (text) => (/^\s*«?[{[]/.test(text) ? text : payloadText(text));

/** @param {string} text */
const withLead = (text) => text.replace('{', () => `{${lead}`);

/** Ways to write the same. @type {Record<string, (text: string, each: Case) => string>} */
const spellings = {
  'as it stands': (text) => text,
  'behind escapes, long characters and lines': (text, each) => (each.lead === false ? text : withLead(text)),
  'in lines that end with CRLF': (text, each) =>
    (each.lead === false ? text : withLead(text)).replaceAll('\n', '\r\n'),
};

describe('each finding', () => {
  for (const [code, { severity, hint, cases }] of Object.entries(findings)) {
    for (const [name, each] of Object.entries(cases)) {
      test(`${code}: ${name}`, async () => {
        for (const [spelling, spell] of Object.entries(spellings)) {
          await assertFound(code, { severity, hint }, each, (text) => spell(whole(text), each), spelling);
        }
      });
    }
  }

  test('that there is stands in this table', () => {
    const [, lint = ''] = read('src/payload/rules.def').split('// Lint: what Python accepts in silence.');
    const rules = lint.split('// What Cirrus says')[0]?.matchAll(/^RULE\((\w+), (\w+), "/gm) ?? [];
    const severities = Object.fromEntries(
      [...rules].map(([, name, severity]) => [name?.replaceAll('_', '-'), severity]),
    );
    const { 'byte-order-mark': mark, ...others } = severities;
    assert.equal(mark, 'warning', 'it is of bytes alone: decisions.test.js');
    const shown = Object.fromEntries(
      Object.entries(findings).map(([code, { severity }]) => [code, severity]),
    );
    assert.deepEqual(shown, others);
  });
});

/**
 * @param {string} code
 * @param {{ severity: string, hint?: string }} rule
 * @param {Case} each
 * @param {(text: string) => string} spell
 * @param {string} spelling
 */
async function assertFound(code, rule, each, spell, spelling) {
  const marked = spell(each.text);
  const text = marked.replace(/[«»]/g, '');
  const [start, end] = [marked.indexOf('«'), marked.indexOf('»') - 1];
  const what = `${spelling}: ${text}`;
  const report = validateSync(text);
  const found = report.issues.filter((issue) => issue.code === code);
  const [issue] = found;
  assert.ok(issue && found.length === 1, `${what}\n${brief(report).join('\n')}`);

  const { range, fix: mending, ...said } = issue;
  const { severity, hint } = rule;
  const expected = { code, severity, message: each.message, pointer: each.pointer ?? '' };
  assert.deepEqual(said, hint === undefined ? expected : { ...expected, hint }, what);
  assert.equal(text.slice(range?.start.offset, range?.end.offset), text.slice(start, end), what);
  assert.deepEqual(range, { start: positionAt(text, start), end: positionAt(text, end) }, what);
  assert.deepEqual(
    brief(report).sort(),
    [...(each.also ?? []), `${severity} ${code} ${each.pointer ?? ''}`].sort(),
    what,
  );

  assert.deepEqual(mending && [mending.title, mending.safe], each.fix?.slice(0, 2), what);
  if (mending && each.fix) {
    const mended = applyEdits(text, mending.edits);
    assert.equal(mended, spell(each.fix[2]), what);
    if (code !== 'lone-surrogate') {
      assert.ok(!validateSync(mended).issues.some((issue) => issue.code === code), 'it is mended');
    }
    const applied = async (/** @type {boolean} */ unsafe) =>
      (await fix(text, { unsafe })).applied.some((issue) => issue.code === code);
    assert.deepEqual([await applied(false), await applied(true)], [mending.safe, true], what);
  }

  assert.deepEqual(validateSync(bytesOf(text)), report, `${what}, as bytes`);
  assert.deepEqual(await validate(text), report);
  const silent = validateSync(text, { lint: false }).issues;
  assert.ok(!silent.some((issue) => issue.code === code), 'without lint it is not said');
  if (!ofTexts.test(code) && isLossless(text)) {
    assert.deepEqual(
      withoutPlaces(validateSync(JSON.parse(text))),
      withoutPlaces(report),
      `${what}, as an object`,
    );
  }
}

describe('nothing is said of', () => {
  const item = '{"id": "a", "properties": {"datetime": "2020-01-01T00:00:00Z", "gsd": 10, "a": {"b": null}}}';
  /** @param {string} text @param {string[]} features */
  const templateFor = (text, ...features) => `${template(text)}, "features": [${features.join(', ')}]`;

  /** Payloads or their first members. @type {Record<string, string>} */
  const clean = {
    'the least that is clean': '"process": [{}]',
    'an address alone': '{"type": "FeatureCollection", "href": "s3://b/1.json"}',
    'an address alone, as url, with an id':
      '{"type": "FeatureCollection", "url": "s3://b/1.json", "id": "a"}',
    'every key of the root': '"id": 1, "features": [], "bbox": [], "links": [], "collections": []',
    'other members of the root': `${[
      ...['stac_version', 'stac_extensions', 'numberMatched', 'numberReturned', 'context', 'crs', 'title'],
      ...[
        'description',
        'timeStamp',
        'name',
        'properties',
        'metadata',
        'x',
        '',
        'ur',
        '__proto__',
        'constructor',
      ],
    ].map((key) => `"${key}": 1`)}`,
    'keys of process definitions that are far from known ones': `"process": [{${[
      ...[
        'input_collections',
        'name',
        'id',
        'version',
        'options',
        'upload',
        'params',
        'source',
        'output',
        'w',
        '',
      ],
      ...['x'.repeat(100), 'été', '😀', '__proto__', 'task_options', 'matchers', 'notes'],
    ].map((key) => `"${key}": {}`)}}]`,
    'every key of a process definition': `"process": [{${knownKeys.definition
      .filter((key) => !/upload|matchers|tasks|options/.test(key))
      .map(
        (key) => `"${key}": null`,
      )}, "workflow_options": {}, "tasks": {}, "upload_options": {}, "collection_matchers": [], "collection_options": {}}]`,
    'every upload option': upload(
      '"path_template": "s3://b/${id}", "public_assets": ["a", ""], "headers": {"ACL": "private"}, "s3_urls": false',
    ),
    'null for headers and public assets': upload(
      '"path_template": "s3://b/${id}", "public_assets": null, "headers": null',
    ),
    'empty headers and public assets': upload(
      '"path_template": "s3://b/${id}", "public_assets": [], "headers": {}',
    ),
    'ALL assets': upload('"path_template": "s3://b/${id}", "public_assets": "ALL", "s3_urls": true'),
    'every header that takes any text': headers(
      knownKeys.header
        .filter((name) => name !== 'Metadata' && !headerChoices.some(([other]) => other === name))
        .map((name) => `"${name}": "some text, with é and 😀"`)
        .join(),
    ),
    'times and sizes that are no texts': headers(
      '"Expires": 5, "ObjectLockRetainUntilDate": null, "MpuObjectSize": 1.5',
    ),
    metadata: headers('"Metadata": {"": "", "a": "b", "CacheControl": "no\\ncache"}'),
    'no metadata': headers('"Metadata": {}'),
    'each kind of matcher': matchers(
      '{"type": "jsonpath", "pattern": "$[0]", "collection_name": ""}, {"type": "jsonpath", "pattern": "$", "collection_name": null, "note": 1}, {"type": "catch_all", "collection_name": null, "pattern": 5}',
    ),
    'a pattern without surprises': matchers(
      `{"type": "jsonpath", "collection_name": "a", "pattern": "$[?(@.id =~ '^S2[AB]_\\\\\\\\d+' & @.a.['b:c'] < 80 & @.d == true & @.e =~ '.*L2A')]"}`,
    ),
    'options of a collection without upload options': ofCollection('{"description": "a", "x": 1}'),
    'upload options of a collection that lose nothing':
      '"process": [{"upload_options": {"path_template": "s3://b/${id}"}, "collection_options": {"a": {"upload_options": {"path_template": "s3://c/${id}", "headers": {}}}}}]',
    'a mapping alone needs no template': '"process": [{"upload_options": {}}]',
    'a template of what every item has': templateFor(
      's3://b/${id}/${collection}/${bbox}/${geometry}/${properties}/${links}/${assets}/${common_metadata.gsd}/${ext}/${clone}',
      '{}',
      'null',
    ),
    'a template of what an asset has': templateFor(
      's3://b/${assets.k.href}/${assets.k.media_type}/${assets.k.extra_fields.gsd}',
      '{"assets": {"k": {"href": "a", "gsd": 10}}}',
    ),
    'fields of the top level by their place, and a property with a name that is none there': templateFor(
      's3://b/${extra_fields.eo:x}/${type}/${properties.clone}',
      '{"eo:x": 1, "properties": {"type": "a", "clone": 1}}',
    ),
    'a property that gets another name when the item is read': templateFor(
      's3://b/${proj:code}',
      '{"properties": {"proj:epsg": 32631}}',
    ),
    'properties of an item from before STAC 1.0': templateFor(
      's3://b/${platform}',
      '{"stac_version": "0.8.1", "properties": {"eo:platform": "a"}}',
    ),
    'a template that begins with a variable': templateFor(
      '${root}/${id}',
      '{"properties": {"root": "s3://b"}}',
    ),
    'dates of items with a datetime': templateFor('s3://b/${year}/${date}', item),
    'dates of items with a start': templateFor(
      's3://b/${year}/${date}',
      '{"properties": {"datetime": null, "start_datetime": "2020-01-01T00:00:00Z"}}',
    ),
    'properties by name, by their whole name, and inside': templateFor(
      's3://b/${gsd}/${properties.gsd}/${a.b}/${properties.a.b}',
      item,
    ),
    'other fields of items': templateFor('s3://b/${eo:x}/${y.z}', '{"eo:x": 1, "y": {"z": null}}'),
    'a variable that one item of several has': templateFor(
      's3://b/${gsd}/${x}',
      '{}',
      item,
      'null',
      '{"x": 1}',
    ),
    'any variable where there are no items': templateFor('s3://b/${gsd}/${x.y}'),
    'any variable where there are no features': template('s3://b/${gsd}/${x.y}'),
    'doubled braces': template('s3://b/{{a}}/${id}'),
    'a template in the parameters of a task': '"process": [{"tasks": {"a": {"path_template": "{"}}}]',
    'numbers as collections, in the order of JavaScript':
      '"process": [{"collection_options": {"9": {}, "10": {}, "a": {}}}]',
  };
  for (const [name, members] of Object.entries(clean)) {
    test(name, () => {
      const text = whole(members);
      for (const input of [text, bytesOf(text), JSON.parse(text)]) {
        assert.deepEqual(validateSync(input).issues, [], text);
      }
    });
  }

  for (const [name, values] of headerChoices) {
    test(`any value of the header ${name}`, () => {
      assert.ok(values.length > 0);
      for (const value of values) {
        const text = whole(headers(`"${name}": "${value}"`));
        assert.deepEqual(validateSync(text).issues, [], text);
      }
    });
  }

  test('later definitions and forks, but that they are there', () => {
    const definition =
      '{"workflow": "a", "workflow_options": {}, "tasks": {"a": {}}, "upload_options": {"path_template": "s3://b/${gsd}/${id}"}, "collection_matchers": [{"type": "catch_all", "collection_name": "a"}], "collection_options": {"a": {}}}';
    const text = whole(
      `"process": [{}, ${definition}, [${definition}, ${definition}], [], {"upload_options": {"collections": 5}}, {"tasks": [{"name": "a"}]}], "features": [{"properties": {}}]`,
    );
    for (const input of [text, JSON.parse(text)]) assert.deepEqual(brief(validateSync(input)), [chain], text);
  });

  test('a mapping, but that it is deprecated', () => {
    for (const members of [
      '',
      '"9": "$", "10": "$", "a": "$"',
      '"a": "$", "01": "$", "-1": "$", "4294967295": "$"',
    ]) {
      assert.deepEqual(brief(validateSync(whole(mapping(members)))), [deprecated], members);
    }
  });

  test('the example payloads, beyond notes and what Python says', () => {
    const names = readdirSync(new URL('../../examples/payloads', import.meta.url));
    const good = names.filter((name) => !/broken|truncated/.test(name));
    assert.ok(good.length >= 3, `${names}`);
    for (const name of good) {
      const { issues } = validateSync(read(`examples/payloads/${name}`));
      const rest = issues.filter(({ severity, python }) => severity !== 'info' && !python);
      assert.deepEqual(rest, [], name);
    }
  });
});

describe('the order is', () => {
  const text =
    '{"process": {"workflw": 1, "tasks": 5, "upload_options": {"s3_urls": 1}}, "features": 5, "feature": 1}';

  test("Python's first, then by position", () => {
    assert.deepEqual(brief(validateSync(text)), [
      'warning process-dict /process',
      'error tasks-type /process/tasks',
      'error features-type /features',
      'warning feature-collection-type ',
      'warning unknown-key /process/workflw',
      'error path-template-missing /process/upload_options',
      'warning option-boolean /process/upload_options/s3_urls',
      'warning unknown-key /feature',
    ]);
  });

  test('the same when there is no room for all', () => {
    const all = validateSync(text);
    assert.equal(all.omitted, undefined);
    for (let maxIssues = 0; maxIssues < all.issues.length; ++maxIssues) {
      const { valid, issues, counts, omitted } = validateSync(text, { maxIssues });
      assert.deepEqual(issues, all.issues.slice(0, maxIssues));
      assert.equal(omitted, all.issues.length - maxIssues);
      assert.deepEqual({ valid, counts }, { valid: false, counts: { error: 3, warning: 5, info: 0 } });
    }
  });

  test('for an object: as many are listed, and as many are not', () => {
    const object = JSON.parse(text);
    for (let maxIssues = 0; maxIssues < 10; ++maxIssues) {
      const { counts, omitted, issues } = validateSync(text, { maxIssues });
      const ofObject = validateSync(object, { maxIssues });
      assert.deepEqual([ofObject.counts, ofObject.omitted], [counts, omitted]);
      assert.equal(ofObject.issues.length, issues.length);
    }
  });

  test('thousands are counted, a thousand are listed', () => {
    const entries = Array.from(
      { length: 5000 },
      (_, i) => `"c${i}": {"upload_options": {"path_template": "s3://b/\${gsd}/{x}"}}`,
    );
    const many = whole(`"process": [{"collection_options": {${entries}}}], "features": [{}]`);
    for (const input of [many, JSON.parse(many)]) {
      const { issues, omitted, counts } = validateSync(input);
      assert.deepEqual([issues.length, omitted], [1000, 14_000]);
      assert.deepEqual(counts, { error: 10_000, warning: 5000, info: 0 });
    }
  });
});

describe('lint: false silences', () => {
  test('all of it', () => {
    for (const { cases } of Object.values(findings)) {
      for (const { text } of Object.values(cases)) {
        const plain = whole(text).replace(/[«»]/g, '');
        for (const issue of validateSync(plain, { lint: false }).issues) assert.ok(issue.python, issue.code);
      }
    }
  });

  test('nothing of the items', () => {
    const text = '{"features": [{"type": "Feature"}]}';
    const items = validateSync(text, { items: 'core', lint: false }).issues.filter(({ code }) =>
      /^item-/.test(code),
    );
    assert.ok(items.length >= 5, `${items.length}`);
    const linted = validateSync(text, { items: 'core' }).issues.filter(({ code }) => /^item-/.test(code));
    assert.deepEqual(linted, items);
  });
});

describe('of an object', () => {
  const read = (/** @type {string} */ what) => () => assert.fail(`${what} was read`);
  /** @template {object} T @param {T} object @param {...string} keys that must not be read */
  function guarded(object, ...keys) {
    for (const key of keys) Object.defineProperty(object, key, { enumerable: true, get: read(key) });
    return object;
  }
  /** @param {string} path_template @param {unknown[]} features */
  const withTemplate = (path_template, features) =>
    payloadWith({ process: [{ upload_options: { path_template } }], features });

  test('members that nothing looks at are not read, though their names are', () => {
    const payload = guarded(
      payloadWith({ features: [guarded({}, 'id', 'properties')] }),
      'links',
      'bbox',
      'feature',
    );
    assert.deepEqual(brief(validateSync(payload)), ['warning unknown-key /feature']);
    assert.deepEqual(brief(validateSync(payload, { lint: false })), ['warning upload-collections ']);
  });

  test('what lint reads is not read without it', () => {
    const payload = guarded({ process: [{}] }, 'type', 'id', 'href', 'url');
    assert.deepEqual(brief(validateSync(payload, { lint: false })), ['warning upload-collections ']);
    assert.deepEqual(brief(validateSync(guarded({ process: [{}] }, 'type'))), ['error not-json /type']);
  });

  test('items are not read for the sake of their ids and collections', () => {
    const items = [guarded({}, 'id', 'collection', 'properties')];
    assert.deepEqual(validateSync(withTemplate('s3://b/${collection}/${id}', items)).issues, []);
    const none = payloadWith({ features: items, '${gsd}': 1 });
    assert.deepEqual(brief(validateSync(none)), [], 'a variable elsewhere is none');
  });

  test('of items no more is read than it takes to find each variable', () => {
    const first = guarded({ properties: { gsd: 1 } }, 'geometry', 'bbox', 'assets', 'links');
    const unread = guarded({}, 'properties', 'geometry');
    assert.deepEqual(validateSync(withTemplate('s3://b/${gsd}/${id}', [first, unread])).issues, []);
    const second = guarded({ properties: { x: 1 } }, 'geometry', 'bbox', 'assets', 'links');
    assert.deepEqual(validateSync(withTemplate('s3://b/${gsd}/${x}', [first, second])).issues, []);
  });

  test('what cannot be read in an item that is looked at is a finding', () => {
    const payload = withTemplate('s3://b/${gsd}', [guarded({}, 'properties')]);
    assert.deepEqual(brief(validateSync(payload)), ['error not-json /features/0/properties']);
  });

  test('members that JSON leaves out are none', () => {
    const absent = { feature: undefined, link: () => 1, types: Symbol('a'), url: undefined };
    assert.deepEqual(validateSync(payloadWith(absent)).issues, []);
    const setter = Object.defineProperty(payloadWith({}), 'feature', { enumerable: true, set() {} });
    assert.deepEqual(validateSync(setter).issues, []);
    assert.deepEqual(brief(validateSync(payloadWith({ feature: null }))), ['warning unknown-key /feature']);
  });

  test('toJSON() counts, of the root, of members and of items', () => {
    const as = (/** @type {unknown} */ value) => ({ toJSON: () => value });
    assert.deepEqual(validateSync(as(payloadWith({}))).issues, []);
    assert.deepEqual(validateSync(payloadWith({ type: as('FeatureCollection') })).issues, []);
    const { issues } = validateSync(withTemplate('s3://b/${gsd}', [as({ properties: as({ gsd: 1 }) })]));
    assert.deepEqual(issues, []);
  });
});

describe('text and object agree on', () => {
  /** @type {Record<string, import('stac-task').ValidateOptions>} */
  const settings = {
    lint: {},
    'the profile cirrus': { profile: 'cirrus' },
    items: { items: 'core' },
    'all without lint': { profile: 'cirrus', items: 'core', lint: false },
  };
  const cases = generatePayloads(42, 3000);
  for (const [name, options] of Object.entries(settings)) {
    test(`${name}, of generated payloads`, () =>
      forEachCase(cases, 3000, ({ text }) => {
        const [ofText, ofObject] = [validateSync(text, options), validateSync(JSON.parse(text), options)];
        assert.deepEqual(withoutPlaces(ofObject), withoutPlaces(ofText));
      }));
  }
});
