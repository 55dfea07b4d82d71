"""Code blocks: label, highlighting, a link for the block and for every line; output, error and warning blocks."""

from __future__ import annotations

from collections.abc import Iterable

from spokeshave.blocks.html import attributes_html, escape
from spokeshave.blocks.languages import LANGUAGES
from spokeshave.blocks.prompts import highlighted_lines
from spokeshave.blocks.writer import Writer
from spokeshave.markdown import Node

_OUTPUTS = ("output", "error", "warning")
_NOT_LABELS = frozenset({"numberLines", "number-lines", "lineAnchors", "line-anchors", "sourceCode"})

LONGEST_OUTPUT = 24
"""Lines of output that stand open. That many fill about half the window of a laptop, and the code that printed
them should still be in sight. Errors are never folded: what they say stands in their last line."""
SHOWN_OUTPUT = 12
"""Lines that a folded output shows, here and in `styles/long_output.css`: so a fold hides more than it shows."""

_Attributes = dict[str, str | int | float]


def fenced_code(writer: Writer, node: Node) -> str:
    """A fenced code block. Blocks are numbered on the page, labelled or not."""
    number = writer.number("code")
    classes = node.classes
    attributes = dict(node.token.attrs)
    attributes.pop("class", None)
    language = LANGUAGES.get(classes[0].lower()) if classes else None
    is_output = len(classes) == 1 and classes[0] in _OUTPUTS
    if not is_output and language is None and "filename" not in attributes:
        return _plain(node)
    identifier = writer.unique_id(str(attributes.pop("id", "")) or f"cb{number}")
    if is_output:
        return _output(writer, node.token.content, classes[0], identifier, attributes)
    if language is None:
        return _named(writer, node, identifier, attributes)
    return _lines(writer, node.token.content, language, classes, attributes, identifier)


def indented_code(writer: Writer, node: Node) -> str:
    """Code by indentation is shell, as the Workbench has it."""
    identifier = writer.unique_id(f"cb{writer.number('code')}")
    return _lines(writer, node.token.content, LANGUAGES["sh"], ("sh",), {}, identifier)


def _label(writer: Writer, text: str, identifier: str, attributes: _Attributes) -> str:
    """What stands above a block: the file it belongs in, `text`, and a link to the block."""
    file = escape(str(attributes.get("filename", "")))
    words = " ".join(part for part in (f'<span class="filename">{file}</span>' if file else "", text) if part)
    link = f'<a class="anchor" aria-label="{escape(writer.words["code_link"])}" href="#{escape(identifier)}"></a>'
    return f'<div class="code-label">{words}{link}</div>'


def _output(writer: Writer, code: str, kind: str, identifier: str, attributes: _Attributes) -> str:
    label = _label(writer, escape(writer.words[kind]), identifier, attributes)
    text = _trimmed(code)
    return (
        f'<div id="{escape(identifier)}" class="codewrapper"{attributes_html(attributes)}>\n{label}\n'
        f'<pre class="{kind}" tabindex="0"><code>{escape(text)}</code></pre>\n'
        f"{_fold(writer, text, kind)}</div>"
    )


def _fold(writer: Writer, text: str, kind: str) -> str:
    """What opens and closes a long output. The text is not in it: the stylesheet cuts it off while this is closed.

    So the output stays one element, which search in the page and screen readers always find whole.
    """
    lines = text.count("\n") + 1
    if lines <= LONGEST_OUTPUT or kind == "error":
        return ""
    more = escape(writer.words["more_lines"].format(count=lines - SHOWN_OUTPUT))
    return f'<details class="long-output"><summary>{more}</summary></details>\n'


def _plain(node: Node) -> str:
    """Code in no language we know: as it is, without a label."""
    content = escape(_trimmed(node.token.content))
    return f'<pre{attributes_html(node.token.attrs)} tabindex="0"><code>{content}</code></pre>'


def _named(writer: Writer, node: Node, identifier: str, attributes: _Attributes) -> str:
    """Code in no language we know that has the name of a file: that is its label."""
    return (
        f'<div id="{escape(identifier)}" class="codewrapper"{attributes_html(attributes)}>\n'
        f"{_label(writer, '', identifier, attributes)}\n"
        f'<pre{attributes_html({"class": " ".join(node.classes)} if node.classes else {})} tabindex="0">'
        f"<code>{escape(_trimmed(node.token.content))}</code></pre>\n</div>"
    )


def _lines(
    writer: Writer,
    code: str,
    language: str,
    classes: tuple[str, ...],
    attributes: _Attributes,
    identifier: str,
) -> str:
    word = classes[0].lower().replace("c++", "cpp")
    others = tuple(other for other in classes[1:] if other not in _NOT_LABELS)
    label = _label(writer, escape(" ".join((word, *others)).upper()), identifier, attributes)
    numbered = " numberSource" if len(others) < len(classes) - 1 else ""
    wrapper = " ".join(("codewrapper", "sourceCode", *map(escape, classes[1:])))
    body = "\n".join(_anchored(writer, highlighted_lines(_trimmed(code), language), identifier))
    return (
        f'<div id="{escape(identifier)}" class="{wrapper}"{attributes_html(attributes)}>\n{label}\n'
        f'<pre class="sourceCode {escape(word)}{numbered}" tabindex="0"><code class="sourceCode {language}">'
        f"{body}</code></pre>\n</div>"
    )


def _anchored(writer: Writer, lines: Iterable[str], identifier: str) -> Iterable[str]:
    """Each line with an id of its own, so that one can link to it."""
    number = escape(identifier.removeprefix("cb"))
    for count, line in enumerate(lines, 1):
        anchor = escape(writer.unique_id(f"{identifier}-{count}"))
        yield (
            f'<span id="{anchor}"><a href="#{anchor}" tabindex="-1" '
            f'aria-label="code-block-{number}-{count}"></a>{line}</span>'
        )


def _trimmed(code: str) -> str:
    return code.rstrip("\n")
