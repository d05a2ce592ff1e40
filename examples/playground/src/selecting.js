/**
 * The selected item: chosen in the list, on the map or by the cursor, and lit up in the other two.
 *
 * @module
 */

/** @param {import('./main.js').App} app */
export function selecting(app) {
  const { store } = app;

  /** @param {boolean} scroll */
  function show(scroll) {
    const { selected, places, version, checked } = store.state;
    if (!selected) app.editor.showItem(null, false);
    else if (version === checked) app.editor.showItem(places[selected.index] ?? null, scroll);
  }

  store.watch(['selected'], () => {
    const { selected } = store.state;
    show(selected !== null && selected.by !== 'text');
  });
  store.watch(['places'], () => {
    const { selected, places } = store.state;
    if (selected && !places[selected.index]) store.set({ selected: null });
    else if (selected) show(false);
  });

  return {
    editorChanged: () => show(false),
    /** @param {number} index @param {import('./store.js').Selection['by']} by */
    select: (index, by) => store.set({ selected: { index, by } }),
    /** @param {number} offset */
    cursorMoved(offset) {
      const { places, selected, version, checked } = store.state;
      if (version !== checked) return;
      const found = places.find(({ from, to }) => from <= offset && offset <= to);
      if (found && found.index !== selected?.index)
        store.set({ selected: { index: found.index, by: 'text' } });
    },
  };
}
