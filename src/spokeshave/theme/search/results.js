// What was found, as a list: by page, the best first.

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// Pagefind marks the words it found in text that is escaped; it is set as text, never as HTML.
const quoted = (excerpt) => {
  const parts = unspaced(excerpt).replaceAll("</mark>", "<mark>").split("<mark>");
  const texts = parts.map((part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
  return texts.map((text, place) => (place % 2 ? make("mark", { textContent: text }) : text));
};

// The address tells which page and section the place is in, and whether it is closed there.
const placeOf = (record) => {
  const { origin, pathname, hash, searchParams } = new URL(record.raw_url, opener.href);
  const [page, section, closed] = ["page", "section", "closed"].map((name) => searchParams.get(name));
  return { ...record, href: origin + pathname + hash, page, section, closed };
};

const result = ({ href, section, closed, meta: { title, kind }, excerpt }) => {
  const name = title || section || kind;
  const link = make("a", { href });
  if (kind) link.append(make("span", { className: "search-kind", textContent: kind }), " ");
  link.append(make("b", { textContent: name }));
  if (section && section !== name) link.append(" ", make("small", { textContent: section }));
  const text = closed ? [make("em", { textContent: words.search_closed })] : quoted(excerpt);
  return make("li", {}, link, make("p", {}, ...text));
};

const list = (records) => {
  const pages = new Map();
  for (const record of records.map(placeOf)) pages.set(record.page, [...(pages.get(record.page) || []), record]);
  return [...pages].map(([page, found]) =>
    make("section", {}, make("h3", { textContent: page }), make("ul", {}, ...found.map(result))));
};
