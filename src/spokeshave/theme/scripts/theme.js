// The only script that runs before the page is painted: it stands in the page's head, so that the reader's theme is
// there from the first moment, and room for the link to where the reader left off (memory.js). Whoever blocks storage
// gets the theme of the system.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const [way] = performance.getEntriesByType("navigation");
  if (location.protocol.startsWith("http")) {
    root.classList.add("can-search"); // from a folder nothing can be fetched
    // Readers who come to a place within a page, or come back to it, find all of it laid out (unroll.js).
    if (!location.hash && way?.type === "navigate") root.classList.add("unrolling");
  }
  // What is remembered of this lesson: its folder tells it from other lessons of the same host, its number from
  // lessons that were in the same folder before.
  root.dataset.lesson += ` ${location.pathname.replace(/(instructor\/)?[^/]*$/, "")}`;
  try {
    const saved = localStorage.getItem("theme");
    if (saved === "light" || saved === "dark") root.dataset.bsTheme = saved;
    if (localStorage.getItem(root.dataset.lesson)) root.classList.add("returning");
  } catch { /* closed by the reader's settings */ }
})();
