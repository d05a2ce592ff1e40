/** One JSON document for programs. @module */

import { formatJson } from '../terminal.js';

/** @type {import('./format.js').Format} */
export const jsonFormat = {
  end: (results) => ({
    stdout: formatJson({
      valid: results.every((result) => 'report' in result && result.report.valid),
      files: results.map((result) =>
        'failure' in result
          ? { file: result.file, valid: false, failure: result.failure }
          : { file: result.file, ...result.report },
      ),
    }),
  }),
};
