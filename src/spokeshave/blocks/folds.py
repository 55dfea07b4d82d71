"""Folds: solutions, hints, spoilers and instructor notes, closed until the reader opens them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spokeshave.blocks.body import Note
from spokeshave.blocks.boxes import content_html, given_attributes, split_title
from spokeshave.blocks.html import escape, for_instructors, solution
from spokeshave.blocks.shown_text import shown_text
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node
from spokeshave.theme import icon


@dataclass(frozen=True, slots=True)
class FoldKind:
    """How one kind of fold looks: its class, the level of its heading, its icon."""

    name: str
    css_class: str
    level: int
    icon: str = ""


FOLDS = {
    "solution": FoldKind("solution", "challenge-accordion", 4),
    "hint": FoldKind("hint", "challenge-accordion", 4),
    "spoiler": FoldKind("spoiler", "spoiler-accordion", 3, "eye"),
    "instructor": FoldKind("instructor", "instructor-note", 3, "edit-2"),
}


def fold(writer: Writer, node: Node) -> str:
    """A fold. Folds are numbered by kind in the order in which they close."""
    kind = FOLDS[next(name for name in FOLD_ORDER if name in node.classes)]
    title_node, rest = split_title(node.children)
    gathered = len(writer.images), len(writer.keypoints), len(writer.cited), len(writer.exercises)
    last = writer.last_heading
    level = min(kind.level, last + 1)
    content = content_html(writer, rest, level)
    if kind.name == "instructor":
        # Learners do not get this note: for the outline of their page it does not exist.
        writer.last_heading = last
        _keep_from_learners(writer, *gathered)
    number = writer.number(kind.name)
    title = _title(writer, kind, title_node)
    html = _html(
        kind, f"{kind.name.capitalize()}{number}", title, level, content, given_attributes(writer, node)
    )
    if kind.name == "solution" and writer.in_challenge:
        return solution(html)
    if kind.name != "instructor":
        return html
    writer.notes.append(Note(f"headingInstructor{number}", title, content))
    return for_instructors(html)


def _keep_from_learners(writer: Writer, images: int, keypoints: int, cited: int, exercises: int) -> None:
    """Mark what a note has given to other pages, and its footnotes: all that came after these numbers."""
    writer.images[images:] = [
        replace(image, html=for_instructors(image.html)) for image in writer.images[images:]
    ]
    writer.keypoints[keypoints:] = map(for_instructors, writer.keypoints[keypoints:])
    writer.exercises[exercises:] = [
        replace(exercise, instructors_only=True) for exercise in writer.exercises[exercises:]
    ]
    writer.instructor_footnotes.update(range(cited + 1, len(writer.cited) + 1))


FOLD_ORDER = ("instructor", "spoiler", "solution", "hint")
"""Which kind counts where a div has the classes of several."""


def _title(writer: Writer, kind: FoldKind, heading: Node | None) -> str:
    """The heading's text without markup; the default label if there is none, or only the kind's name."""
    text = shown_text(heading.children[0].token.children or ()) if heading else ""
    if not text or text.casefold() == kind.name:
        text = writer.words[f"fold_{kind.name}"]
    return escape(text)


def _html(kind: FoldKind, name: str, title: str, level: int, content: str, attributes: str) -> str:
    picture = f'<span class="note-square">{icon(kind.icon, "callout-icon")}</span>' if kind.icon else ""
    heading = f'<h{level} class="accordion-header" id="heading{name}">{picture}{title}</h{level}>'
    return (
        f'<div id="accordion{name}" class="accordion {kind.css_class} accordion-flush">\n'
        f'<details class="accordion-item">\n'
        f'<summary class="accordion-button {kind.name}-button">{heading}</summary>\n'
        f'<div id="collapse{name}" class="accordion-collapse">\n'
        f'<div class="accordion-body"{attributes}>\n{content}\n</div>\n</div>\n</details>\n</div>'
    )
