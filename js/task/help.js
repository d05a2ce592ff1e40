/**
 * What the command line of a task shares with `stac-task run`.
 *
 * @module
 */

/**
 * What `stac-task run` shares with the module that it runs, which may call `cli()` itself.
 * @typedef {object} Importer
 * @property {string[]} argv  this very list is the command's own call; any other call runs nothing
 * @property {import('./cli.js').CommandOptions} [options]  of the module's call
 */

/** Where the {@link Importer} stands in the global object. */
export const importing = Symbol.for('stac-task.importing');

export const optionHelp = `  --output FILE      write the payload there, or PUT it to an http(s) URL; - is standard output; default: the address
                     \`url_out\` of an input that is but addresses, else standard output
  --workdir FOLDER   work there; it is made, and kept; default: a temporary folder
  --save-workdir     keep the work directory, the temporary one as well
  --upload, --no-upload
                     whether to upload assets and items (default: upload)
  --validate, --no-validate
                     whether to ask the task to validate the payload (default: validate)
  --local            for trying out: --save-workdir --no-upload --workdir local-output, and the output is
                     output-payload.json in the work directory
  --logging LEVEL    DEBUG, INFO, WARN, ERROR or CRITICAL (default: INFO)
  -h, --help

Deprecated: --skip-upload is --no-upload, --skip-validation is --no-validate.

Exit code: 0 it succeeded, 1 it failed, 2 the command line is wrong; 129, 130 or 143 it was interrupted; 141 nobody read
standard output to the end of the result.
`;
