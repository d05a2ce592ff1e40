// Here, since this folder's package.json has it installed.
export { JSONPath } from 'jsonpath-plus';
