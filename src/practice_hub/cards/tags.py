"""The tags of a repository, which one searches by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_OF_DATASETS = ("task_categories", "task_ids", "annotations_creators", "language_creators", "multilinguality")
_SIZE = "size_categories"


def tags_of(card: dict[str, Any], paths: Iterable[str], kind: str = "model") -> list[str]:
    """Tags made of a card's metadata and of the kinds of files, in the order in which the Hub has them.

    Those of data sets are named for their keys, as the client asks for them: `language:en`.
    """
    if kind == "dataset":
        keys = (*_OF_DATASETS, "language", "license", _SIZE)
        named = [f"{key}:{name}" for key in keys for name in _texts(card, key)]
        return list(dict.fromkeys([*named, *_texts(card, "tags"), "region:us"]))
    tags = _texts(card, "library_name")
    tags += ["safetensors"] if any(path.endswith(".safetensors") for path in paths) else []
    tags += _texts(card, "pipeline_tag") + _texts(card, "tags") + _texts(card, "language")
    tags += [f"dataset:{name}" for name in _texts(card, "datasets")]
    tags += [f"base_model:{name}" for name in _texts(card, "base_model")]
    tags += [f"license:{name}" for name in _texts(card, "license")]
    tags += ["model-index"] if card.get("model-index") else []
    return list(dict.fromkeys([*tags, "region:us"]))


def _texts(card: dict[str, Any], key: str) -> list[str]:
    value = card.get(key)
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
