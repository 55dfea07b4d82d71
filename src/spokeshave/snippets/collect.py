"""Lesson to code: every block that its pages show as Python or shell, from the tree that is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from spokeshave.blocks.folds import FOLDS
from spokeshave.blocks.languages import LANGUAGES
from spokeshave.blocks.lost_fences import LOST_FENCE_FIX, lost_fences
from spokeshave.lesson import Lesson
from spokeshave.lesson import Page as LessonPage
from spokeshave.markdown import Node, References, parse, read_references
from spokeshave.problems import LessonError, Problem
from spokeshave.snippets.directives import (
    FORMS,
    Comment,
    check_stray,
    comment_of,
    read_comment,
    read_directives,
)
from spokeshave.snippets.fingerprint import fingerprint
from spokeshave.snippets.magics import find_magic
from spokeshave.snippets.snippet import Expectation, Kind, Language, Page, Snippet
from spokeshave.snippets.tabs import tab_panels

DEFAULT_TIMEOUT = 60.0
_RUN: dict[str, Language] = {"python": "python", "python3": "python", "bash": "shell"}
"""What runs a language. `python3` has no colors on the page, and still nobody reads it as anything else."""
_KINDS: tuple[Kind, ...] = ("output", "error", "warning")
_TRIED = re.compile(r"[{.]*(?:python3?|py|bash|sh|output|error|warning)\b", re.IGNORECASE)
"""After a fence: what is run, and what is compared."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The pages that have code to run, what is wrong with them, and where other code is shown."""

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    other_code: tuple[str, ...]
    """`path:line` of the first fenced block in another language, for each page that has one."""

    @property
    def silence(self) -> Problem | None:
        """What is wrong if nothing is run though the pages show code."""
        if self.pages or not self.other_code:
            return None
        path, _, line = self.other_code[0].rpartition(":")
        return Problem(
            path,
            int(line),
            "the lesson shows code, but none of it as Python or shell",
            "Name the language after the fence: ```python or ```bash",
        )


def collect_pages(lesson: Lesson) -> tuple[Page, ...]:
    """The pages of `lesson` that have code to run, in the order of the lesson.

    Raises `LessonError` with every directive that cannot be followed, every notebook magic and
    every page whose form is broken.
    """
    collection = collect(lesson)
    if collection.problems:
        raise LessonError(*sorted(collection.problems))
    return collection.pages


def collect(lesson: Lesson, timeout: float = DEFAULT_TIMEOUT) -> Collection:
    """The same with what else was found. `timeout` is the time of blocks that do not name theirs."""
    links = read_references(lesson.links)
    found = [_PageReading(page, timeout) for page in lesson.pages]
    for reading in found:
        reading.read(links)
    return Collection(
        pages=tuple(reading.page() for reading in found if reading.snippets),
        problems=tuple(problem for reading in found for problem in reading.problems),
        other_code=tuple(reading.other_code for reading in found if reading.other_code),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """What a block stands in: a tab, by its title, of a group of tabs, by its number; a fold."""

    tab: str = ""
    group: int = 0
    folded: bool = False


@dataclass(slots=True)
class _PageReading:
    """Walks through the tree of one page."""

    source: LessonPage
    timeout: float
    snippets: list[Snippet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    other_code: str = ""
    groups: int = 0

    def read(self, links: References) -> None:
        document = parse(self.source.text, self.source.first_line, links)
        for fault in (fault for fault in document.faults if fault.severity == "error"):
            self._problem(fault.line + 1, fault.message, fault.fix)
        self._read_siblings(document.nodes, _Place())

    def page(self) -> Page:
        # In a footnote, code may stand elsewhere in the tree than on the page.
        snippets = tuple(sorted(self.snippets, key=lambda snippet: snippet.line))
        return Page(self.source.path, snippets, fingerprint(snippets))

    def _read_siblings(self, nodes: Sequence[Node], place: _Place) -> None:
        """Blocks that stand side by side: directives go down to the next one, outputs up to the last."""
        comments: list[Comment] = []
        for position, node in enumerate(nodes):
            comment = comment_of(node)
            if comment is not None:
                comments.append(comment)
            elif node.kind == "html_block" and not node.children:
                continue
            elif _language(node) is not None:
                self._add_snippet(node, comments, _followers(nodes, position), place)
                comments = []
            else:
                check_stray(comments, self.source.path, self.problems)
                comments = []
                self._read_other(node, place)
        check_stray(comments, self.source.path, self.problems)

    def _read_other(self, node: Node, place: _Place) -> None:
        if node.kind == "fence":
            self._note_other_code(node)
        elif node.kind == "inline":
            self._check_text(node)
        elif not place.group and _is_div(node, {"tab", "group-tab"}):
            self.groups += 1
            this = self.groups
            for title, panel in tab_panels(node.children):
                self._read_siblings(panel, replace(place, tab=title, group=this if title else 0))
        else:
            folded = place.folded or _is_div(node, FOLDS)
            self._read_siblings(node.children, replace(place, folded=folded))

    def _note_other_code(self, node: Node) -> None:
        if not self.other_code and node.classes and node.classes[0] not in _KINDS:
            self.other_code = f"{self.source.path}:{node.line}"

    def _check_text(self, node: Node) -> None:
        """Directives and fences that are part of a paragraph are lost without a word."""
        line, found = node.line, []
        for child in node.token.children or ():
            comment = read_comment(child.content, line) if child.type == "html_inline" else None
            found += [comment] if comment else []
            line += child.content.count("\n") + (child.type in ("softbreak", "hardbreak"))
        check_stray(found, self.source.path, self.problems)
        for number, word in lost_fences(node):
            if _TRIED.match(word):
                self._problem(number, "this should begin a code block, but is text", LOST_FENCE_FIX)

    def _add_snippet(self, node: Node, comments: list[Comment], after: Sequence[Node], place: _Place) -> None:
        said = read_directives(comments, self.source.path, self.problems)
        language = _language(node)
        assert language is not None
        snippet = Snippet(
            path=self.source.path,
            line=node.line,
            language=language,
            code=node.token.content,
            skip=said.skip,
            figure=said.figure,
            tolerance=said.tolerance,
            timeout=said.timeout or self.timeout,
            alternative=place.tab,
            group=place.group,
            folded=place.folded,
            home=said.home,
            expectations=self._expectations(after),
        )
        self._check(snippet)
        self.snippets.append(snippet)

    def _expectations(self, nodes: Sequence[Node]) -> tuple[Expectation, ...]:
        found: dict[str, Expectation] = {}
        for node in nodes:
            kind = _kind(node)
            assert kind is not None
            if kind in found:
                self._problem(
                    node.line,
                    f"this is a second `{kind}` block for the same code",
                    "Make one of the two, or put a sentence between them if this is something else",
                )
            else:
                found[kind] = expectation(node, kind, self.source.text.split("\n"))
        return tuple(found.values())

    def _check(self, snippet: Snippet) -> None:
        if snippet.language == "shell" and snippet.figure:
            self._problem(snippet.line, "a shell block draws no figure", "Remove the `figure` comment")
        magic = find_magic(snippet.code) if snippet.language == "python" and not snippet.skip else None
        if magic is not None:
            line, text, plain = magic
            self._problem(snippet.line + 1 + line, f"`{text}` works in notebooks only", plain)

    def _problem(self, line: int, message: str, fix: str) -> None:
        self.problems.append(Problem(self.source.path, line, message, fix))


def _is_div(node: Node, kinds: Iterable[str]) -> bool:
    """Whether it is a fenced div of one of `kinds`."""
    return node.kind == "div" and not set(kinds).isdisjoint(node.classes)


def _language(node: Node) -> Language | None:
    """What runs the block: its first class decides, as it does for the label on the page."""
    if node.kind != "fence" or not node.classes:
        return None
    word = node.classes[0].lower()
    return _RUN.get(LANGUAGES.get(word, word))


def _kind(node: Node) -> Kind | None:
    if node.kind != "fence" or len(node.classes) != 1:
        return None
    return next((kind for kind in _KINDS if kind == node.classes[0]), None)


def _followers(nodes: Sequence[Node], position: int) -> list[Node]:
    """The output, error and warning blocks directly after the code at `position`; comments may stand between."""
    found: list[Node] = []
    for node in nodes[position + 1 :]:
        if _kind(node) is not None:
            found.append(node)
        elif node.kind != "html_block" or node.children or _is_directive(node):
            break
    return found


def _is_directive(node: Node) -> bool:
    comment = comment_of(node)
    return comment is not None and comment.name in FORMS


def expectation(node: Node, kind: Kind, lines: Sequence[str]) -> Expectation:
    """What the fence `node` expects; `lines` are those of the file."""
    assert node.token.map is not None
    start, end = node.token.map
    # Code stands above it: what is in front of the fence is blanks and the marks of quotes, of no list item.
    indent = lines[start].partition(node.token.markup)[0]
    return Expectation(kind, node.token.content, start + 1, start + 2, end - 1, indent)
