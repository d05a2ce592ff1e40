// Calls the function with an event from a file, as Lambda would.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { handler } from './index.mjs';

const [file] = process.argv.slice(2);
const seconds = 30;
const deadline = Date.now() + seconds * 1000;
const context = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => deadline - Date.now() };
try {
  console.log(JSON.stringify(await handler(JSON.parse(await readFile(file, 'utf8')), context)));
} catch (error) {
  // What Lambda reports, and Step Functions pass on.
  console.error(JSON.stringify({ errorType: error.name, errorMessage: error.message }));
  process.exitCode = 1;
}
