"""Did a job do what it is for? Ends with 1 where it did less.

python -m tests.workflows.counts tests JUNIT_FILE [--at-least N]
python -m tests.workflows.counts pages LESSON DOCS
python -m tests.workflows.counts snippets LESSON RESULTS
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import yaml

TESTS = 3500
"""Far fewer than there are, and far more than run when pytest finds only a part of its folders."""


def tests(file: Path, at_least: int) -> str:
    """How many tests of a JUnit file ran, without skipped ones. Raises `SystemExit` if they are too few."""
    suites = ElementTree.parse(file).getroot().iter("testsuite")
    ran = sum(int(suite.attrib["tests"]) - int(suite.attrib["skipped"]) for suite in suites)
    if ran < at_least:
        raise SystemExit(f"error: {file}: {ran} tests ran, but at least {at_least} should.")
    return f"{ran} tests ran"


def pages(lesson: Path, docs: Path) -> str:
    """How many pages a site has. Raises `SystemExit` if one that `config.yaml` lists is missing in a view."""
    config = yaml.safe_load((lesson / "config.yaml").read_text(encoding="utf-8"))
    listed = [Path(name).stem for folder in ("episodes", "learners") for name in config[folder]]
    wanted = ["index", "aio", *(slug for slug in listed if slug != "setup")]
    places = [f"{view}{slug}.html" for view in ("", "instructor/") for slug in wanted]
    missing = [place for place in places if not (docs / place).is_file() or not (docs / place).stat().st_size]
    if missing or not config["episodes"]:
        raise SystemExit(f"error: {docs}: these pages are not there: {', '.join(missing) or 'any episode'}.")
    return f"{len(list(docs.rglob('*.html')))} pages, among them all {len(config['episodes'])} episodes"


def snippets(lesson: Path, file: Path) -> str:
    """How many blocks of code passed. Raises `SystemExit` unless it is what `snippets.yaml` pins, or more."""
    pinned = yaml.safe_load((lesson / "tests/lesson/snippets.yaml").read_text(encoding="utf-8"))
    wanted = sum(count["run"] for count in pinned.values())
    read = json.loads(file.read_text(encoding="utf-8"))
    passed = {
        (page["path"], block["line"])
        for page in read["pages"]
        for block in page["blocks"]
        if block["status"] == "passed"
    }
    if len(passed) < wanted:
        raise SystemExit(f"error: {file}: {len(passed)} blocks of code passed, but {wanted} should.")
    return f"{len(passed)} blocks of code passed"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    kinds = parser.add_subparsers(dest="kind", required=True)
    of_tests = kinds.add_parser("tests")
    of_tests.add_argument("file", type=Path)
    of_tests.add_argument("--at-least", type=int, default=TESTS)
    for kind, place in (("pages", "docs"), ("snippets", "results")):
        of_lesson = kinds.add_parser(kind)
        of_lesson.add_argument("lesson", type=Path)
        of_lesson.add_argument(place, type=Path)
    given = parser.parse_args(arguments)
    if given.kind == "tests":
        print(tests(given.file, given.at_least))
    elif given.kind == "pages":
        print(pages(given.lesson, given.docs))
    else:
        print(snippets(given.lesson, given.results))


if __name__ == "__main__":
    main(sys.argv[1:])
