"""Text inside blocks, read as pandoc reads it: from left to right, each sign by its own rules.

CommonMark collects the signs of emphasis first and pairs them later. Pandoc reads on from an opening
sign until its closing one comes, and takes nothing back; quotation marks nest the same way. So this
parser replaces markdown-it's inline chain: `inline_rules.py` says which rules a sign has. A rule is
given the state with `pos` at its sign; it moves `pos` and adds tokens, or answers `False` and leaves
everything as it was. Rules that others add to `parser.inline.ruler` come after these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

DEEPEST = 40
"""How deep emphasis, quotations, links and spans may nest; signs further in are text."""
_ABBREVIATION = re.compile(
    r"(?<![\w.])((?:aet|aetat|al|Apr|Aug|bk|Bros|[cdfpn]|Capt|cf|ch|chap|chs|Co|col|Corp|cp|Dec|Dr|e\.g|eds?"
    r"|esp|fasc|Feb|ff|fig|fl|fols?|Fr|Gen|Gov|Hon|i\.e|ill|Inc|incl|Jan|Jr|Jul|Jun|Ltd|M\.A|M\.D|Mar|Mrs?|Ms"
    r"|n\.b|nn|No|Nov|Oct|Ph\.D|pp|Pres|Prof|pt|q\.v|Rep|Rev|s\.vv?|saec|sec|Sen|Sept?|Sgt|Sr|St|univ|viz|vol"
    r"|vs)\.)[ \t]+"
)
"""What pandoc binds to the next word by a blank at which no line breaks."""


class InlineState(StateInline):
    """The state of one run of text, with what pandoc's rules remember."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, out_tokens: list[Token]) -> None:
        super().__init__(src, md, env, out_tokens)
        self.quotation = ""
        """The sign of the innermost open quotation."""
        self.in_link = False
        self.depth = 0
        self.string_end = -1
        """Where emphasis just ended: to the signs that follow, like the end of a word."""
        self.address_end = -1
        """Where a bare address just ended: not a word's end, though it ends in a letter."""
        self.work = 4 * len(src) + 20_000
        """How many signs may still be read twice, by attempts that came to nothing."""
        self.failed: set[tuple[int, int, str]] = set()
        self.brackets: dict[int, int] | None = None
        self.code_runs: dict[int, list[int]] | None = None
        self._found: dict[re.Pattern[str], tuple[int, int]] = {}

    def next_match(self, pattern: re.Pattern[str], start: int) -> int:
        """Where `pattern` next matches from `start` on, or -1; a repeated search is not made twice."""
        since, found = self._found.get(pattern, (0, -2))
        if found == -2 or start < since or 0 <= found < start:
            match = pattern.search(self.src, start)
            found = match.start() if match else -1
            self._found[pattern] = (start, found)
        return found

    def after_word(self) -> bool:
        """Whether a letter or digit stands directly before `pos`: pandoc's "after a string"."""
        if self.string_end == self.pos:
            return True
        before = self.src[self.pos - 1] if self.pos else " "
        if before == ".":
            return not self.src.endswith("..", 0, self.pos)
        return before.isalnum() and self.address_end != self.pos

    def next_sign(self, offset: int = 1) -> str:
        """The sign `offset` places further on, or nothing at the end."""
        position = self.pos + offset
        return self.src[position] if position < self.posMax else ""

    def add(self, text: str, end: int) -> bool:
        """Take `text` for what stands before `end`."""
        self.append_pending(text)
        self.pos = end
        return True

    def mark(self, content: str = "") -> Token:
        """A text token that may become the opening of something later."""
        token = self.push("text", "", 0)
        token.content = content
        return token

    def leaf(self, kind: str, tag: str, content: str, end: int) -> Token:
        """A token without an end, for what stands before `end`."""
        token = self.push(kind, tag, 0)
        token.content = content
        self.pos = end
        return token

    def close(self, kind: str, tag: str) -> None:
        token = self.push(f"{kind}_close", tag, 0)
        token.nesting = -1

    def attempt(self, rule: Callable[[], bool]) -> bool:
        """Run `rule`; if it fails, take back what it did, and do not try again here."""
        start = self.pos
        key = (start, self.posMax, self.quotation)
        if key in self.failed or self.work < 0:
            return False
        saved = (self.posMax, self.quotation, self.in_link, self.linkLevel, self.string_end)
        pending, count = self.pending, len(self.tokens)
        if rule():
            return True
        self.work -= self.pos - start
        self.failed.add(key)
        self.pos = start
        self.posMax, self.quotation, self.in_link, self.linkLevel, self.string_end = saved
        del self.tokens[count:]
        self.pending = pending
        return False


_MERGED = {f"{kind}_open": f"{kind}_close" for kind in ("em", "strong", "s", "sub", "sup")}

Rule = Callable[[InlineState], bool]


def opened(token: Token, kind: str, tag: str) -> None:
    """Make a marked token the opening of something."""
    token.type, token.tag, token.nesting, token.content = f"{kind}_open", tag, 1, ""


class InlineParser(ParserInline):
    """Reads text by `rules`: for each sign, the rules to try in order."""

    def __init__(self, rules: Mapping[str, Sequence[Rule]]) -> None:
        super().__init__()
        self.ruler.enableOnly([])
        self.ruler2.enableOnly([])
        self._rules = rules
        self._pattern: re.Pattern[str] | None = None

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        tokens[:] = joined(tokens)
        return tokens

    def tokenize(self, state: StateInline) -> None:
        assert isinstance(state, InlineState)
        while state.pos < state.posMax:
            self.step(state)
        if state.pending:
            state.pushPending()

    def step(self, state: InlineState) -> None:
        """Read the next sign or run of text."""
        start = state.pos
        rules = self._rules.get(state.src[start])
        if rules is not None and state.depth <= DEEPEST:
            for rule in rules:
                if rule(state):
                    return
        if rules is not None or state.src[start] in self._extra_terminator_chars:
            for other in self.ruler.getRules(""):
                if other(state, False):
                    return
        stop = self._stop().search(state.src, start + 1, state.posMax)
        end = stop.start() if stop else state.posMax
        text = state.src[start:end]
        if ". " in text:
            kept = text.rstrip(" \t") if state.src.startswith("\n", end) else text
            text = _ABBREVIATION.sub("\\1\u00a0", kept) + text[len(kept) :]
        state.add(text, end)

    def skipToken(self, state: StateInline) -> None:
        """Pass over the next token without keeping it."""
        assert isinstance(state, InlineState)
        count, pending = len(state.tokens), state.pending
        self.step(state)
        del state.tokens[count:]
        state.pending = pending

    def _stop(self) -> re.Pattern[str]:
        """What ends a run of text. Most dots, hyphens and exclamation marks mean nothing: they do not."""
        if self._pattern is None:
            signs = "".join((set(self._rules) | self._extra_terminator_chars) - set(".-!"))
            self._pattern = re.compile(rf"[{re.escape(signs)}]|-(?=[-@])|\.(?=\.\.)|!(?=\[)")
        return self._pattern


def until(state: InlineState, at_end: Callable[[], bool]) -> bool:
    """Read on until `at_end`, which must move `pos` past the end if it is one."""
    parser = state.md.inline
    assert isinstance(parser, InlineParser)
    state.depth += 1
    try:
        while state.pos < state.posMax:
            if at_end():
                return True
            parser.step(state)
        return False
    finally:
        state.depth -= 1


def inside(state: InlineState, start: int, end: int) -> None:
    """Read the text from `start` to `end`; `pos` stays at `end`."""
    parser = state.md.inline
    assert isinstance(parser, InlineParser)
    limit = state.posMax
    state.pos, state.posMax = start, end
    state.depth += 1
    while state.pos < end:
        parser.step(state)
    state.depth -= 1
    state.pos, state.posMax = end, limit


def joined(tokens: Sequence[Token]) -> list[Token]:
    """`tokens` without empty text; neighbouring text in one, neighbouring emphasis too."""
    kept: list[Token] = []
    for token in tokens:
        if kept and token.type in _MERGED and kept[-1].type == _MERGED[token.type]:
            kept.pop()
        elif token.type != "text" or token.content:
            kept.append(token)
    found: list[Token] = []
    for is_text, neighbours in groupby(kept, lambda token: token.type == "text"):
        same = list(neighbours)
        if is_text:
            same[0].content = "".join(token.content for token in same)
            del same[1:]
        found += same
    return found
