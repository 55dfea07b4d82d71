"""The lines that show how to use a model: each kind is run, in a process of its own, against the Hub that shows it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from practice_hub.running import RunningHub
from tests.practice_hub.pages.content import fill
from tests.practice_hub.pages.visitor import Visitor

FOREIGN = ("HF_", "HUGGING", "TRANSFORMERS_", "XDG_")
MAKE_SKOPS = """
import sys
from skops.io import dump
from sklearn.dummy import DummyClassifier
dump(DummyClassifier().fit([[0], [1]], [1, 1]), sys.argv[1])
"""
MAKE_TRANSFORMERS = """
import sys
from transformers import BertConfig, BertForSequenceClassification
config = BertConfig(vocab_size=20, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8)
BertForSequenceClassification(config).save_pretrained(sys.argv[1])
"""
MODEL = """
import torch
from huggingface_hub import PyTorchModelHubMixin

class Model(torch.nn.Module, PyTorchModelHubMixin):
    def __init__(self, width: int = 2):
        super().__init__()
        self.layer = torch.nn.Linear(width, 1)
"""
MAKE_MIXIN = """
import sys
from model import Model
Model(width=3).save_pretrained(sys.argv[1])
"""


def _code(visitor: Visitor, path: str) -> str:
    code = visitor.get(path).page.select_one("#hub-use ~ pre code")
    assert code
    return code.get_text()


def _run(folder: Path, code: str, *arguments: str, **settings: str) -> str:
    """Run Python code in a folder, with a home that is new and none of our settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    environment = kept | {"HOME": str(folder), "HF_HOME": str(folder / "client"), **settings}
    environment |= {"HF_HUB_DISABLE_TELEMETRY": "1", "PYTHONPATH": str(folder)}
    command = [sys.executable, "-W", "ignore", "-c", code, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _publish(
    running: RunningHub, name: str, files: Mapping[str, bytes], metadata: str, *, tag: str = ""
) -> None:
    fill(running.hub, name, {**files, "README.md": f"---\n{metadata}\n---\n# Model\n".encode()}, tag=tag)


def _saved(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_skops(running: RunningHub, visitor: Visitor, tmp_path: Path) -> None:
    _run(tmp_path, MAKE_SKOPS, str(tmp_path / "model.skops"))
    files = {"model.skops": (tmp_path / "model.skops").read_bytes()}
    _publish(running, "ada/skops", files, "library_name: skops", tag="v1")
    fill(running.hub, "ada/skops", {"model.skops": b"broken afterwards"})
    code = _code(visitor, "/ada/skops")
    assert 'revision="v1"' in code
    assert _run(tmp_path, code + "print(model.predict([[5]]))\n") == "[]\n[1]\n"


def test_mixin(running: RunningHub, visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(MODEL)
    _run(tmp_path, MAKE_MIXIN, str(tmp_path / "saved"))
    metadata = "tags: [model_hub_mixin, pytorch_model_hub_mixin]"
    _publish(running, "ada/mixin", _saved(tmp_path / "saved"), metadata, tag="v1")
    assert _run(tmp_path, _code(visitor, "/ada/mixin") + "print(model.layer.in_features)\n") == "3\n"


def test_transformers(running: RunningHub, visitor: Visitor, tmp_path: Path) -> None:
    _run(tmp_path, MAKE_TRANSFORMERS, str(tmp_path / "saved"))
    _publish(running, "ada/bert", _saved(tmp_path / "saved"), "library_name: transformers", tag="v1")
    code = _code(visitor, "/ada/bert")
    assert "AutoModelForSequenceClassification" in code
    shown = _run(tmp_path, code + "print(type(model).__name__)\n")
    assert shown.splitlines()[-1] == "BertForSequenceClassification"


def test_transformers_with_a_task(running: RunningHub, visitor: Visitor) -> None:
    metadata = 'library_name: transformers\npipeline_tag: fill-mask"'
    _publish(running, "ada/pipe", {}, metadata)
    assert 'pipeline("fill-mask\\"", model="ada/pipe", revision=' in _code(visitor, "/ada/pipe")


@pytest.mark.parametrize("kind", ["model", "dataset"])
def test_everything_else(kind: str, running: RunningHub, visitor: Visitor, tmp_path: Path) -> None:
    fill(running.hub, "ada/other", {"a/b.txt": b"hello"}, kind=kind)
    path = "/ada/other" if kind == "model" else "/datasets/ada/other"
    code = _code(visitor, path)
    found = _run(tmp_path, code + "print(open(folder + '/a/b.txt').read(), revision := folder[-40:])\n")
    repository = running.hub.repositories.find(kind, "ada/other")
    assert repository
    assert found.split() == ["hello", running.hub.describe(repository).commit.oid]


def test_a_private_one_needs_a_token(running: RunningHub, ada: Visitor, tmp_path: Path) -> None:
    code = _code(ada, "/ada/secret")
    assert 'os.environ["HF_TOKEN"]' in code
    token = running.new_token("ada", "read")
    assert _run(tmp_path, code + "print(os.listdir(folder))\n", HF_TOKEN=token).count("README.md") == 1


def test_what_is_shown_is_what_is_pinned(running: RunningHub, visitor: Visitor) -> None:
    repository = fill(running.hub, "ada/pins", {"x": b"1"})
    assert running.hub.describe(repository).commit.oid in _code(visitor, "/ada/pins")
    fill(running.hub, "ada/pins", {"x": b"2"}, tag="v1")
    fill(running.hub, "ada/pins", {"x": b"3"}, tag="v2")
    assert '"v2"' in _code(visitor, "/ada/pins")
    assert '"v1"' in _code(visitor, "/ada/pins/tree/v1")
    first = running.hub.describe(repository, "v1").commit.oid
    assert json.dumps(first) in _code(visitor, f"/ada/pins/tree/{first}")
