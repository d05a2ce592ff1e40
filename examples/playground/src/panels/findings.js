/**
 * What is found in the payload: a list to read, to go to, and to mend from.
 *
 * @module
 */

import { html, nothing, render } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { docsOf, listedAtFirst } from '../config.js';
import { element } from '../element.js';
import { previewFixes } from './fix-all.js';
import { withoutTurns } from './format.js';

/** @typedef {import('stac-task').Issue} Issue */

const words = { error: 'Error', warning: 'Warning', info: 'Info' };

/**
 * @param {import('../main.js').App} app
 * @param {ReturnType<typeof import('../fixing.js').fixing>} fixes
 */
export function findingsPanel(app, fixes) {
  const { store } = app;
  const list = element('findings-list');
  const fixAll = /** @type {HTMLButtonElement} */ (element('fix-all'));
  let listed = listedAtFirst;

  fixAll.addEventListener('click', () => previewFixes(fixes));

  store.watch(['report', 'failure'], () => {
    const { report } = store.state;
    const isIdle = !report?.issues.some(({ fix }) => fix);
    // A button that is disabled would lose the focus to nowhere.
    if (isIdle && document.activeElement === fixAll) element('findings').focus();
    fixAll.disabled = isIdle;
    showVerdict(store.state);
    show();
  });

  function show() {
    const { report, failure, checked } = store.state;
    if (!report) {
      render(checked < 0 ? nothing : html`<p class="problem">${failure?.message}</p>`, list);
      return;
    }
    const { issues, omitted = 0 } = report;
    if (issues.length === 0) {
      render(html`<p class="empty">Nothing to say about this payload.</p>`, list);
      return;
    }
    const seen = issues.slice(0, listed);
    const more = issues.length - seen.length;
    render(
      html`
        <ol class="rows" @keydown=${moveByArrows}>
          ${repeat(seen, keyOf(), (issue) => row(app, fixes, issue))}
        </ol>
        ${more > 0 ? html`<button type="button" @click=${showAll}>List ${more} more</button>` : nothing}
        ${omitted > 0 ? html`<p class="soft">${omitted} more are counted and not listed.</p>` : nothing}`,
      list,
    );
  }

  function showAll() {
    listed = Number.POSITIVE_INFINITY;
    show();
  }
}

/** Findings that stay keep their elements, and so the focus. */
function keyOf() {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return (/** @type {Issue} */ { code, pointer }) => {
    const name = `${code} ${pointer}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return `${name} ${count}`;
  };
}

/**
 * @param {import('../main.js').App} app
 * @param {ReturnType<typeof import('../fixing.js').fixing>} fixes
 * @param {Issue} issue
 */
function row(app, fixes, issue) {
  const { start, end } = issue.range ?? {};
  const goTo = () => start && end && app.editor.reveal({ from: start.offset, to: end.offset });
  const mend = async () => {
    await fixes.fixOne(issue);
    // The row has gone, and the focus with it.
    if (document.activeElement === document.body) focusNear();
  };
  return html`
    <li class="row ${issue.severity}">
      <button type="button" class="locate" @click=${goTo} title="Show in the text">
        <span class="severity">${words[issue.severity]}</span>
        <span class="line">${start ? html`<span class="hidden">line </span>${start.line}` : nothing}</span>
        <span class="message">${withoutTurns(issue.message)}</span>
      </button>
      <div class="details">
        ${issue.hint ? html`<span class="hint">${issue.hint}</span>` : nothing}
        <a href=${docsOf(issue.code)} target="_blank" rel="noopener">${issue.code}</a>
        ${
          issue.fix
            ? html`<button type="button" class="fix" @click=${mend}
                title=${issue.fix.safe ? '' : 'Python would read the payload differently after it'}>
                <span class="hidden">Fix: </span>${issue.fix.title}${issue.fix.safe ? nothing : html` <em>unsafe</em>`}</button>`
            : nothing
        }
      </div>
    </li>`;
}

function focusNear() {
  const next = document.querySelector('#findings-list .fix, #findings-list .locate');
  if (next instanceof HTMLElement) next.focus();
  else element('findings-list').focus();
}

/** @param {KeyboardEvent} event */
function moveByArrows(event) {
  const buttons = /** @type {HTMLElement[]} */ ([...element('findings-list').querySelectorAll('.locate')]);
  const row = /** @type {HTMLElement} */ (event.target).closest('.row')?.querySelector('.locate');
  const at = buttons.indexOf(/** @type {HTMLElement} */ (row));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  const next = to === undefined ? undefined : buttons[to];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** @param {import('../store.js').State} state */
function showVerdict({ report, failure, checked }) {
  const verdict = element('verdict');
  verdict.dataset['valid'] = String(report?.valid ?? 'unknown');
  const text = report ? verdictOf(report) : checked < 0 ? 'Checking…' : `Not checked: ${failure?.message}`;
  // What is said already is not said again.
  if (verdict.textContent !== text) verdict.textContent = text;
}

/** @param {import('stac-task').Report} report */
function verdictOf({ valid, counts }) {
  const counted = /** @type {const} */ ([
    ['error', 'errors'],
    ['warning', 'warnings'],
    ['info', 'infos'],
  ]).flatMap(([one, many]) => (counts[one] === 0 ? [] : `${counts[one]} ${counts[one] === 1 ? one : many}`));
  return [valid ? 'Valid' : 'Invalid', counted.join(', ')].filter((part) => part !== '').join(': ');
}
