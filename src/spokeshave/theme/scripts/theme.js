// The only script that runs before the page is painted: it stands in the page's head, so that the reader's theme is
// there from the first moment. Whoever blocks storage gets the theme of the system.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  if (location.protocol.startsWith("http")) root.classList.add("can-search"); // from a folder nothing can be fetched
  let saved = null;
  try { saved = localStorage.getItem("theme"); } catch { /* closed by the reader's settings */ }
  if (saved === "light" || saved === "dark") root.dataset.bsTheme = saved;
})();
