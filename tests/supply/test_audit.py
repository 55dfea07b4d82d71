"""The audit says what pip-audit found, and never looks as if it had run when it did not.

A program in the place of pip-audit answers as pip-audit 2.10 does: it is not needed by any other test.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.supply.audit import main
from tests.supply.locks import LOCKS, locked

_UNREACHED = (
    "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='osv.example.org', port=443): Max retries"
    " exceeded with url: /v1/query (Caused by NameResolutionError('Temporary failure in name resolution'))"
)
_WEAKNESS = {"id": "PYSEC-2026-1", "fix_versions": ["99.0"], "aliases": [], "description": "It is weak."}


def _program(folder: Path, weak: str = "", left_out: str = "") -> Path:
    """Answers for each lock; `weak` has a weakness, and nothing is said of `left_out`."""
    for lock in LOCKS:
        answers = [
            {"name": entry.name, "version": entry.version, "vulns": [_WEAKNESS] if entry.name == weak else []}
            for entry in locked(lock)
            if entry.applies and entry.name != left_out
        ]
        (folder / f"{lock}.txt.json").write_text(json.dumps({"dependencies": answers, "fixes": []}))
    return _script(folder, f'for last; do :; done\ncat "{folder}/$(basename "$last").json"')


def _script(folder: Path, text: str) -> Path:
    program = folder / "pip-audit"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)
    return program


def test_nothing_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--must-run"], _program(tmp_path)) == 0
    asked = {(entry.name, entry.version) for lock in LOCKS for entry in locked(lock) if entry.applies}
    assert capsys.readouterr().out == f"audit: {len(asked)} distributions asked about, 0 weaknesses known\n"


def test_a_weakness_is_told_for_each_lock(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], _program(tmp_path, weak="pygments")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("requirements/site.txt: pygments ")
    assert lines[0].endswith(": PYSEC-2026-1. Mended in: 99.0.")
    assert lines[-1].endswith(", 4 weaknesses known")


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--must-run"], 1)])
def test_without_the_database_it_is_skipped(
    arguments: list[str], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last line says that nothing is known; each night it must not be so."""
    program = _script(tmp_path, f'echo "Traceback:" >&2\necho "{_UNREACHED}" >&2\nexit 1')
    assert main(arguments, program) == code
    out = capsys.readouterr().out
    assert "Temporary failure in name resolution" in out
    assert out.endswith("skipped: audit: nothing was asked, so nothing is known of the locked versions.\n")


def test_another_failure_is_no_skipping(tmp_path: Path) -> None:
    program = _script(tmp_path, 'echo "KeyError: vulns" >&2\nexit 1')
    with pytest.raises(
        SystemExit, match=r"^error: requirements/site\.txt: pip-audit failed: KeyError: vulns$"
    ):
        main([], program)


def test_nothing_is_left_out(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"^error: requirements/site\.txt: pip-audit left out anyio\.$"):
        main([], _program(tmp_path, left_out="anyio"))
