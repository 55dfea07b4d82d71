"""Taking out of a card's HTML all that is not plain content. The work is nh3's; what is allowed is said here.

What is left can be read, and links can be followed. There are no scripts, styles, forms, frames or drawings, no
ids that the page itself uses, no classes but those that the lesson's own Markdown makes, and no images from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3

OWN_IDS = "hub-"
"""How the ids of the pages themselves begin; a card cannot have such ones."""

_HTML = frozenset(
    """
    a abbr b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn div dl dt em figcaption
    figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q rp rt ruby s samp section small span
    strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
    """.split()
)
# What the lesson's formulas are made of. Left out are the elements in which HTML may stand again
# (`annotation-xml`, `mglyph`, `malignmark`), by which parsers were misled.
_MATHML = frozenset(
    """
    math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle
    msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
    """.split()
)
_WITH_CONTENT = frozenset(
    "annotation iframe noembed noframes noscript script style svg template textarea title".split()
)
"""Elements of which the content goes too: it is no text for readers."""
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "class", "title", "lang", "dir", "role", "aria-label", "aria-hidden"},
    "a": {"href", "tabindex"},
    "input": {"checked"},
    "img": {"src", "alt", "width", "height"},
    "col": {"span"},
    "colgroup": {"span"},
    "td": {"colspan", "rowspan", "headers", "align"},
    "th": {"colspan", "rowspan", "headers", "scope", "align"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "details": {"open"},
    "pre": {"tabindex"},
    "time": {"datetime"},
    "data": {"value"},
    "math": {"display"},
    "mo": {
        "stretchy",
        "fence",
        "form",
        "separator",
        "lspace",
        "rspace",
        "minsize",
        "maxsize",
        "movablelimits",
    },
    "mtable": {"columnalign", "rowspacing", "columnspacing"},
    "mtd": {"columnalign"},
    "mfrac": {"linethickness"},
    "mspace": {"width"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mi": {"mathvariant"},
    "mover": {"accent"},
    "munder": {"accentunder"},
}
# A box of a task list. Whatever kind of field a card asks for, it gets this one.
_SET: dict[str, dict[str, str]] = {"input": {"type": "checkbox", "disabled": ""}}
_ROLES = frozenset({"doc-noteref", "doc-endnotes", "doc-backlink"})
_CLASSES = frozenset(
    """
    accordion accordion-body accordion-button accordion-collapse accordion-flush accordion-header
    accordion-item align-center align-left align-right anchor callout callout-content callout-header
    callout-inner callout-square callout-title caution challenge challenge-accordion checklist code-label
    codewrapper d-block discussion display emoji error external-link figure footnote-back footnote-ref
    footnotes footnotes-end-of-document half-width hint-accordion inline instructor-note keypoints
    line-block math mx-auto note-square numberSource output prereq section section-heading sourceCode
    spoiler-accordion table table-wrapper task-list testimonial warning
    """.split()
)
_TOKEN = re.compile("[a-z]{2}")
"""The classes of highlighted code."""


def sanitized(html: str, link: Callable[[str], str | None], image: Callable[[str], str | None]) -> str:
    """HTML that can stand on a page of this Hub, whoever wrote it.

    `link` and `image` get each address of a link or an image, and give what the page is to have there; None: nothing.
    """

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return link(value)
        if name == "src":
            return image(value)
        return _attribute(name, value)

    return nh3.clean(
        html,
        tags=_HTML | _MATHML,
        clean_content_tags=_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        set_tag_attribute_values=_SET,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def _attribute(name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if word in _CLASSES or _TOKEN.fullmatch(word)) or None
    if name in {"id", "headers"}:
        return None if any(word.startswith(OWN_IDS) for word in value.lower().split()) or not value else value
    if name == "role":
        return value if value in _ROLES else None
    if name == "tabindex":
        return value if value in {"0", "-1"} else None
    return value
