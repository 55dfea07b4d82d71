// Search opens with its button, with / and with Ctrl-K. Its window and the index are loaded only then. Where there is
// none (no index, or a folder on disk, from which nothing can be fetched), all three lead to the page of all episodes.

const SLASH = "search-slash";

const load = (tag, properties) => new Promise((resolve, reject) => {
  const element = Object.assign(document.createElement(tag), properties, { onload: resolve, onerror: reject });
  document.head.append(element);
});

let loading = null;

const openSearch = async (opener) => {
  const { style, script } = opener.dataset;
  loading ??= Promise.all([load("link", { rel: "stylesheet", href: style }), load("script", { src: script })]);
  try { await loading; } catch { location.href = opener.href; return; }
  opener.dispatchEvent(new Event("search"));
};

// Not while something is typed; and one can switch / off, because some people's tools press keys by themselves.
const asksForSearch = (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k" && !event.shiftKey;
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  return event.key === "/" && !typing && recall(SLASH) !== "off";
};

const startSearch = () => {
  const opener = document.getElementById("search-button");
  const hasWindow = opener?.dataset.script && root.classList.contains("can-search");
  if (!opener || (!hasWindow && opener.pathname === location.pathname)) return;
  opener.addEventListener("click", (event) => {
    if (!hasWindow || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSearch(opener);
  });
  addEventListener("keydown", (event) => {
    if (!asksForSearch(event)) return;
    event.preventDefault();
    opener.click();
  });
};
