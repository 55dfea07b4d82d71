"""Explanations of unnoticed faults are of code that is still there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.mutants.explained import Explanation, Fault, explanation_of, explanations
from tests.mutants.stages import MUTATED

_ROOT = Path(__file__).parents[2]
_KNOWN = explanations()


def _functions() -> Iterator[tuple[str, str]]:
    """Each function's name, as `module.Class.method`, and its text as one line."""
    for pattern in MUTATED:
        for path in sorted((_ROOT / pattern).parent.rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            module = ".".join(path.relative_to(_ROOT / "src").with_suffix("").parts)
            for node in ast.parse(source).body:
                methods = node.body if isinstance(node, ast.ClassDef) else [node]
                inside = f"{module}.{node.name}" if isinstance(node, ast.ClassDef) else module
                for method in methods:
                    if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)):
                        lines = (ast.get_source_segment(source, method) or "").splitlines()
                        yield f"{inside}.{method.name}", " ".join(line.strip() for line in lines)


_FUNCTIONS = dict(_functions())


@pytest.mark.parametrize("explanation", _KNOWN, ids=lambda explanation: explanation.function)
def test_is_about_code_that_is_there(explanation: Explanation) -> None:
    texts = [text for name, text in _FUNCTIONS.items() if fnmatchcase(name, explanation.function)]
    assert any(explanation.fits_before(text) for text in texts)


def test_the_first_that_fits() -> None:
    narrow = Explanation("a.b.*", "max", "default=1", "narrow")
    wide = Explanation("a.*", "", "", "wide")
    fault = Fault("a.b.x_c__mutmut_1", "a.b.c", "max(x, default=0)", "max(x, default=1)")
    assert explanation_of(fault, [narrow, wide]) == narrow
    assert explanation_of(fault, [Explanation("a.c.*", "", "", "elsewhere"), wide]) == wide
    assert explanation_of(fault, [Explanation("a.b.*", "min", "", "other line")]) is None


def test_no_reason(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("- function: a.*\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^one\.yaml: .* it has a `reason`"):
        explanations(tmp_path)
