// The presenter. It begins with its button or with p, and leaves the page at the section that was shown last.

const text = document.querySelector(".lesson-content.container");
const bar = document.getElementById("presenter");
const [back, forth, leaving] = all("button", bar);
const position = bar.querySelector("[role=status]");
const slides = slidesOf(text);
let current = -1; // of `slides`; -1: not presenting
let opened = []; // folds that were open before: solutions are not shown until somebody asks

const isPresenting = () => current >= 0;

const show = (number, target) => {
  current = Math.max(0, Math.min(slides.length - 1, number));
  slides.forEach((slide, other) => {
    for (const part of slide) part.classList.toggle("off-slide", other !== current);
  });
  const title = titleOf(slides[current]);
  position.textContent = `${current + 1} / ${slides.length}`;
  back.setAttribute("aria-disabled", current === 0);
  forth.setAttribute("aria-disabled", current === slides.length - 1);
  if (target) return target.scrollIntoView();
  // The address names the section, so that it can be sent on, and found again after a reload.
  history.replaceState(null, "", title.id ? `#${encodeURIComponent(title.id)}` : location.pathname + location.search);
  scrollTo(0, 0);
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
};

const start = () => {
  const here = slideInSight(slides);
  opened = all("details[open]", text);
  for (const fold of opened) fold.open = false;
  bar.hidden = false;
  root.classList.add("presenting");
  show(here);
};

const leave = () => {
  const title = titleOf(slides[current]);
  current = -1;
  bar.hidden = true;
  root.classList.remove("presenting");
  for (const part of all(".off-slide", text)) part.classList.remove("off-slide");
  for (const fold of all("details", text)) fold.open = opened.includes(fold);
  title.scrollIntoView();
};

const KEYS = {
  ArrowRight: () => show(current + 1),
  PageDown: () => show(current + 1),
  ArrowLeft: () => show(current - 1),
  PageUp: () => show(current - 1),
  Home: () => show(0),
  End: () => show(slides.length - 1),
  Escape: leave,
};

// Keys belong to what is open above the page, to what is typed into, and arrows to code that is wider than the window.
const isTaken = (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return true;
  if (document.querySelector("dialog[open], [popover]:popover-open")) return true;
  const place = event.target.closest?.("input, textarea, select, [contenteditable], pre, .table-wrapper");
  if (!place?.matches("pre, .table-wrapper")) return Boolean(place);
  return event.key.startsWith("Arrow") && place.scrollWidth > place.clientWidth;
};

// Like /, which can be switched off where search is: some people's tools press keys by themselves.
const begins = (event) =>
  event.key.toLowerCase() === "p" && !event.shiftKey && recall("search-slash") !== "off";

addEventListener("keydown", (event) => {
  if (isTaken(event)) return;
  const act = isPresenting() ? (begins(event) ? leave : KEYS[event.key]) : begins(event) && start;
  if (!act) return;
  event.preventDefault();
  act();
});
document.getElementById("present").addEventListener("click", start);
back.addEventListener("click", () => show(current - 1));
forth.addEventListener("click", () => show(current + 1));
leaving.addEventListener("click", leave);
addEventListener("hashchange", () => {
  const target = isPresenting() && targetOfAddress();
  const number = slides.findIndex((slide) => target && holds(slide, target));
  if (number >= 0) show(number, target);
});
// While other parts are hidden, where they stand says nothing of what was read: memory.js, which listens below, is not told.
addEventListener("visibilitychange", (event) => { if (isPresenting()) event.stopImmediatePropagation(); }, true);
