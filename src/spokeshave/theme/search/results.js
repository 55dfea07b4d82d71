// What was found, as a list: by page, the best first.

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// Pagefind marks the words it found in text that is escaped; it is set as text, never as HTML.
const quoted = (excerpt) => {
  const parts = excerpt.replaceAll("</mark>", "<mark>").split("<mark>");
  const texts = parts.map((part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
  return texts.map((text, place) => (place % 2 ? make("mark", { textContent: text }) : text));
};

const result = ({ raw_url: path, meta, excerpt }) => {
  const { page, section, kind, title, closed } = meta;
  const name = title || section || page;
  const link = make("a", { href: new URL(path, opener.href) });
  if (kind) link.append(make("span", { className: "search-kind", textContent: kind }), " ");
  link.append(make("b", { textContent: name }));
  if (section && section !== name) link.append(" ", make("small", { textContent: section }));
  const text = closed ? [make("em", { textContent: words.search_closed })] : quoted(excerpt);
  return make("li", {}, link, make("p", {}, ...text));
};

const list = (records) => {
  const pages = new Map();
  for (const record of records) {
    const page = record.raw_url.split("#")[0];
    pages.set(page, [...(pages.get(page) || []), record]);
  }
  return [...pages.values()].map((found) => {
    const heading = make("h3", { textContent: found[0].meta.page });
    return make("section", {}, heading, make("ul", {}, ...found.map(result)));
  });
};
