import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { checkWhileTyping } from '../../examples/playground/src/checking.js';
import { createStore, initialState } from '../../examples/playground/src/store.js';

const report = { valid: true, counts: { error: 0, warning: 0, info: 0 }, issues: [{ code: 'an-issue' }] };
const explanation = { items: [], omitted: 0, next: null };

/** A page without a document: what its editor underlines is in `underlined`. */
function pageWith(check) {
  const shown = { text: '', underlined: [] };
  const store = createStore(initialState());
  const editor = {
    text: () => shown.text,
    length: () => shown.text.length,
    showIssues: (issues) => {
      shown.underlined = issues;
    },
  };
  const checking = checkWhileTyping({ store, check, editor, notice: () => {} });
  const write = async (text) => {
    shown.text = text;
    checking.textChanged();
    await checking.fresh();
  };
  return { store, shown, write };
}

describe('checking in the playground', () => {
  test('where a check fails, nothing of the text before is left', async () => {
    const { store, shown, write } = pageWith({
      async check(_version, text) {
        if (text === 'bad') throw new Error('the worker is lost');
        return { report, places: [{ index: 0, id: 'a', from: 0, to: 1 }] };
      },
      explain: async () => explanation,
    });
    await write('good');
    assert.equal(store.state.places.length, 1);
    assert.equal(shown.underlined.length, 1);
    await write('bad');
    assert.equal(store.state.failure?.message, 'the worker is lost');
    assert.deepEqual(store.state.places, []);
    assert.deepEqual(shown.underlined, []);
    assert.equal(store.state.report, null);
  });

  test('what is written while items are explained is checked before the rest of them', async () => {
    const asked = [];
    const page = pageWith({
      check: async () => ({ report, places: [] }),
      async explain(version, from) {
        asked.push([version, from]);
        if (version === 1) void page.write('later');
        // The items that are shown are not yet those of the text.
        else if (from === 0) assert.equal(page.store.state.explained, -1);
        return { items: [{ index: from }], omitted: 0, next: from < 2 ? from + 1 : null };
      },
    });
    await page.write('first');
    assert.deepEqual(asked, [
      [1, 0],
      [2, 0],
      [2, 1],
      [2, 2],
    ]);
    assert.deepEqual(page.store.state.explanation, {
      items: [0, 1, 2].map((index) => ({ index })),
      omitted: 0,
    });
    assert.equal(page.store.state.explained, 2);
  });
});
