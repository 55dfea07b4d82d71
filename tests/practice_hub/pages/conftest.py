"""A Hub with a few repositories, visitors of its pages, and a browser."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_hub.running import RunningHub, running_hub
from tests.practice_hub.browser import Browser, running_browser
from tests.practice_hub.pages.content import fill
from tests.practice_hub.pages.visitor import Visitor

PICTURE = Path(__file__).parents[3] / "src/spokeshave/theme/static/favicons/apple-touch-icon.png"
CARD = Path(__file__).parent / "card.md"


@pytest.fixture(scope="module")
def running() -> Iterator[RunningHub]:
    with running_hub() as running:
        yield running


@pytest.fixture(scope="module")
def filled(running: RunningHub) -> RunningHub:
    """`ada` has a model with everything, a private one, a gated one and a data set; `bob` and `eve` have nothing."""
    for name in ("ada", "bob", "eve"):
        running.hub.accounts.add_user(name)
    fill(
        running.hub,
        "ada/penguins",
        {
            "README.md": CARD.read_bytes(),
            "config.json": b'{"architectures": ["PenguinForMaskedLM"]}',
            "evaluate.py": b"print('<b>hello</b>')\n",
            "fig/roc.png": PICTURE.read_bytes(),
            "model.skops": b"no text\0",
            "old/model.pkl": pickle.dumps({"a": 1}),
            "old/notes \u00fc & more.txt": b"<script>document.title = 'stolen'</script>\n",
        },
        tag="v1.0",
    )
    fill(running.hub, "ada/penguins", {"evaluate.py": b"print('again')\n"}, branch="try/other")
    fill(running.hub, "ada/secret", {"README.md": b"# Secret\n"}, private=True)
    fill(running.hub, "ada/gated", {"README.md": b"# Gated\n", "weights.bin": b"\0"}, gated="manual")
    fill(running.hub, "ada/open-gate", {"README.md": b"# Gated\n"}, gated="auto")
    fill(running.hub, "ada/bare", {})
    data = b"---\nlicense: cc0-1.0\npretty_name: Palmer penguins\n---\n# Penguins\n"
    fill(running.hub, "ada/penguins", {"README.md": data, "penguins.csv": b"a,b\n1,2\n"}, kind="dataset")
    return running


@pytest.fixture
def visitor(filled: RunningHub) -> Visitor:
    return Visitor(filled.address)


@pytest.fixture
def ada(filled: RunningHub) -> Visitor:
    return Visitor(filled.address).signed_in(filled.new_token("ada"))


@pytest.fixture
def bob(filled: RunningHub) -> Visitor:
    return Visitor(filled.address).signed_in(filled.new_token("bob"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with running_browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser
