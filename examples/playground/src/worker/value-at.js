/**
 * @param {any} root
 * @param {string} pointer  JSON Pointer
 * @returns {unknown} undefined where there is nothing
 */
export function valueAt(root, pointer) {
  let value = root;
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}
