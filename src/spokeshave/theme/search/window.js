// The search window. Everything in it can be done with the keyboard; the list is made of real links.

const SHOWN = 20;
const SLASH = "search-slash"; // as in scripts/search.js
const PAUSE = 150; // milliseconds without a key before the search begins

const opener = document.getElementById("search-button");
const input = make("input", { type: "text", autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
const status = make("p", { className: "search-status" });
const results = make("div", { className: "search-results" });
const closer = make("button", { type: "button", textContent: "✕" });
const slash = make("input", { type: "checkbox", checked: recall(SLASH) !== "off" });
const box = make("dialog", { id: "search-window" },
  make("div", { className: "search-field" }, input, closer), status, results,
  make("p", { className: "search-keys" }, words.search_keys, " ",
    make("label", {}, slash, " ", words.search_slash)));

status.setAttribute("role", "status");
box.setAttribute("aria-label", words.search);
input.setAttribute("aria-label", words.search_lesson);
closer.setAttribute("aria-label", words.search_close);

let engine = null;
const pagefind = () => {
  engine ??= import(new URL(opener.dataset.index, document.baseURI)).then(async (module) => {
    await module.options({ excerptLength: joinsWords ? 60 : 24 });
    return module;
  });
  engine.catch(() => { engine = null; });
  return engine;
};

const say = (text, ...found) => {
  status.replaceChildren(text);
  results.replaceChildren(...found);
  results.scrollTop = 0;
};

const fail = () => {
  const [before, after] = words.search_failed.split("{page}");
  say(before);
  status.append(make("a", { href: opener.href, textContent: words.all_in_one }), after);
};

const links = () => [...results.querySelectorAll("a")];
let latest = 0;
let hurried = false; // Enter was pressed before the results were there

const lookUp = async () => {
  const turn = ++latest;
  const query = input.value.trim();
  hurried = false;
  if (!query) return say(words.search_start);
  status.textContent = words.search_busy;
  await new Promise((done) => setTimeout(done, PAUSE));
  if (turn !== latest) return;
  try {
    const found = (await (await pagefind()).search(asked(query))).results;
    const loaded = await Promise.all(found.slice(0, SHOWN).map((one) => one.data()));
    if (turn !== latest) return;
    const records = loaded.filter(isMeant(query));
    say(summary(query, found.length - loaded.length + records.length), ...list(records));
    latest = 0;
    if (hurried) links()[0]?.click();
  } catch {
    if (turn === latest) fail();
  }
};

const summary = (query, count) => {
  if (count > SHOWN) return fill(words.search_first, { count, shown: SHOWN });
  if (count > 1) return fill(words.search_found, { count });
  return count ? words.search_one : fill(words.search_none, { query });
};

const move = (event) => {
  const all = links();
  const here = all.indexOf(document.activeElement);
  const next = { ArrowDown: here + 1, ArrowUp: here - 1 }[event.key];
  if (next !== undefined && all.length) {
    event.preventDefault();
    (next < 0 ? input : all[Math.min(next, all.length - 1)]).focus();
  } else if (event.key === "Enter" && event.target === input && !event.isComposing) {
    event.preventDefault();
    if (latest) hurried = true;
    else all[0]?.click();
  } else if (here >= 0 && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
    input.focus(); // what is typed goes on with the query
  }
};

// The page under the window may be the one that holds the place: then nothing is loaded.
const follow = (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  box.close();
  if (link.href === location.href) dispatchEvent(new Event("hashchange"));
};

const open = () => {
  if (!box.open) box.showModal();
  input.focus();
  input.select();
  pagefind().catch(() => {}); // early: the first query finds it loaded
};
