/**
 * "Fix all" shows what it would change before it does.
 *
 * @module
 */

import { html, nothing } from 'lit-html';

import { openDialog } from '../actions/dialog.js';
import { failureOf } from '../rpc.js';

/** @typedef {import('../worker/api.js').DiffHunk} DiffHunk */

/** More lines would keep the page busy for seconds, and nobody reads them. */
const mostLines = 400;

/** @param {ReturnType<typeof import('../fixing.js').fixing>} fixes */
export function previewFixes(fixes) {
  /** @type {{ unsafe: boolean, fixed?: Awaited<ReturnType<typeof fixes.preview>>, problem?: string }} */
  const state = { unsafe: false };

  const { update, dialog } = openDialog('Fix all', ({ close }) => content(close), { wide: true });
  void look();

  async function look() {
    try {
      state.fixed = await fixes.preview(state.unsafe);
      delete state.problem;
    } catch (error) {
      state.problem = failureOf(error).message;
    }
    if (dialog.open) update();
  }

  /** @param {() => void} close */
  function content(close) {
    const { fixed, problem, unsafe } = state;
    const apply = () => {
      close();
      if (fixed) fixes.apply(fixed);
    };
    const choose = (/** @type {Event} */ event) => {
      state.unsafe = /** @type {HTMLInputElement} */ (event.target).checked;
      void look();
    };
    return html`
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      <p role="status">${fixed ? summary(fixed) : 'Looking…'}</p>
      <div class="diff" tabindex="0" role="region" aria-label="What would change">
        ${fixed ? difference(fixed.hunks) : nothing}
      </div>
      <label class="check"><input type="checkbox" .checked=${unsafe} @change=${choose}>
        <span>Also unsafe fixes: Python would read the payload differently after them</span></label>
      <div class="buttons">
        <button type="button" @click=${close}>Cancel</button>
        <button type="button" class="primary" autofocus ?disabled=${!fixed || fixed.applied.length === 0} @click=${apply}>
          Apply</button>
      </div>`;
  }
}

/** @param {import('../worker/api.js').FixedText} fixed */
function summary({ applied, remaining }) {
  const errors = remaining.filter(({ severity }) => severity === 'error').length;
  const done = `${applied.length} ${applied.length === 1 ? 'finding' : 'findings'} would be fixed`;
  return `${done}; ${remaining.length} would remain, ${errors} of them ${errors === 1 ? 'an error' : 'errors'}.`;
}

/** @param {DiffHunk[]} hunks */
function difference(hunks) {
  const all = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  let left = mostLines;
  const seen = hunks.flatMap((each) => {
    const lines = each.lines.slice(0, Math.max(0, left));
    left -= lines.length;
    return lines.length > 0 ? { ...each, lines } : [];
  });
  return html`${seen.map(hunk)}
    ${all > mostLines ? html`<p class="soft">And ${(all - mostLines).toLocaleString('en')} more lines, which are changed as well.</p>` : nothing}`;
}

const kinds = /** @type {Record<string, [string, string]>} */ ({
  '+': ['added', 'added'],
  '-': ['removed', 'removed'],
});

/** @param {DiffHunk} hunk */
function hunk({ oldStart, newStart, lines }) {
  let before = oldStart;
  let after = newStart;
  const rows = lines.map((line) => {
    const mark = line[0] ?? ' ';
    const number = mark === '+' ? after : before;
    if (mark !== '+') before += 1;
    if (mark !== '-') after += 1;
    const [kind, word] = kinds[mark] ?? ['', ''];
    return html`<div class="diff-line ${kind}"><span class="number">${number}</span><span class="mark" aria-hidden="true"
      >${mark}</span>${word ? html`<span class="hidden">${word}: </span>` : nothing}<code>${line.slice(1)}</code></div>`;
  });
  return html`<div class="hunk">${rows}</div>`;
}
