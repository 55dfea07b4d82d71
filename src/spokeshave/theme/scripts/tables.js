// Wide tables scroll inside a wrapper, which the keyboard can reach.

const measure = (wrapper) => {
  const name = wrapper.querySelector("caption")?.textContent.trim() || document.body.dataset.table;
  const wide = wrapper.scrollWidth > wrapper.clientWidth + 1;
  for (const [key, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", name]])
    if (wide) wrapper.setAttribute(key, value);
    else wrapper.removeAttribute(key);
};

const startTables = () => {
  // Folds and tabs give their tables a width only when they open.
  const watcher = new ResizeObserver((entries) => entries.forEach((entry) => measure(entry.target)));
  for (const table of all("main table.table")) {
    let wrapper = table.closest(".table-wrapper");
    if (!wrapper) {
      wrapper = document.createElement("div");
      wrapper.className = "table-wrapper";
      table.replaceWith(wrapper);
      wrapper.append(table);
    }
    measure(wrapper);
    watcher.observe(wrapper);
  }
};
