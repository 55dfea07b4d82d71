"""Code blocks: label, highlighting, a link for every line; output, error and warning blocks."""

from __future__ import annotations

from collections.abc import Iterable

from spokeshave.blocks.highlight import highlight
from spokeshave.blocks.html import attributes_html, escape
from spokeshave.blocks.languages import LANGUAGES
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node

_OUTPUTS = ("output", "error", "warning")
_NOT_LABELS = frozenset({"numberLines", "number-lines", "lineAnchors", "line-anchors", "sourceCode"})


def fenced_code(writer: Writer, node: Node) -> str:
    """A fenced code block. Blocks are numbered on the page, labelled or not."""
    number = writer.number("code")
    classes = node.classes
    if len(classes) == 1 and classes[0] in _OUTPUTS:
        return _output(writer, node, classes[0])
    language = LANGUAGES.get(classes[0].lower()) if classes else None
    if language is None:
        return _plain(node)
    return _highlighted(node, language, number)


def indented_code(writer: Writer, node: Node) -> str:
    """Code by indentation is shell, as the Workbench has it."""
    number = writer.number("code")
    return _lines(node.token.content, LANGUAGES["sh"], ("sh",), {}, f"cb{number}")


def _output(writer: Writer, node: Node, kind: str) -> str:
    label = escape(writer.words[kind])
    attributes = {name: value for name, value in node.token.attrs.items() if name != "class"}
    return (
        f'<div class="codewrapper"{attributes_html(attributes)}>\n<div class="code-label">{label}</div>\n'
        f'<pre class="{kind}" tabindex="0"><code>{escape(_trimmed(node.token.content))}</code></pre>\n</div>'
    )


def _plain(node: Node) -> str:
    """Code in no language we know: as it is, without a label."""
    content = escape(_trimmed(node.token.content))
    return f'<pre{attributes_html(node.token.attrs)} tabindex="0"><code>{content}</code></pre>'


def _highlighted(node: Node, language: str, number: int) -> str:
    attributes = dict(node.token.attrs)
    attributes.pop("class", None)
    identifier = str(attributes.pop("id", "")) or f"cb{number}"
    return _lines(node.token.content, language, node.classes, attributes, identifier)


def _lines(
    code: str,
    language: str,
    classes: tuple[str, ...],
    attributes: dict[str, str | int | float],
    identifier: str,
) -> str:
    word = classes[0].lower().replace("c++", "cpp")
    others = tuple(other for other in classes[1:] if other not in _NOT_LABELS)
    label = escape(" ".join((word, *others)).upper())
    numbered = " numberSource" if len(others) < len(classes) - 1 else ""
    wrapper = " ".join(("codewrapper", "sourceCode", *map(escape, classes[1:])))
    body = "\n".join(_anchored(highlight(_trimmed(code), language), escape(identifier)))
    return (
        f'<div id="{escape(identifier)}" class="{wrapper}"{attributes_html(attributes)}>\n'
        f'<div class="code-label">{label}</div>\n'
        f'<pre class="sourceCode {escape(word)}{numbered}" tabindex="0"><code class="sourceCode {language}">'
        f"{body}</code></pre>\n</div>"
    )


def _anchored(lines: Iterable[str], identifier: str) -> Iterable[str]:
    """Each line with an id of its own, so that one can link to it."""
    number = identifier.removeprefix("cb")
    for count, line in enumerate(lines, 1):
        yield (
            f'<span id="{identifier}-{count}"><a href="#{identifier}-{count}" tabindex="-1" '
            f'aria-label="code-block-{number}-{count}"></a>{line}</span>'
        )


def _trimmed(code: str) -> str:
    return code.rstrip("\n")
