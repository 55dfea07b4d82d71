// Loads the page anew when it changed, where its reader was, and says why a change cannot be shown.
// Only the preview puts this into pages; it is never part of a site.
(() => {
"use strict";
// A page may hold <form name="body"> or <img name="createElement">, which `document` gives in place of its own.
const own = (name) => {
  const found = Reflect.get(Document.prototype, name, document);
  return typeof found === "function" ? found.bind(document) : found;
};
const VERSION = own("currentScript").dataset.version;
const KEY = "spokeshave preview";
const folds = () => [...own("querySelectorAll")("main details")];
const name = (fold, index) => fold.id || fold.querySelector("[id]:not(form)")?.id || `${index}`;

// Forms are left out: their fields may have the names of what is asked here.
// The first thing with an id in the window, else the last one above it: text that grows before it moves nothing.
const anchor = () => {
  let found = null;
  for (const element of own("querySelectorAll")("main [id]:not(form)")) {
    if (!element.getClientRects().length) continue;
    const { top } = element.getBoundingClientRect();
    if (top < innerHeight) found = { id: element.id, top };
    if (top >= 0) break;
  }
  return scrollY > 0 ? found : null;
};

// What is remembered of the page, to show it again as it is.
const keep = () => {
  const open = folds().map((fold, index) => fold.open ? name(fold, index) : "").filter(Boolean);
  const place = { path: location.pathname, x: scrollX, y: scrollY, anchor: anchor(), open };
  try { sessionStorage.setItem(KEY, JSON.stringify(place)); } catch { /* the page then begins at its top */ }
  return place;
};

const kept = () => {
  try {
    const place = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    return place?.path === location.pathname ? place : null;
  } catch { return null; }
};

const goBack = (place) => {
  const element = place.anchor && own("getElementById")(place.anchor.id);
  const y = element ? scrollY + element.getBoundingClientRect().top - place.anchor.top : place.y;
  scrollTo({ left: place.x, top: y, behavior: "instant" });
};

const apply = (place) => {
  folds().forEach((fold, index) => { fold.open = place.open.includes(name(fold, index)); });
  goBack(place);
};

const restore = () => {
  const place = kept();
  if (!place) return;
  apply(place);
  if (own("readyState") !== "complete") addEventListener("load", () => goBack(place), { once: true });
};

let overlay = null;
let told = "";

const close = () => {
  overlay?.remove();
  overlay = null;
};

const add = (parent, tag, text) => {
  const element = own("createElement")(tag);
  element.textContent = text;
  parent.append(element);
  return element;
};

// Closed by the reader, it comes back only with other problems.
const tell = (problems) => {
  const text = problems.join("\n");
  if (text === told) return;
  told = text;
  close();
  if (!problems.length) return;
  overlay = own("createElement")("section");
  overlay.id = "spokeshave-preview";
  overlay.lang = "en";
  overlay.dir = "ltr";
  overlay.setAttribute("role", "alert");
  own("body").append(overlay);
  add(overlay, "h2", "This change cannot be shown yet");
  const list = add(overlay, "ul", "");
  for (const problem of problems) add(list, "li", problem);
  const button = add(overlay, "button", "Close (Esc)");
  button.type = "button";
  button.addEventListener("click", close);
};
addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

// Loading a page takes a browser long (`python -m tests.bench.serve` times both ways). So the new text is put into the
// page that is there, at once; the scripts of the page start on it when it is loaded, which follows.
const showText = async (place) => {
  const answer = await fetch(location.href, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  own("querySelector")("main").replaceWith(own("adoptNode")(fresh));
  apply(place);
  await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
};

let events = null;
let reloading = false;
const listen = () => {
  events?.close();
  events = new EventSource(`/_preview/events?page=${encodeURIComponent(location.pathname)}`);
  events.addEventListener("message", ({ data }) => {
    const { version, problems } = JSON.parse(data);
    if (version === VERSION) return tell(problems);
    events.close();
    reloading = true;
    history.scrollRestoration = "manual";
    showText(keep()).catch(() => { /* then loading it must do */ }).then(() => location.reload());
  });
};

// A browser has few connections for one server: pages that nobody sees give theirs back.
const follow = () => own("hidden") ? events?.close() : listen();
own("addEventListener")("visibilitychange", follow);
addEventListener("pagehide", () => {
  events?.close();
  // Not sooner: at the end of loading, the browser would still go to the place that it knows itself.
  if (!reloading) history.scrollRestoration = "auto";
});
addEventListener("pageshow", (event) => { if (event.persisted) follow(); });

restore();
follow();
})();
