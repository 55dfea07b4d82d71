"""What should not be in a lesson: marks of a conflict in git, what other tools read, and secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spokeshave.checks.finding import Finding, finding
from spokeshave.checks.gathered import GatheredLesson
from spokeshave.checks.inline import line_ends, tokens_of
from spokeshave.checks.page import CheckedPage
from spokeshave.markdown import Node

_MARKER = re.compile(r"(?:<{7}|>{7}|\|{7})(?= |$)")
_OTHER_TOOLS = re.compile(r"\{:[^{}\n]*\}|\{%[^{}\n]*%\}")
"""kramdown's attributes (`{: .callout}`) and Liquid's tags (`{% include links.md %}`), from before the Workbench."""
_SECRETS = {
    "a token of the Hugging Face Hub": re.compile(r"\bhf_[A-Za-z0-9]{30,}\b"),
    "a token of GitHub": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b"),
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
}
_HINTS = ("hf_", "gh", "PRIVATE KEY")
_LEAST_DIFFERENT = 8
"""Different signs in what could be a token: `hf_xxxxxxxx` is none."""
_TEXTS = frozenset(
    ".py .ipynb .txt .csv .tsv .json .yaml .yml .toml .cfg .ini .sh .r .md .rmd .html .xml .env".split()
)
_LARGEST = 5_000_000
_SHOWN = frozenset({"", "output", "diff", "error", "text"})
"""Classes of code blocks in which a lesson on git shows a conflict."""


def check_markers(page: CheckedPage) -> Iterator[Finding]:
    """Marks of a conflict, but for those that a page shows as the output of a program."""
    if "<<<<<<<" not in page.page.text and ">>>>>>>" not in page.page.text:
        return
    shown = {
        line
        for node in page.nodes
        if node.kind == "fence" and node.token.map
        if (node.classes[0] if node.classes else "") in _SHOWN
        for line in range(*node.token.map)
    }
    for number, text in enumerate(page.page.text.split("\n"), 1):
        if number - 1 not in shown and _MARKER.match(text):
            message = "git left this mark of a conflict"
            fix = "Keep one of the two versions, and remove all three marks"
            yield page.found("merge-marker", number, message, fix)


def check_other_tools(page: CheckedPage) -> Iterator[Finding]:
    """What Jekyll read, and a page of the Workbench shows."""
    for node in page.nodes:
        if node.kind != "inline" or "{" not in node.token.content:
            continue
        for line, text in enumerate(_shown_lines(node), node.line):
            for found in _OTHER_TOOLS.findall(text):
                message = f"`{found}` is for Jekyll: here, readers see it as it stands"
                fix = "Remove it, or write it as the Workbench has it: attributes without a colon, boxes as fenced divs"
                yield page.found_at("jekyll", (found, found[:3]), line, message, fix)


def _shown_lines(node: Node) -> list[str]:
    """The text of a paragraph without its code, line by line."""
    tokens = tokens_of(node)
    parts = ((token.content if token.type == "text" else "") + "\n" * line_ends(token) for token in tokens)
    return "".join(parts).split("\n")


def check_secrets(gathered: GatheredLesson) -> Iterator[Finding]:
    """Secrets on pages, and in text files that go to the site."""
    for page in gathered.pages:
        yield from _secrets(page.page.path, page.page.text)
    for asset in gathered.lesson.assets:
        if asset.source.suffix.lower() in _TEXTS:
            try:
                if asset.source.stat().st_size > _LARGEST:
                    continue
                text = asset.source.read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            yield from _secrets(asset.source.relative_to(gathered.lesson.root).as_posix(), text)


def _secrets(path: str, text: str) -> Iterator[Finding]:
    if not any(hint in text for hint in _HINTS):
        return
    for what, pattern in _SECRETS.items():
        for match in pattern.finditer(text):
            if len(set(match[0])) >= _LEAST_DIFFERENT:
                line = text.count("\n", 0, match.start()) + 1
                column = match.start() - text.rfind("\n", 0, match.start())
                message = f"this looks like {what} ({match[0][:6]}…)"
                fix = "Revoke it now, where it was made: it stays in the history. Then write a made-up one"
                yield finding(path, line, column, "token", message, fix)
