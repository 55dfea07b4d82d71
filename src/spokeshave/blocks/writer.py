"""Tree to HTML: the state that one page's rendering shares, and the way from a node to its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from spokeshave.blocks.body import Definition, Exercise, Heading, Image, Note
from spokeshave.lesson import Picture
from spokeshave.markdown import Node
from spokeshave.problems import Problem

BlockRenderer = Callable[["Writer", Node], str]
InlineRenderer = Callable[["Writer", Token], str]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which function renders what: blocks and inline tokens by kind, fenced divs by class; and where links lead."""

    blocks: Mapping[str, BlockRenderer]
    inlines: Mapping[str, InlineRenderer]
    divs: Mapping[str, BlockRenderer]
    """In order of precedence, for divs with the classes of several."""
    address: Callable[[str], str]
    """From an address as a source has it to the one that its page has."""
    first_class_only: frozenset[str] = frozenset()
    """Kinds of divs that count only as a div's first class."""


@dataclass(slots=True)
class Writer:
    """Renders one page. Counters and what other pages collect from this one gather here."""

    kinds: Kinds
    words: Mapping[str, str]
    """UI text by key, in the lesson's language."""
    path: str
    """Of the page's source, relative to the lesson."""
    glossary: Mapping[str, str] = field(default_factory=dict)
    """Glosario definitions by slug."""
    uses_glosario: bool = False
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """What is known of the lesson's images, by their path inside the site."""
    language: str = "en"
    counts: Counter[str] = field(default_factory=Counter)
    used_ids: set[str] = field(default_factory=set)
    """Every id of the page so far, those of all headings from the start."""
    depth: int = 0
    """How many divs and elements of raw HTML are open around the block being rendered: no section of the page's own
    begins in them."""
    overview: tuple[Node, ...] = ()
    """The page's questions and objectives, which one card shows together."""
    sections: list[Heading] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    keypoints: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    exercises: list[Exercise] = field(default_factory=list)
    in_challenge: bool = False
    """Whether what is being rendered stands within a challenge."""
    footnotes: Mapping[str, Node] = field(default_factory=dict)
    """The definitions of the page's footnotes by label."""
    cited: list[tuple[Node | Token, bool]] = field(default_factory=list)
    """Footnotes that the text has referred to so far: definitions, or tokens of inline notes.

    Each with whether it stands within a definition.
    """
    instructor_footnotes: set[int] = field(default_factory=set)
    """The numbers of the footnotes that only instructor notes refer to."""
    in_footnote: bool = False
    """Whether what is being rendered is, or stands within, the definition of a footnote."""
    terms: set[str] = field(default_factory=set)
    """Glosario terms that the page uses."""
    definitions: dict[str, Definition] = field(default_factory=dict)
    """Terms that the page defines, by id, if it is the lesson's glossary."""
    warnings: list[Problem] = field(default_factory=list)
    """What could not be rendered as the source has it."""
    outline: int = 1
    """The level of the heading that the block being rendered stands under; the page's title is one."""
    last_heading: int = 1
    """The level of the last heading before that block, wherever it stands."""
    line: int = 0
    """The line of the block whose text is being rendered."""

    def warn(self, message: str, fix: str) -> None:
        """Tell the author of something that the page does not show as the source has it; in a row only once."""
        problem = Problem(self.path, self.line, message, fix, "warning")
        if self.warnings[-1:] != [problem]:
            self.warnings.append(problem)

    def number(self, counter: str) -> int:
        """Count one more thing of this kind and return its number, from one."""
        self.counts[counter] += 1
        return self.counts[counter]

    def unique_id(self, wanted: str) -> str:
        """`wanted`, or the first of `wanted-1`, `wanted-2` … that the page does not use yet."""
        candidate, number = wanted, 0
        while candidate in self.used_ids:
            number += 1
            candidate = f"{wanted}-{number}"
        self.used_ids.add(candidate)
        return candidate

    def div_kind(self, node: Node) -> str:
        """Which of the Workbench's kinds a block is, or nothing if it is no div or a plain one."""
        if node.kind != "div":
            return ""
        classes = node.classes
        for kind in self.kinds.divs:
            if kind in classes and (kind not in self.kinds.first_class_only or classes[0] == kind):
                return kind
        return ""

    def block(self, node: Node) -> str:
        """One block, without regard to the section that it may open."""
        return self.kinds.blocks[node.kind](self, node)

    def blocks(self, nodes: Sequence[Node]) -> str:
        """Blocks one after another, none of them opening a section (list items, quotes)."""
        renderers = self.kinds.blocks
        return "\n".join([renderers[node.kind](self, node) for node in nodes])

    def inline(self, tokens: Sequence[Token]) -> str:
        """Inline tokens one after another."""
        renderers = self.kinds.inlines
        return "".join([renderers[token.type](self, token) for token in tokens])

    def text_of(self, node: Node) -> str:
        """The inline content of a block such as a paragraph or a heading."""
        self.line = node.line
        return "".join([self.inline(child.token.children or ()) for child in node.children])
