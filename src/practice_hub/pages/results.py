"""The results in a card's metadata as rows of a table.

The form: https://github.com/huggingface/hub-docs/blob/main/modelcard.md, `model-index`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST = 200


@dataclass(frozen=True, slots=True)
class Result:
    """One number. `source` names who measured it, if it was somebody else."""

    task: str
    dataset: str
    metric: str
    value: str
    source: str


def results(metadata: dict[str, Any]) -> tuple[Result, ...]:
    """What can be read of `model-index`; parts of another form are left out."""
    found: list[Result] = []
    for model in _dictionaries(metadata.get("model-index")):
        for result in _dictionaries(model.get("results")):
            found += _rows(result)
    return tuple(found[:MOST])


def _dictionaries(value: Any) -> Iterator[dict[str, Any]]:
    yield from (item for item in (value if isinstance(value, list) else []) if isinstance(item, dict))


def _rows(result: dict[str, Any]) -> Iterator[Result]:
    task, dataset, source = (_part(result, key) for key in ("task", "dataset", "source"))
    where = ", ".join(str(dataset[key]) for key in ("config", "split") if dataset.get(key))
    name = _name(dataset)
    for metric in _dictionaries(result.get("metrics")):
        shown = f"{name} ({where})" if name and where else name or where
        yield Result(_name(task), shown, _name(metric), _value(metric.get("value")), _name(source))


def _part(result: dict[str, Any], key: str) -> dict[str, Any]:
    value = result.get(key)
    return value if isinstance(value, dict) else {}


def _name(part: dict[str, Any]) -> str:
    return str(part.get("name") or part.get("type") or "")


def _value(value: Any) -> str:
    """A number as it is written, without the digits that only a computer means."""
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 10_000 else f"{value:.15g}"
    return "" if value is None else str(value)
