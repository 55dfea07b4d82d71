// Everything stands: listen, and open, for that is why this was loaded.

document.body.append(box);
input.addEventListener("input", lookUp);
box.addEventListener("keydown", move);
results.addEventListener("click", follow);
closer.addEventListener("click", () => box.close());
box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
slash.addEventListener("change", () => remember(SLASH, slash.checked ? "on" : "off"));
opener.addEventListener("search", open);
say(words.search_start);
