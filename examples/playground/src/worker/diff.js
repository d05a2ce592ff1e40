/**
 * A file of its own, since only "fix all" needs it.
 *
 * @module
 */

export { structuredPatch } from 'diff';
