// A link to a term of the glossary shows the term's definition: under the pointer, with the keyboard's focus, on a tap.

const PLACED_BY_STYLE = CSS.supports("position-area", "bottom");
const SHOW_AFTER = 300;
const HIDE_AFTER = 250; // time enough to move the pointer from the link into the definition

let shown = null; // the link and the note that are open
let waiting = 0;

const later = (action, delay) => {
  clearTimeout(waiting);
  waiting = setTimeout(action, delay);
};

// Above or below the link, never on it, and within the window.
const placeNote = () => {
  const { link, note } = shown;
  const at = link.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const gap = 6;
  const below = at.bottom + gap + height < innerHeight || at.top < height + gap;
  const left = at.left + (at.width - width) / 2;
  note.style.margin = 0;
  note.style.top = `${below ? at.bottom + gap : at.top - gap - height}px`;
  note.style.left = `${Math.max(gap, Math.min(left, root.clientWidth - width - gap))}px`;
};

const hideNote = () => {
  clearTimeout(waiting);
  shown?.note.hidePopover();
};

const showNote = (link, note) => {
  clearTimeout(waiting);
  if (shown?.link === link) return;
  hideNote();
  shown = { link, note };
  link.style.anchorName = "--term";
  note.showPopover({ source: link });
  if (!PLACED_BY_STYLE) placeNote();
};

// However it closes: by us, by Escape, by a click elsewhere.
const noteCloses = (event) => {
  if (event.newState !== "closed" || shown?.note !== event.target) return;
  shown.link.style.anchorName = "";
  shown = null;
};

const noteScrolls = () => {
  if (!shown) return;
  const { top, bottom } = shown.link.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) hideNote();
  else if (!PLACED_BY_STYLE) placeNote();
};

const startTerm = (link, note) => {
  let firstTap = false;
  const leaves = (event) => {
    if (event.relatedTarget !== link && !note.contains(event.relatedTarget)) hideNote();
  };
  for (const place of [link, note])
    place.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") later(hideNote, HIDE_AFTER); });
  note.addEventListener("pointerenter", () => clearTimeout(waiting));
  link.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse") later(() => showNote(link, note), SHOW_AFTER);
  });
  link.addEventListener("focus", () => { if (link.matches(":focus-visible")) showNote(link, note); });
  link.addEventListener("blur", leaves);
  note.addEventListener("focusout", leaves);
  link.addEventListener("pointerdown", (event) => {
    firstTap = event.pointerType !== "mouse" && shown?.link !== link;
  });
  link.addEventListener("click", (event) => {
    if (!firstTap) return;
    firstTap = false;
    event.preventDefault();
    showNote(link, note);
  });
};

const startGlossary = () => {
  const notes = new Set();
  for (const link of all('main a[href^="reference.html#"]')) {
    const meaning = document.getElementById(`term-${decodeURIComponent(link.hash.slice(1))}`);
    if (!meaning || link.closest("[popover]")) continue;
    link.setAttribute("aria-describedby", meaning.id);
    notes.add(meaning.parentElement);
    startTerm(link, meaning.parentElement);
  }
  for (const note of notes) note.addEventListener("beforetoggle", noteCloses);
  if (notes.size) addEventListener("scroll", noteScrolls, { passive: true, capture: true });
};
