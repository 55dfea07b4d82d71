"""What grows: for each construct of a lesson a text of `n` of it."""

from __future__ import annotations

from collections.abc import Callable

CONSTRUCTS: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: "A word and *another* one.\n\n" * n,
    "one long line": lambda n: "A word and *another* one. " * n,
    "divs in a row": lambda n: "::: callout\n\nText.\n\n:::\n\n" * n,
    "nested divs": lambda n: "::: callout\n\n" * n + "Text.\n\n" + ":::\n\n" * n,
    "divs never closed": lambda n: "::: callout\n\n" * n,
    "closing fences alone": lambda n: "Text.\n\n" + ":::\n\n" * n,
    "challenges": lambda n: "::: challenge\n\n## Do\n\nA.\n\n:::: solution\n\nB.\n\n::::\n\n:::\n\n" * n,
    "tabs": lambda n: "::: tab\n\n### One\n\nA.\n\n### Two\n\nB.\n\n:::\n\n" * n,
    "list items": lambda n: "- item\n" * n,
    "loose list items": lambda n: "- item\n\n  more\n\n" * n,
    "nested lists": lambda n: "".join(f"{'  ' * (k % 40)}- item\n" for k in range(n)),
    "markers in a line": lambda n: "- " * n + "a\n",
    "block quotes in a line": lambda n: ">" * n + " a\n",
    "lines of a quote": lambda n: "> text\n" * n,
    "headings of one name": lambda n: "## Same\n\nText.\n\n" * n,
    "headings": lambda n: "".join(f"## Name {k}\n\nText.\n\n" for k in range(n)),
    "links": lambda n: "[text](address) " * n,
    "references": lambda n: (
        "".join(f"[text][r{k}] " for k in range(n)) + "\n\n" + "".join(f"[r{k}]: address\n" for k in range(n))
    ),
    "references without a target": lambda n: "".join(f"[text][r{k}] " for k in range(n)),
    "footnotes": lambda n: (
        "".join(f"a[^{k}] " for k in range(n)) + "\n\n" + "".join(f"[^{k}]: note\n\n" for k in range(n))
    ),
    "one footnote": lambda n: "a[^1] " * n + "\n\n[^1]: note\n",
    "rows of a table": lambda n: "| a | b |\n|---|---|\n" + "| c | d |\n" * n,
    "columns of a table": lambda n: f"|{' a |' * n}\n|{'---|' * n}\n|{' b |' * n}\n",
    "tables": lambda n: "| a | b |\n|---|---|\n| c | d |\n\n" * n,
    "rows of a grid table": lambda n: "+---+---+\n" + "| a | b |\n+---+---+\n" * n,
    "code blocks": lambda n: "```python\nx = 1\n```\n\n" * n,
    "lines of code": lambda n: "```python\n" + "x = 1\n" * n + "```\n",
    "fences never closed": lambda n: "Text.\n\n" + "```a`\n\n" * n,
    "images": lambda n: "![text](fig/a.png){alt='text'}\n\n" * n,
    "HTML divs": lambda n: "<div>\n" * n + "</div>\n" * n,
    "HTML tags": lambda n: "<b>a</b> " * n,
    "HTML tags without an end": lambda n: "<a b " * n,
    "scripts without an end": lambda n: "<script>\n\n" * n,
    "comments without an end": lambda n: "a <!-- b\n\n" * n,
    "formulas": lambda n: "$x^2$ " * n,
    "definitions": lambda n: "term\n:   meaning\n\n" * n,
    "line blocks": lambda n: "| line\n" * n,
    "emphasis without an end": lambda n: "*a **b " * n,
    "brackets without an end": lambda n: "[a](" * n,
    "quotation marks": lambda n: "\"a 'b " * n,
    "attributes without an end": lambda n: "[a]{.b c=" * n,
    "addresses": lambda n: "https://example.org/a " * n,
    "code spans without an end": lambda n: "".join(f"{'`' * (k % 60 + 1)} " for k in range(n)),
    "inline scripts without an end": lambda n: "<div>\n" + "<script a=b\n" * n + "</div>\n",
    "inline styles without an end": lambda n: "a <style>\n\n" * n,
    "images from elsewhere without an end": lambda n: "<img src='https://a.b/c " * n,
    "key points": lambda n: "::: keypoints\n\n" + "- point\n" * n + "\n:::\n",
}
SETTINGS: dict[str, Callable[[int], str]] = {
    "keys": lambda n: "".join(f"key{k}: value\n" for k in range(n)),
    "items of a list": lambda n: "x:\n" + "- item\n" * n,
    "aliases": lambda n: "a: &a [b]\nc:\n" + "- *a\n" * n,
    "brackets never closed": lambda n: "a: " + "[" * n,
    "words of a text": lambda n: "title: " + "word " * n,
    "plans": lambda n: "timetable:\n" + "".join(f"- name: Plan {k}\n" for k in range(n)),
}
