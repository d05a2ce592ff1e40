/**
 * Snippets are written one way by language servers, and another by CodeMirror.
 *
 * @module
 */

/**
 * A snippet in the language server protocol's spelling, in CodeMirror's. There a field's text has no braces: where it
 * should have, the text is no field.
 * @param {string} text
 */
export function snippetOf(text) {
  return text.replace(
    /\\([\\$}])|\$(\d+)|\$\{(\d+):((?:\\.|[^\\}])*)\}|[{}]/g,
    (all, escaped, bare, number, given) => {
      if (escaped !== undefined) return literal(escaped);
      if (bare !== undefined) return `\${${bare}}`;
      if (number === undefined) return literal(all);
      const plain = given.replace(/\\([\\$}])/g, '$1');
      return /[{}]/.test(plain) ? literal(plain) : `\${${number}:${plain}}`;
    },
  );
}

/**
 * Text that is no field.
 * @param {string} text
 */
export const literal = (text) => text.replace(/[{}]/g, '\\$&');
