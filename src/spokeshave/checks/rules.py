"""Every rule by its name: the one list from which findings, their severity and the README's table come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """`error`: a reader meets something broken. `workbench`: the number of the Workbench's own check.

    `of_page`: it is said of a page as a whole, not of the line that the finding names.
    """

    severity: Severity
    says: str
    workbench: str = ""
    of_page: bool = False


RULES: dict[str, Rule] = {
    # The lesson and the form of its pages: whatever a build tells, too.
    "lesson": Rule("warning", "something that a build warns of: settings, files, R Markdown"),
    "form": Rule("warning", "a line that is not read as it looks: fences, tags, TeX commands"),
    "broken": Rule("error", "a lesson or a page that cannot be built"),
    # Divs
    "unknown-div": Rule("warning", "a div of no kind that the Workbench knows", "V1"),
    "misspelled-div": Rule("error", "a div whose name is one slip away from one that there is", "V1"),
    # Links
    "link-protocol": Rule("error", "an address with an unknown protocol (`gttps:`)", "V2"),
    "insecure-link": Rule("warning", "a link or image by `http:` (not of this machine)", "V3"),
    "missing-anchor": Rule("error", "a link to a place that its page, or another page, does not have", "V4"),
    "missing-file": Rule("error", "a link or image whose file or page is not in the site", "V5"),
    "made-page": Rule("warning", "a link to a made page (`aio.html`); the Workbench calls it missing", "V5"),
    "link-form": Rule("warning", "`[text](label)` where `[text][label]` is meant", "V6"),
    "unknown-label": Rule(
        "error", "`[text][label]` with plain text and a label, or a note `[^label]`, that nothing defines"
    ),
    "vague-link": Rule("warning", "a link whose text is “here”, “this link”, “more” …", "V8"),
    "short-link": Rule("warning", "a link whose text is empty or one sign", "V9"),
    # Images
    "missing-alt": Rule("error", 'an image without alternative text; `alt=""` is fine', "V7"),
    "unused-image": Rule("warning", "an image that no page shows or names"),
    "large-image": Rule("warning", "an image of more than 500 kB"),
    # Headings
    "first-heading": Rule("warning", "a page whose first heading is not of level two", "V10"),
    "top-heading": Rule("warning", "a heading of level one: the page's title is the only one", "V11"),
    "heading-jump": Rule("warning", "a heading more than one level below the one before it", "V12"),
    "empty-heading": Rule("error", "a heading without text", "V13"),
    "repeated-heading": Rule("warning", "two headings of one text under the same heading", "V14"),
    # Episodes
    "missing-title": Rule("warning", "a page without a title", of_page=True),
    "missing-minutes": Rule("warning", "an episode without minutes of teaching and exercises", of_page=True),
    "missing-questions": Rule("warning", "an episode without questions", of_page=True),
    "missing-objectives": Rule("warning", "an episode without objectives", of_page=True),
    "missing-keypoints": Rule("warning", "an episode without key points", of_page=True),
    "missing-challenge": Rule("warning", "objectives that no challenge or discussion tries"),
    "missing-solution": Rule("warning", "a challenge without a solution; a `discussion` needs none"),
    "long-stretch": Rule("warning", "more than 15 minutes of teaching without a challenge or discussion"),
    # Words
    "belittling-word": Rule("warning", "“simply”, “just”, “obviously” …, where they make light of a task"),
    "contraction": Rule("warning", "“don't”, “it's” …, which are harder to read in a second language"),
    "unused-term": Rule("warning", "a term of the glossary that no page uses"),
    # Code and leftovers
    "long-code": Rule("warning", "a line of code of more than 100 signs"),
    "lost-fence": Rule(
        "warning", "a fence that begins no code: never closed, or more than a language follows"
    ),
    "merge-marker": Rule("error", "what git left in a file after a conflict"),
    "jekyll": Rule("warning", "attributes or tags that Jekyll read, and that are shown here"),
    "token": Rule("error", "a secret: an access token or a private key"),
    # Comments that allow a finding
    "allow-form": Rule("error", "an `allow` comment without a reason, or of a rule that there is not"),
    "allow-nothing": Rule("warning", "an `allow` comment that allows nothing"),
    # With --external
    "dead-link": Rule("error", "a page of the web that does not exist (any more)"),
    "unreached-link": Rule("warning", "a page of the web that did not answer, or not to a program"),
}
