// Preloaded into the commands that docs/ shows (`node --import`): they reach the hosts of examples, and no other.
import { fetchExample } from './docs-fixtures.js';

globalThis.fetch = fetchExample;
