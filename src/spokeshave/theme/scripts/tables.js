// Wide tables scroll inside a wrapper, which the keyboard can reach.

const isWide = (wrapper) => wrapper.scrollWidth > wrapper.clientWidth + 1;

const setReachable = (wrapper, wide) => {
  const name = wrapper.querySelector("caption")?.textContent.trim() || document.body.dataset.table;
  for (const [key, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", name]])
    if (wide) wrapper.setAttribute(key, value);
    else wrapper.removeAttribute(key);
};

const startTables = () => {
  // Folds and tabs give their tables a width only when they open. The observer tells of the first width too, when the
  // page is laid out anyway; and all are measured before any is changed.
  const watcher = new ResizeObserver((entries) => {
    const measured = entries.map(({ target }) => [target, isWide(target)]);
    for (const [wrapper, wide] of measured) setReachable(wrapper, wide);
  });
  for (const table of all("main table.table")) {
    let wrapper = table.closest(".table-wrapper");
    if (!wrapper) {
      wrapper = document.createElement("div");
      wrapper.className = "table-wrapper";
      table.replaceWith(wrapper);
      wrapper.append(table);
    }
    watcher.observe(wrapper);
  }
};
