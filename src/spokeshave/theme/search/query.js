// From what is typed to what Pagefind is asked.

// Languages that write no blanks between words are indexed by characters: there a query is a run of characters.
const JOINED = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]/;

const asked = (query) => {
  if (!JOINED.test(query)) return query;
  const spaced = [...query].map((sign) => (JOINED.test(sign) ? sign + " " : sign)).join("").trim();
  return /\s/.test(query) ? spaced : '"' + spaced + '"';
};
