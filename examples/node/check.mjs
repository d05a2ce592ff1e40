// Checks payloads that the command line names, and prints each problem with its place.
//
//     node examples/node/check.mjs examples/payloads/*.json
import { readFile } from 'node:fs/promises';
import { validate } from 'stac-task';

for (const file of process.argv.slice(2)) {
  const { valid, issues } = await validate(await readFile(file));
  for (const { severity, message, range } of issues) {
    console.log(`${file}:${range?.start.line ?? 1}: ${severity}: ${message}`);
  }
  if (!valid) process.exitCode = 1;
}
