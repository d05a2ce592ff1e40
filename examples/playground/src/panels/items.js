/**
 * Each item, with its collection and why, and where it and its assets would go.
 *
 * @module
 */

import { html, nothing, render } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { listedAtFirst } from '../config.js';
import { element } from '../element.js';

/**
 * @typedef {import('../main.js').App} App
 * @typedef {import('../worker/api.js').ExplainedItem} ExplainedItem
 * @typedef {import('stac-task').MatcherExplanation} Matcher
 * @typedef {import('stac-task').Destination} Destination
 */

/**
 * @param {App} app
 * @param {(panel: string) => void} showTab
 */
export function itemsPanel(app, showTab) {
  const { store } = app;
  const panel = element('items');
  let listed = listedAtFirst;
  /** Which items are open, by their index; the first is at the beginning. */
  const open = new Set([0]);

  store.watch(['explanation', 'failure', 'selected', 'report', 'checked'], show);
  store.watch(['selected'], () => {
    const { selected } = store.state;
    if (!selected || selected.by === 'list') return;
    open.add(selected.index);
    listed = Math.max(listed, selected.index + 1);
    show();
    panel.querySelector(`[data-index="${selected.index}"]`)?.scrollIntoView({ block: 'nearest' });
  });

  function show() {
    const { explanation, explained, checked, failure, report } = store.state;
    if (failure) return render(problem(app), panel);
    if (!explanation) return render(html`<p class="empty">${report ? 'Looking…' : ''}</p>`, panel);
    const { items, omitted } = explanation;
    if (items.length === 0) return render(html`<p class="empty">This payload has no items.</p>`, panel);
    const seen = items.slice(0, listed);
    const more = items.length - seen.length;
    const all = items.length + omitted;
    const isOld = explained !== checked;
    render(
      html`
        <h2 class="hidden">Items</h2>
        <p class="soft count">${all} ${all === 1 ? 'item' : 'items'}${isOld ? ' before the last change. Looking…' : nothing}</p>
        <ol class="cards">${repeat(seen, ({ index }) => index, card)}</ol>
        ${more > 0 ? html`<button type="button" @click=${showAll}>List ${more} more</button>` : nothing}
        ${omitted > 0 ? html`<p class="soft">${omitted} more are not explained here: stac-task explain does.</p>` : nothing}`,
      panel,
    );
  }

  function showAll() {
    listed = Number.POSITIVE_INFINITY;
    show();
  }

  /** @param {ExplainedItem} item */
  function card(item) {
    const isSelected = store.state.selected?.index === item.index;
    const isOpen = open.has(item.index);
    const toggle = () => {
      if (open.has(item.index)) open.delete(item.index);
      else open.add(item.index);
      show();
    };
    const select = () => app.select(item.index, 'list');
    const onMap = () => {
      app.select(item.index, 'list');
      showTab('map');
    };
    const title = item.id ?? `Item ${item.index + 1}`;
    return html`
      <li class="card ${isSelected ? 'selected' : ''}" data-index=${item.index} aria-current=${isSelected ? 'true' : 'false'}>
        <h3>
          <button type="button" class="toggle" aria-expanded=${isOpen} @click=${toggle}>
            <span class="id">${title}</span>${collectionBadge(item)}
          </button>
        </h3>
        ${
          isOpen
            ? html`<div class="card-body">
                <div class="buttons start">
                  <button type="button" @click=${select} aria-label="Show in text: ${title}">Show in text</button>
                  <button type="button" @click=${onMap} aria-label="Show on map: ${title}">Show on map</button>
                </div>
                ${item.isObject ? [why(app, item), destinations(app, item)] : html`<p class="problem">This is no item, since it is no object.</p>`}
              </div>`
            : nothing
        }
      </li>`;
  }
}

/** @param {ExplainedItem} item */
function collectionBadge({ collection, from, error }) {
  if (error) return html`<span class="badge error">fails</span>`;
  if (collection === null) return html`<span class="badge warning">no collection</span>`;
  const whence = { matcher: 'from a matcher', item: 'it had this before', none: '' }[from];
  return html`<span class="badge" title=${whence}>${collection}</span>`;
}

/** @param {App} app */
function problem(app) {
  const { failure, report } = app.store.state;
  const { issue, message } = failure ?? {};
  const found = report?.issues.find(({ code, pointer }) => code === issue?.code && pointer === issue.pointer);
  const { range } = found ?? {};
  const goTo = () => range && app.editor.reveal({ from: range.start.offset, to: range.end.offset });
  return html`
    <div class="empty">
      <p>Python fails on this payload before it comes to the items:</p>
      <p class="problem">${issue?.message ?? message}</p>
      ${range ? html`<button type="button" @click=${goTo}>Show line ${range.start.line}</button>` : nothing}
    </div>`;
}

/** @param {App} app @param {ExplainedItem} item */
function why(app, { matchers, collection, from, error }) {
  const conclusion = {
    matcher: html`So its collection is <strong>${collection}</strong>.`,
    item: html`${matchers.length === 0 ? 'There is no matcher' : 'None matches'}, so it stays in
      <strong>${collection}</strong>, its own.`,
    none: html`${matchers.length === 0 ? 'There is no matcher' : 'None matches'}, and the item has no collection of its own.`,
  }[from];
  return html`
    <h4>Why this collection</h4>
    ${matchers.length > 0 ? html`<ol class="matchers">${matchers.map((matcher) => matcherRow(app, matcher))}</ol>` : nothing}
    ${error ? html`<p class="problem">${error.type}: ${error.message}</p>` : html`<p class="conclusion">${conclusion}</p>`}`;
}

/** @param {App} app @param {Matcher} matcher */
function matcherRow(app, { pointer, type, collection, pattern, matched, reason, tests }) {
  return html`
    <li class=${matched ? 'passed' : 'failed'}>
      <p class="matcher-head">
        <span class="outcome">${matched ? 'Matches' : 'No match'}</span>
        <button type="button" class="link" @click=${() => app.goTo(pointer)}>${collection ?? '(no name)'}</button>
      </p>
      <code class="pattern">${type === 'catch_all' ? 'catch_all' : pattern}</code>
      ${tests.length > 0 ? html`<ul class="tests">${tests.map(testRow)}</ul>` : html`<p class="reason">${reason}</p>`}
    </li>`;
}

/** One comparison. @param {import('stac-task').TestExplanation} test */
export function testRow({ passed, reason }) {
  return html`<li class=${passed ? 'passed' : 'failed'}><span class="hidden">${passed ? 'Passes' : 'Fails'}: </span>${reason}</li>`;
}

/** @param {App} app @param {ExplainedItem} item */
function destinations(app, { upload, template }) {
  if (!upload) return nothing;
  const { options, reason } = upload;
  return html`
    <h4>Where it goes</h4>
    <p class="reason">${sentence(reason)}
      ${options ? html`<button type="button" class="link" @click=${() => app.goTo(options)}>Show the options</button>` : nothing}</p>
    ${options ? placesOf(upload, template) : nothing}`;
}

/**
 * Without options Python would ask for a template, for the item and for each asset.
 * @param {NonNullable<ExplainedItem['upload']>} upload
 * @param {string | undefined} template
 */
function placesOf({ item, assets }, template) {
  const missing = missingOf([item, ...Object.values(assets)]);
  return html`
    ${template === undefined ? nothing : html`<code class="pattern">${markedTemplate(template, missing)}</code>`}
    <dl class="places">
      <dt>item</dt><dd>${destination(item)}</dd>
      ${Object.entries(assets).map(([key, place]) => html`<dt>${key}</dt><dd>${destination(place)}</dd>`)}
    </dl>`;
}

/** @param {string} text */
const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** @param {Destination[]} all */
const missingOf = (all) => new Set(all.flatMap(({ error }) => error?.variable ?? []));

/** @param {Destination} place */
function destination({ url, error }) {
  if (!error) {
    const [, folder = '', name] = /^(.*\/)?(.*)$/.exec(url) ?? [];
    return html`<span class="url"><span class="soft">${folder}</span>${name}</span>`;
  }
  const { variable, message } = error;
  return html`<span class="problem">${variable === undefined ? nothing : html`<mark class="missing">\${${variable}}</mark> `}${message}</span>`;
}

/**
 * A template, with the variables marked that cannot be filled.
 * @param {string} template
 * @param {Set<string>} missing
 */
export function markedTemplate(template, missing) {
  return template.split(/(\$\{[^}]*\}|\$\w+)/).map((part, index) => {
    if (index % 2 === 0) return part;
    const name = part.replace(/^\$\{?|\}$/g, '');
    return missing.has(name)
      ? html`<mark class="missing" title="The item has nothing for it">${part}</mark>`
      : html`<span class="variable">${part}</span>`;
  });
}
