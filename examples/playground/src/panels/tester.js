/**
 * One pattern or one template against one item.
 *
 * @module
 */

import { html, nothing, render } from 'lit-html';

import { element } from '../element.js';
import { failureOf } from '../rpc.js';
import { markedTemplate, testRow } from './items.js';

/**
 * @typedef {import('../worker/api.js').PatternResult} PatternResult
 * @typedef {import('../worker/api.js').TemplateResult} TemplateResult
 * @typedef {import('../worker/api.js').Failure} Failure
 */

const first = {
  pattern: "$[?(@.properties.['eo:cloud_cover'] < 20.0)]",
  template: 's3://bucket/${collection}/${year}/${id}',
};

/** @param {import('../main.js').App} app */
export function testerPanel(app) {
  const { store, check } = app;
  const panel = element('tester');
  /** @type {{ kind: 'pattern' | 'template', texts: { pattern: string, template: string }, index: number, pattern?: PatternResult, template?: TemplateResult, failure?: Failure }} */
  const state = { kind: 'pattern', texts: { ...first }, index: 0 };
  let asked = 0;

  panel.addEventListener('shown', () => void test());
  // Only another choice elsewhere is followed: what is picked here stays while the text changes.
  store.watch(['selected'], () => {
    const { selected } = store.state;
    if (selected) state.index = selected.index;
  });
  store.watch(['places', 'selected', 'report'], () => {
    const { places } = store.state;
    if (places.length > 0 && !places[state.index]) state.index = 0;
    if (!panel.hidden) void test();
  });
  show();

  async function test() {
    asked += 1;
    const mine = asked;
    const { kind, texts, index } = state;
    /** @type {Partial<typeof state>} */
    let result = {};
    try {
      const version = await app.fresh();
      if (store.state.places.length === 0) result = {};
      else if (kind === 'pattern')
        result = { pattern: await check.testPattern(version, index, texts.pattern) };
      else result = { template: await check.testTemplate(version, index, texts.template) };
    } catch (error) {
      result = { failure: failureOf(error) };
    }
    if (mine !== asked) return;
    delete state.pattern;
    delete state.template;
    delete state.failure;
    Object.assign(state, result);
    show();
  }

  function show() {
    const { places } = store.state;
    const { kind, texts, index } = state;
    const choose = (/** @type {'pattern' | 'template'} */ next) => () => {
      state.kind = next;
      void test();
      show();
    };
    const type = (/** @type {InputEvent} */ event) => {
      texts[kind] = /** @type {HTMLTextAreaElement} */ (event.target).value;
      void test();
    };
    const pick = (/** @type {Event} */ event) => {
      state.index = Number(/** @type {HTMLSelectElement} */ (event.target).value);
      void test();
    };
    render(
      html`
        <h2 class="hidden">Tester</h2>
        <form class="stack" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
          <fieldset class="segments">
            <legend>What to test</legend>
            <label><input type="radio" name="kind" .checked=${kind === 'pattern'} @change=${choose('pattern')}><span>Pattern</span></label>
            <label><input type="radio" name="kind" .checked=${kind === 'template'} @change=${choose('template')}><span>Template</span></label>
          </fieldset>
          <label for="tested">${kind === 'pattern' ? 'JSONPath pattern, as matchers have it' : 'Path template'}</label>
          <textarea id="tested" class="code" rows="3" spellcheck="false" autocomplete="off"
            aria-describedby="tested-result" .value=${texts[kind]} @input=${type}></textarea>
          <label for="tested-item">Item</label>
          <select id="tested-item" @change=${pick} ?disabled=${places.length === 0}>
            ${places.map((place) => html`<option value=${place.index} ?selected=${place.index === index}>${place.id ?? `Item ${place.index + 1}`}</option>`)}
          </select>
        </form>
        <div id="tested-result" role="status">${places.length === 0 ? html`<p class="empty">This payload has no items.</p>` : result()}</div>`,
      panel,
    );
  }

  function result() {
    const { failure, pattern, template, texts, kind } = state;
    if (failure) return mistake(failure, texts[kind]);
    if (pattern) return patternResult(pattern);
    if (template) return templateResult(template, texts.template);
    return nothing;
  }
}

/** @param {Failure} failure @param {string} text */
function mistake({ name, message, offset, hint }, text) {
  return html`
    <p class="problem">${name}: ${message}${offset === undefined ? nothing : `, at character ${offset + 1}`}</p>
    ${
      offset === undefined
        ? nothing
        : html`<code class="pattern">${text.slice(0, offset)}<mark class="missing">${text.slice(offset, offset + 1) || ' '}</mark>${text.slice(offset + 1)}</code>`
    }
    ${hint ? html`<p class="hint">${hint}</p>` : nothing}`;
}

/** @param {PatternResult} result */
function patternResult({ matched, reason, tests, values }) {
  return html`
    <p class="outcome-line ${matched ? 'passed' : 'failed'}">${matched ? 'The item matches' : 'The item does not match'}</p>
    ${tests.length > 0 ? html`<ul class="tests">${tests.map(testRow)}</ul>` : html`<p class="reason">${reason}</p>`}
    <h3>Found</h3>
    ${
      values.length === 0
        ? html`<p class="soft">Nothing.</p>`
        : html`<ol class="values">${values.map((value) => html`<li><code>${value.length > 400 ? `${value.slice(0, 400)}…` : value}</code></li>`)}</ol>`
    }
    <p class="soft">The expression is held against a list with the item alone, and matches if it finds exactly one value.</p>`;
}

/** @param {TemplateResult} result @param {string} template */
function templateResult({ variables, text, error }, template) {
  const missing = new Set(variables.flatMap(({ name, value }) => (value === undefined ? name : [])));
  return html`
    ${
      text === undefined
        ? html`<p class="outcome-line failed">Cannot be filled</p><p class="problem">${error}</p>`
        : html`<p class="outcome-line passed">Filled</p><code class="pattern">${text}</code>`
    }
    <h3>Variables</h3>
    <code class="pattern">${markedTemplate(template, missing)}</code>
    <dl class="places">
      ${variables.map(
        ({ name, value, missing: why }) =>
          html`<dt>${name}</dt><dd>${value === undefined ? html`<span class="problem">${why}</span>` : html`<span class="url">${value}</span>`}</dd>`,
      )}
    </dl>`;
}
