"""How findings are told: as lines of text, as JSON, as annotations of GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

from spokeshave.checks.finding import Finding
from spokeshave.checks.run import CheckResult


def sentence(found: Finding) -> str:
    """What is wrong and how to mend it."""
    end = "" if found.fix.endswith("?") else "."
    return f"{found.message}. {found.fix}{end}"


def as_text(result: CheckResult) -> str:
    """One line a finding: `file:line:column: severity: what is wrong. How to mend it. [rule]`."""
    return "".join(
        f"{found.place}: {found.severity}: {sentence(found)} [{found.rule}]\n" for found in result.findings
    )


def as_json(result: CheckResult) -> str:
    """An object with `findings`, each with its fields by name, and `allowed`: these with a `reason`."""
    findings = [asdict(found) for found in result.findings]
    allowed = [{**asdict(one.finding), "reason": one.reason} for one in result.allowed]
    return json.dumps({"findings": findings, "allowed": allowed}, ensure_ascii=False, indent=2) + "\n"


def as_github(result: CheckResult) -> str:
    """Workflow commands: GitHub shows them as annotations of the changed lines."""
    return "".join(map(_annotation, result.findings))


def _annotation(found: Finding) -> str:
    place = f",line={found.line},col={found.column}" if found.line else ""
    path, title = _property(found.path), _property(found.rule)
    return f"::{found.severity} file={path}{place},title={title}::{_data(sentence(found))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[CheckResult], str]] = {"text": as_text, "json": as_json, "github": as_github}
"""What `--format` can be."""
