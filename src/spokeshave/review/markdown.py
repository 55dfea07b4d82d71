"""Checklists as Markdown, ready to paste into an issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spokeshave.review.evidence import Evidence
from spokeshave.review.items import Answer, Section

_SOURCE = "https://github.com/carpentries-lab/reviews"
_MOST = 12
"""Places that are listed for an item; the number of all is told."""
_LABELS = {"met": "seen", "open": "**to be mended**", "person": "for a person to judge"}


def checklist(title: str, guide: str, sections: Sequence[Section], seen: Evidence) -> str:
    """A whole checklist. `guide` is the file of the reviews' repository that it follows."""
    return "\n".join(_lines(title, guide, sections, seen)) + "\n"


def _lines(title: str, guide: str, sections: Sequence[Section], seen: Evidence) -> Iterator[str]:
    yield f"## {title}: {seen.gathered.lesson.settings.title}"
    yield ""
    yield (
        f"Filled in by `spokeshave review` after the [checklist of The Carpentries Lab]({_SOURCE}/blob/main/{guide}), "
        "whose words count. Ticked is what a program can see; the other boxes are for people."
    )
    for section in sections:
        yield f"\n### {section.title}\n"
        for item in section.items:
            answer = item.answer(seen)
            yield f"- [{'x' if answer.state == 'met' else ' '}] {item.text} ({_LABELS[answer.state]})"
            yield from _evidence(answer)


def _evidence(answer: Answer) -> Iterator[str]:
    yield from (f"  - {text}" for text in answer.evidence[:_MOST])
    if len(answer.evidence) > _MOST:
        yield f"  - … and {len(answer.evidence) - _MOST} more"
