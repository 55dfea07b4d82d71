"""What each rule finds, and what it lets pass: `cases/*.yaml`; how to mend it: `fixes.yaml`."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml

from spokeshave.checks.finding import Finding
from spokeshave.checks.rules import RULES
from spokeshave.checks.run import CheckResult, check_lesson, judge
from spokeshave.reader import read_lesson
from tests.spokeshave.sites import REPOSITORY
from tests.spokeshave.snippets.pages import PAGE, write_lesson

CASES = Path(__file__).parent / "cases"
Case = dict[str, Any]
_ALL: list[Case] = [
    {"file": path.stem, **case}
    for path in sorted(CASES.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
_FIXES: dict[str, str | dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("fixes.yaml").read_text(encoding="utf-8")
)
_KEYS = {"file", "name", "rule", "workbench", "page", "files", "bytes", "repeat", "finds", "allows"}
_ELSEWHERE = {"dead-link", "unreached-link"}
"""Rules that need a web: test_web.py."""
WORKBENCH = {f"V{number}" for number in range(1, 15)}


def rules_of(case: Case) -> set[str]:
    named = case["rule"]
    return {named} if isinstance(named, str) else set(named)


def check(root: Path, case: Case) -> CheckResult:
    """What is found in the lesson of `case`."""
    files = dict(case.get("files") or {PAGE: case["page"]})
    if "repeat" in case:
        text, times = case["repeat"]
        files = {path: page.replace("{}", (text * times).rstrip("\n")) for path, page in files.items()}
    write_lesson(root, files)
    for path, size in case.get("bytes", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(bytes.fromhex(size) if isinstance(size, str) else b"x" * size)
    return judge(*check_lesson(read_lesson(root)), web=False)


def described(found: Finding) -> str:
    place = found.place.removeprefix(f"{PAGE}:")
    return f"{place} {found.message}"


def fix_of(found: Finding) -> str:
    """How `fixes.yaml` says to mend it."""
    known = _FIXES[found.rule]
    if isinstance(known, str):
        return known
    return next(fix for message, fix in known.items() if fnmatchcase(found.message, message))


@pytest.mark.parametrize("case", _ALL, ids=lambda case: f"{case['file']}: {case['name']}")
def test_rule(case: Case, tmp_path: Path) -> None:
    assert case.keys() <= _KEYS
    result = check(tmp_path, case)
    rules = rules_of(case)
    findings = [one for one in result.findings if one.rule in rules]
    assert sorted(map(described, findings)) == sorted(case["finds"])
    assert [one.fix for one in findings] == [fix_of(one) for one in findings]
    if "allows" in case:
        reasons = [one.reason for one in result.allowed]
        assert case["allows"] == (reasons if isinstance(case["allows"], list) else len(reasons))


@pytest.mark.parametrize("rule", [rule for rule in _FIXES if isinstance(_FIXES[rule], dict)])
def test_a_case_finds_each_message_that_has_a_fix(rule: str) -> None:
    found = [text.partition(" ")[2] for case in _ALL if rule in rules_of(case) for text in case["finds"]]
    assert [
        message for message in _FIXES[rule] if not any(fnmatchcase(text, message) for text in found)
    ] == []


@pytest.mark.parametrize("rule", sorted(RULES.keys() - _ELSEWHERE))
def test_every_rule_has_a_case_that_finds_and_one_that_does_not(rule: str) -> None:
    finds = {bool(case["finds"]) for case in _ALL if rule in rules_of(case)}
    assert finds == {True, False}


def test_every_check_of_the_workbench_has_a_rule_and_cases() -> None:
    """V1 to V14, by number; V1 and V5 are two rules each."""
    assert {rule.workbench for rule in RULES.values()} - {""} == WORKBENCH
    for number in WORKBENCH:
        finds = {bool(case["finds"]) for case in _ALL if case.get("workbench") == number}
        assert finds == {True, False}, number


def test_the_readme_lists_every_rule() -> None:
    rows = [
        f"| `{name}` | {rule.severity} | {rule.workbench} | {rule.says} |" for name, rule in RULES.items()
    ]
    text = (REPOSITORY / "src/spokeshave/README.md").read_text(encoding="utf-8")
    assert "\n".join(rows) in text


def test_numbers_of_cases_are_those_of_their_rules() -> None:
    for case in _ALL:
        if "workbench" in case:
            numbers = {RULES[rule].workbench for rule in rules_of(case)} - {""}
            assert numbers <= {case["workbench"]}, case["name"]
