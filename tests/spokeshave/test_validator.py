"""The Nu HTML checker, which the W3C uses, has nothing to say against any page of any built site.

It is a Java program (`make test` installs it where there is Java). Without it a strict parser in
Python judges the same pages: it finds what breaks the syntax of HTML, not what breaks its rules.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import html5lib
import pytest

from tests.spokeshave.sites import EVERY_LESSON, REPOSITORY, Site

_JAR = REPOSITORY / "tests/node/node_modules/vnu-jar/build/dist/vnu.jar"
_SKIPPED_LEVEL = ("follows the heading “h1”", "skipping 1 heading level")
_EXCLUDED = {
    'class="tab-header"': "the heading of a tab keeps the level that its author chose",
}
"""Where a heading may skip a level if a page begins with it, and why: part of the checker's extract."""

_NOT_YET_KNOWN = ("element with a “blocking” attribute must have a “rel”", 'rel="expect"')
"""Message and extract of what the checker does not know yet: https://html.spec.whatwg.org/#link-type-expect."""


def _by_checker(sites: Sequence[Site]) -> list[str]:
    command = ["java", "-jar", str(_JAR), "--errors-only", "--format", "json", "--skip-non-html"]
    done = subprocess.run(
        [*command, *(str(site.root) for site in sites)], capture_output=True, text=True, check=False
    )
    messages = json.loads(done.stderr)["messages"]
    return [_shown(message) for message in messages if not _is_excluded(message)]


def _is_excluded(message: dict[str, str]) -> bool:
    if _NOT_YET_KNOWN[0] in message["message"] and _NOT_YET_KNOWN[1] in message.get("extract", ""):
        return True
    skipped = all(part in message["message"] for part in _SKIPPED_LEVEL)
    return skipped and any(part in message.get("extract", "") for part in _EXCLUDED)


def _shown(message: dict[str, str]) -> str:
    place = "/".join(Path(message.get("url", "")).parts[-3:])
    return f"{place}:{message.get('lastLine', '')}: {message['message']} [{message.get('extract', '')}]"


def _by_parser(sites: Sequence[Site]) -> list[str]:
    found = []
    for site in sites:
        for path in site.pages:
            try:
                html5lib.HTMLParser(strict=True).parse(site.text(path))
            except html5lib.html5parser.ParseError as error:
                found.append(f"{site.name}/{path}: {error}")
    return found


def test_every_page_is_valid(site: Callable[[str], Site], capsys: pytest.CaptureFixture[str]) -> None:
    sites = [site(name) for name in (*EVERY_LESSON, "everything for the web")]
    assert sum(len(built.pages) for built in sites) > 100
    has_checker = _JAR.is_file() and shutil.which("java") is not None
    with capsys.disabled():
        judge = "the Nu HTML checker" if has_checker else "html5lib alone (no Java, or no vnu.jar)"
        print(f"\nHTML of {len(sites)} sites is judged by {judge}.")
    assert (_by_checker if has_checker else _by_parser)(sites) == []


def test_the_judge_finds_errors(tmp_path: Path) -> None:
    """Whoever judges, a page with an error does not pass."""
    page = '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p><b>x</p></body></html>'
    (tmp_path / "bad.html").write_text(page)
    bad = [Site("bad", tmp_path)]
    assert _by_parser(bad)
    if _JAR.is_file() and shutil.which("java"):
        assert _by_checker(bad)
