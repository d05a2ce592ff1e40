/**
 * Makes fixes: one at once, all after a look at what they change.
 *
 * @module
 */

/** @typedef {import('stac-task').Issue} Issue */

/** @param {import('./main.js').App} app */
export function fixing(app) {
  const { store, check } = app;

  /**
   * The text may have changed since the finding was shown: then the same finding of the new text is mended.
   * @param {Issue} shown
   */
  async function fixOne(shown) {
    await app.fresh();
    const issues = store.state.report?.issues ?? [];
    const same = issues.filter(({ code, fix }) => fix && code === shown.code);
    const issue =
      issues.find((each) => each === shown) ?? same.find(({ pointer }) => pointer === shown.pointer);
    if (!issue?.fix) return app.notice('That finding has gone');
    app.editor.edit(
      issue.fix.edits.map(({ range, text }) => ({ from: range.start.offset, to: range.end.offset, text })),
    );
    app.notice(`Fixed: ${issue.fix.title}`);
    await app.fresh();
  }

  /** @param {boolean} unsafe */
  async function preview(unsafe) {
    const version = await app.fresh();
    const fixed = await check.fixAll(version, unsafe, store.state.rules);
    return { ...fixed, version };
  }

  /** @param {{ text: string, version: number, applied: Issue[] }} fixed */
  function apply({ text, version, applied }) {
    if (version !== store.state.version)
      return app.notice('The text has changed meanwhile; nothing was replaced');
    const before = app.editor.text();
    app.editor.edit([changeBetween(before, text)]);
    app.notice(`${applied.length} ${applied.length === 1 ? 'finding is' : 'findings are'} fixed`);
  }

  return { fixOne, preview, apply };
}

/**
 * What differs, without what is the same before and behind it, so that the cursor and the folds stay.
 * @param {string} before
 * @param {string} after
 */
export function changeBetween(before, after) {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
  let end = 0;
  while (end < most - from && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from, to: before.length - end, text: after.slice(from, after.length - end) };
}
