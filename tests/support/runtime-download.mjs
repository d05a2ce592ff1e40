/*
 * Run by Deno and Bun in a project that has the package: one call, told as JSON in the first argument, and what came of
 * it as JSON on the last line.
 */
import { downloadItem, readHref } from 'stac-task';

const program = globalThis.Deno ? globalThis.Deno.args : process.argv.slice(2);
const { call, args, options = {}, abortAt } = JSON.parse(program[0]);
const abort = new AbortController();
const outcome = { value: null, error: null };
const told = ({ name, code, message, hint, errors }) => ({
  name,
  code,
  message,
  hint,
  errors: errors?.map(told),
});
const onMessage = ({ kind }) => {
  if (kind === 'chunk') console.error('a chunk has come');
  if (kind === abortAt) abort.abort(new Error('that is enough'));
};
try {
  const value = await { downloadItem, readHref }[call](...args, {
    ...options,
    onMessage,
    signal: abort.signal,
  });
  outcome.value = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
} catch (error) {
  outcome.error = told(error);
}
console.log(JSON.stringify(outcome));
