// What this device remembers of the lesson: ticked items and opened folds of each page, and where the reader left off.
// One record a page and one for the lesson, in the browser's storage. Nothing is sent anywhere.

const VERSION = 1;
const LESSON = root.dataset.lesson; // completed by theme.js
const { page: PAGE, read: READ, forgotten: FORGOTTEN } = document.body.dataset;
const PAGE_KEY = `${LESSON} ${PAGE}`;

// A record of any other form, by another version or another hand, counts as none.
const readRecord = (key) => {
  let record = null;
  try { record = JSON.parse(recall(key)); } catch { /* see above */ }
  return record?.v === VERSION ? record : { v: VERSION };
};

// Things are known by their text: when a page is edited, an item that was changed is new, and no other gets its tick.
// The hash is FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
const hash = (text) => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(36);
};

// The text of an element without what scripts add to it: buttons to copy code and to enlarge figures.
const ownText = (element) => {
  const accept = (node) => node.nodeName === "BUTTON" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, accept);
  let text = "";
  while (walker.nextNode()) if (walker.currentNode.nodeType === Node.TEXT_NODE) text += walker.currentNode.data;
  return text;
};

// Pairs of an element and its key; the second of two with the same text gets a number.
const byText = (elements, textOf) => {
  const seen = {};
  return elements.map((element) => {
    const key = hash(textOf(element).replace(/\s+/g, " ").trim());
    seen[key] = (seen[key] ?? 0) + 1;
    return [element, seen[key] > 1 ? `${key}.${seen[key]}` : key];
  });
};

// A page's record lists, by kind, the keys of what the reader changed from how the page has it.
const changes = (record, kind) => new Set(Array.isArray(record[kind]) ? record[kind] : []);
const note = (kind, key, changed) => {
  const record = readRecord(PAGE_KEY);
  const keys = changes(record, kind);
  keys[changed ? "add" : "delete"](key);
  remember(PAGE_KEY, JSON.stringify({ ...record, [kind]: [...keys] }));
};

const topOf = (element) => element.getBoundingClientRect().top;

const boxes = () => all("main label input[type=checkbox]");

const startTicks = (record) => {
  const ticked = changes(record, "ticked");
  for (const [box, key] of byText(boxes(), (box) => box.closest("label").textContent)) {
    box.checked = box.defaultChecked !== ticked.has(key);
    box.addEventListener("change", () => note("ticked", key, box.checked !== box.defaultChecked));
  }
};

// Only what the reader opens by hand is remembered: not what a link, a search, the printer or "Expand all" opens.
// Most readers' pages have none: the keys, for which the whole text is read, are made when they are needed.
const startOpened = (record) => {
  const opened = changes(record, "opened");
  const atFirst = new Map(folds().map((fold) => [fold, fold.open]));
  let keys = null;
  const keyOf = (fold) => (keys ??= new Map(byText(folds(), ownText))).get(fold);
  // Where the page was painted before this runs, nothing may move that is in sight.
  const edge = performance.getEntriesByType("paint").length ? innerHeight : -Infinity;
  for (const fold of opened.size ? folds() : [])
    if (opened.has(keyOf(fold)) && (edge < 0 || topOf(fold) > edge)) fold.open = !atFirst.get(fold);
  for (const fold of folds())
    fold.querySelector("summary")?.addEventListener("click", () => {
      note("opened", keyOf(fold), fold.open === atFirst.get(fold));
    });
};

// Where an episode is left: the last section whose heading is in the upper half of the window, or above it. An episode
// is read when its end was in sight.
let forgotten = false;
const notePlace = () => {
  if (document.visibilityState !== "hidden" || forgotten) return;
  const last = all("main h2.section-heading").filter((heading) => topOf(heading) < innerHeight / 2).pop();
  const read = changes(readRecord(LESSON), "read");
  if (topOf(document.querySelector(".bottom-pagination")) < innerHeight) read.add(PAGE);
  const place = { page: PAGE, section: last?.id, title: last?.textContent };
  remember(LESSON, JSON.stringify({ v: VERSION, ...place, read: [...read] }));
};

// Leads to pages that the list of episodes has today, and shows the names that it gives them.
const startContinue = (entries, { page, section, title }) => {
  const link = document.querySelector("#continue a");
  const entry = link && entries.find((other) => other.getAttribute("href") === page);
  if (!entry) return root.classList.remove("returning");
  link.textContent = entry.textContent.trim() + (title ? ` – ${title}` : "");
  link.href = page + (section ? `#${encodeURIComponent(section)}` : "");
};

const startReadMarks = (entries, record) => {
  const read = changes(record, "read");
  for (const entry of entries.filter((other) => read.has(other.getAttribute("href")))) {
    const mark = document.createElement("span");
    mark.className = "visually-hidden";
    mark.textContent = ` (${READ})`;
    entry.classList.add("read");
    entry.append(mark);
  }
};

const forgetAll = () => {
  forgotten = true;
  try {
    for (const key of Object.keys(localStorage))
      if (key === LESSON || key.startsWith(`${LESSON} `)) localStorage.removeItem(key);
  } catch { /* closed by the reader's settings: there is nothing */ }
  for (const box of boxes()) box.checked = box.defaultChecked;
  for (const entry of all("a.read")) {
    entry.classList.remove("read");
    entry.lastElementChild.remove();
  }
  root.classList.remove("returning");
  document.getElementById("forget").textContent = FORGOTTEN;
};

const startMemory = () => {
  const record = readRecord(PAGE_KEY);
  startTicks(record);
  startOpened(record);
  if ("episode" in document.body.dataset) document.addEventListener("visibilitychange", notePlace);
  const entries = all("a.sidebar-entry");
  const lesson = readRecord(LESSON);
  startContinue(entries, lesson);
  startReadMarks(entries, lesson);
  document.getElementById("forget")?.addEventListener("click", forgetAll);
};
