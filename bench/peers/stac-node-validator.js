// Here, since this folder's package.json has it installed.
export { default as validateStac } from 'stac-node-validator';
export { default as peer } from 'stac-node-validator/src/utils.js';
