// From what is typed to what Pagefind is asked.

// Languages that write no blanks between words are indexed by characters: there a query is a run of characters.
const JOINED = /[\u0e00-\u0e7f\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/;
const joinsWords = JOINED.test(words.search);


const asked = (query) => {
  if (!JOINED.test(query)) return query;
  const spaced = [...query].map((sign) => (JOINED.test(sign) ? sign + " " : sign)).join("").trim();
  return /\s/.test(query) ? spaced : '"' + spaced + '"';
};

// The text as it is on the page again.
const unspaced = (text) => (joinsWords ? text.replaceAll("</mark> <mark>", "").replace(/(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])/g, "") : text);

// Where nothing begins as a word does, Pagefind takes the nearest beginning that there is, down to one letter. What
// has not even three of a word's letters in common with the query was not meant.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const isMeant = (query) => {
  const beginnings = folded(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((word) => word.slice(0, 3));
  return ({ content, meta: { title = "", kind = "" } }) => {
    const text = folded(title + " " + kind + " " + unspaced(content));
    return beginnings.every((beginning) => text.includes(beginning));
  };
};
