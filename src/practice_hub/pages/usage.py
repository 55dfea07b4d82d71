"""How to use a model or data set: a few lines of Python, with the address of this Hub and a version to hold on to."""

from __future__ import annotations

from collections.abc import Callable

from practice_hub.descriptions import Description
from practice_hub.repositories import Repository


def usage(base: str, repository: Repository, described: Description, pin: str, *, private: bool) -> str:
    """Python code that loads the version `pin`; `private`: only with a token."""
    lines = [
        "import os",
        "",
        f'os.environ["HF_ENDPOINT"] = {_text(base)}  # before huggingface_hub is imported',
    ]
    if private:
        lines += ['# os.environ["HF_TOKEN"] must be a token of an account that may read this repository.']
    library = _library(described) if repository.kind == "model" else ""
    ways = WAYS.get(library, _snapshot)
    return "\n".join([*lines, *ways(repository, described, pin)]) + "\n"


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _library(described: Description) -> str:
    if "pytorch_model_hub_mixin" in described.tags:
        return "mixin"
    return str(described.card.metadata.get("library_name", ""))


def _first(described: Description, ending: str) -> str | None:
    return next((entry.path for entry in described.entries if entry.path.endswith(ending)), None)


def _skops(repository: Repository, described: Description, pin: str) -> list[str]:
    path = _first(described, ".skops")
    if path is None:
        return _snapshot(repository, described, pin)
    return [
        "from huggingface_hub import hf_hub_download",
        "from skops.io import get_untrusted_types, load",
        "",
        f"path = hf_hub_download({_text(repository.full_name)}, {_text(path)}, revision={_text(pin)})",
        "print(get_untrusted_types(file=path))  # look at these types before you trust them",
        "model = load(path, trusted=[])",
    ]


def _mixin(repository: Repository, described: Description, pin: str) -> list[str]:
    return [
        "from model import Model  # the class of this model: see its card",
        "",
        f"model = Model.from_pretrained({_text(repository.full_name)}, revision={_text(pin)})",
    ]


def _transformers(repository: Repository, described: Description, pin: str) -> list[str]:
    name = f"{_text(repository.full_name)}, revision={_text(pin)}"
    task = described.card.metadata.get("pipeline_tag")
    if isinstance(task, str):
        return ["from transformers import pipeline", "", f"model = pipeline({_text(task)}, model={name})"]
    model = _auto_class(described)
    if _first(described, "tokenizer_config.json") is None:
        return [f"from transformers import {model}", "", f"model = {model}.from_pretrained({name})"]
    return [
        f"from transformers import {model}, AutoTokenizer",
        "",
        f"tokenizer = AutoTokenizer.from_pretrained({name})",
        f"model = {model}.from_pretrained({name})",
    ]


def _auto_class(described: Description) -> str:
    """`BertForSequenceClassification` is loaded by `AutoModelForSequenceClassification`."""
    architectures = described.config.get("architectures")
    first = architectures[0] if isinstance(architectures, list) and architectures else ""
    _, found, task = str(first).partition("For")
    return f"AutoModelFor{task}" if found and task.isidentifier() else "AutoModel"


def _snapshot(repository: Repository, described: Description, pin: str) -> list[str]:
    kind = "" if repository.kind == "model" else f", repo_type={_text(repository.kind)}"
    name = f"{_text(repository.full_name)}{kind}, revision={_text(pin)}"
    return ["from huggingface_hub import snapshot_download", "", f"folder = snapshot_download({name})"]


WAYS: dict[str, Callable[[Repository, Description, str], list[str]]] = {
    "skops": _skops,
    "sklearn": _skops,
    "scikit-learn": _skops,
    "mixin": _mixin,
    "transformers": _transformers,
}
"""By `library_name`; else the whole repository is fetched."""
