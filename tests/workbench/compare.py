"""Two built sites of one lesson: where text, ids and boxes of their pages differ.

python -m tests.workbench.compare WORKBENCH_DOCS OUR_DOCS
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup

BOXES = (
    "callout", "challenge", "checklist", "discussion", "instructor-note", "keypoints", "objectives", "prereq",
    "questions", "solution", "spoiler", "tab-content", "testimonial",
)  # fmt: skip


@dataclass(frozen=True)
class Content:
    """What a page holds, whatever frame is around it."""

    words: Counter[str]
    ids: frozenset[str]
    boxes: Counter[str]


def content_of(html: str) -> Content:
    """The content of the element `main#main-content`, or of the whole page if there is none."""
    page = BeautifulSoup(html, "html.parser")
    main = page.find(id="main-content") or page
    for extra in main.find_all(["script", "style", "nav"]):
        extra.decompose()
    classes = [name for element in main.find_all(class_=True) for name in element["class"]]
    return Content(
        Counter(main.get_text(" ").split()),
        frozenset(str(element["id"]) for element in main.find_all(id=True)),
        Counter(name for name in classes if name in BOXES),
    )


def pages_of(docs: Path) -> dict[str, Path]:
    """The pages of a built site by their names within it. Raises `SystemExit` if there are none."""
    pages = {path.relative_to(docs).as_posix(): path for path in docs.rglob("*.html")}
    if not pages:
        raise SystemExit(f"error: {docs}: there are no pages here. Build the site first.")
    return pages


def differences(theirs: Path, ours: Path) -> list[str]:
    """A line for each difference. Raises `SystemExit` if one of the folders holds no pages."""
    sites = [pages_of(docs) for docs in (theirs, ours)]
    found = [f"- {name}: the whole page" for name in sorted(sites[0].keys() - sites[1].keys())]
    found += [f"+ {name}: the whole page" for name in sorted(sites[1].keys() - sites[0].keys())]
    for name in sorted(sites[0].keys() & sites[1].keys()):
        their, our = (content_of(site[name].read_text(encoding="utf-8")) for site in sites)
        found += [f"{name}: {line}" for line in _lines(their, our)]
    return found


def _lines(their: Content, our: Content) -> list[str]:
    pairs = (
        ("words", their.words, our.words),
        ("ids", Counter(their.ids), Counter(our.ids)),
        ("boxes", their.boxes, our.boxes),
    )
    return [
        f"{kind} {sign} {' '.join(sorted(left.elements()))}"
        for kind, one, other in pairs
        for sign, left in (("-", one - other), ("+", other - one))
        if left
    ]


def main(theirs: Path, ours: Path) -> int:
    """Print the differences, `-` for what only the first site has; 1 if there are any."""
    found = differences(theirs, ours)
    print("\n".join(found) or "The pages of both sites hold the same text, ids and boxes.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
