"""What the values of a card's metadata must be.

The real Hub's own check is not published. These rules follow the keys that its documents name
(https://github.com/huggingface/hub-docs/blob/main/modelcard.md and datasetcard.md), the messages that the
tests of huggingface_hub expect, and for `base_model` and `widget` those that people quote in questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from practice_hub.cards.licenses import LICENSES

LISTS_OF_TEXT = ("tags", "datasets", "metrics")
TEXTS = ("pipeline_tag", "library_name", "model_name", "license_name", "license_link", "pretty_name")
TEXT_OR_LIST = ("language", "base_model", "thumbnail")
_MODEL = re.compile(r"(?:\w[\w.-]{0,95}/)?\w[\w.-]{0,95}", re.ASCII)


def check(data: dict[str, Any]) -> Iterator[str]:
    """Everything that forbids this metadata."""
    yield from _license(data)
    for key in LISTS_OF_TEXT:
        if data.get(key) is not None and not _is_texts(data[key]):
            yield f'"{key}" must be an array of strings'
    for key in TEXTS:
        if data.get(key) is not None and not isinstance(data[key], str):
            yield f'"{key}" must be a string'
    for key in TEXT_OR_LIST:
        if data.get(key) is not None and not isinstance(data[key], str) and not _is_texts(data[key]):
            yield f'"{key}" must be a string or an array of strings'
    yield from _base_model(data.get("base_model"))
    if not isinstance(data.get("widget") or [], list):
        yield '"widget" must be an array'
    if data.get("model-index") is not None:
        yield from _model_index(data["model-index"])


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _license(data: dict[str, Any]) -> Iterator[str]:
    named = data.get("license")
    for one in named if isinstance(named, list) else [named]:
        if one is not None and one not in LICENSES:
            yield f'"license" must be one of [{", ".join(LICENSES)}]'
            return


def _base_model(named: Any) -> Iterator[str]:
    """A folder on somebody's machine, as training libraries write it, leads nobody to the model."""
    for one in named if isinstance(named, list) else [named]:
        if isinstance(one, str) and not _MODEL.fullmatch(one):
            yield f'"base_model" with value "{one}" is not valid. Use a model id from https://hf.co/models.'


def _model_index(index: Any) -> Iterator[str]:
    if not isinstance(index, list):
        yield '"model-index" must be an array'
        return
    for place, model in enumerate(index):
        if not isinstance(model, dict) or not isinstance(model.get("name"), str):
            yield f'"model-index[{place}].name" is required'
        elif not isinstance(model.get("results"), list):
            yield f'"model-index[{place}].results" is required'
        else:
            yield from _results(model["results"], f"model-index[{place}].results")


def _results(results: list[Any], where: str) -> Iterator[str]:
    for place, result in enumerate(results):
        for key, kind in (("task", dict), ("dataset", dict), ("metrics", list)):
            if not isinstance(result, dict) or not isinstance(result.get(key), kind):
                yield f'"{where}[{place}].{key}" is required'
