"""Words that belittle, and contractions.

Who is told that something is easy, and does not find it so, concludes that it is they who are slow.
Both rules are for English, for pages that the lesson's authors wrote, and for their own words: not for
quotations, testimonials and code. Many uses of `just` have nothing to do with ease (“just above”, “we
have just seen”), so those that make light of something are told apart from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spokeshave.checks.finding import Finding
from spokeshave.checks.page import CheckedPage

_VERBS = """
add adjust apply ask assign call change check choose click close copy create delete do download drag edit
enter execute follow get give go import include insert install keep know leave load look make map move
name need open paste pass pick plug press print pull push remember remove rename replace restart
return run save say select send show specify start stop substitute swap take tell treat try turn type
understand update use want wait write
""".split()
_TIMELESS = ["hit", "put", "read", "set"]
"""What “we just set” means, an order or the past, the verb does not tell."""
_BEHIND = [
    rf"{word}\b" for word in "and as because but enough for if in once or since so to too when with".split()
]
"""Before another word, `simple` is part of a name: “this is simple linear regression”."""
_BELITTLING = re.compile(
    rf"""
      \bsimply\b
    | (?<!not\ )(?<!have\ )(?<!has\ )(?<!had\ )(?<!'ve\ )\bjust\ (?:{"|".join(_VERBS)})\b
    | (?<!not\ )(?<!we\ )(?<!you\ )(?<!have\ )(?<!has\ )(?<!had\ )(?<!'ve\ )\bjust\ (?:{"|".join(_TIMELESS)})\b
    | \b(?:need|needs|have|has)\ (?:to\ just|just\ to)\b
    | \bobviously\b | \b(?:it|this|that)(?:'s|\ is)\ obvious\b
    | \bof\ course\b(?!\ (?:material|survey|evaluation|content|work|credit)s?\b)
    | \btrivially\b | \b(?:is|are|'s)\ trivial\b
    | \byou\ (?:can|may|could)\ (?:also\ |then\ |now\ )?easily\b
    | \b(?:is|are|'s|'re|be|very|quite|pretty|really)\ (?:very\ |quite\ |pretty\ |really\ |as\ )?
      (?:easy\b|simple\b(?!\ (?!{"|".join(_BEHIND)})[a-z]))(?!-)
    | \bstraightforward\b
    | \b(?:everyone|everybody)\ knows\b
    | \bas\ you\ (?:all\ |already\ |surely\ )?know\b
    | \bneedless\ to\ say\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = "simpl just obvious course trivial eas straight know needless".split()
"""One of these is in whatever the pattern above finds: most lines have none, and need no closer look."""
_CONTRACTION = re.compile(
    r"""
      \b[a-z]+n't\b
    | \b(?:i|you|we|they|he|she|it|that|there|who|what|how|where|when|why|this|here|let)'(?:s|d|ll|re|ve|m)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_english(language: str) -> bool:
    """Whether a language code (`en`, `en-GB`, `en_GB`) is of English."""
    return language.lower().replace("_", "-").split("-")[0] == "en"


def check_wording(page: CheckedPage) -> Iterator[Finding]:
    """The author's own words, on pages in English."""
    if not page.is_prose or not is_english(page.language):
        return
    for line in page.prose:
        small = line.text.lower()
        if any(sign in small for sign in _SIGNS):
            for word in _BELITTLING.finditer(line.text):
                message = f"“{word[0]}” makes light of what may be hard for a learner"
                fix = "Leave it out, or say why it is so"
                yield page.found_at("belittling-word", (word[0],), line.line, message, fix)
        if "'" in line.text:
            for word in _CONTRACTION.finditer(line.text):
                message = f"“{word[0]}” is a contraction, which is harder to read in a second language"
                yield page.found_at("contraction", (word[0],), line.line, message, "Write the words in full")
