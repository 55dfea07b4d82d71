"""The Hub that the client talks to, the client's settings, and repositories that are gone after the test.

The client reads its settings when it is imported. So they are made before: pytest calls `pytest_configure` of this
file before it imports the tests beside it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from practice_hub.running import RunningHub, running_hub

if TYPE_CHECKING:
    from huggingface_hub import HfApi

PREFIX = "practice-hub-test"
# Each of these would lead the client elsewhere, or show it another token.
FOREIGN = ("HF_", "HUGGING", "TRANSFORMERS_", "XDG_")


@dataclass
class Setting:
    """Where the client is, and where it talks to."""

    home: Path
    running: RunningHub | None
    environment: dict[str, str]
    stack: ExitStack = field(default_factory=ExitStack)


KEY = pytest.StashKey[Setting]()


def pytest_configure(config: pytest.Config) -> None:
    assert "huggingface_hub" not in sys.modules, "huggingface_hub was imported before its settings were made"
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}-"))
    setting = Setting(home, None, _isolated(home))
    setting.stack.callback(shutil.rmtree, home, ignore_errors=True)
    config.stash[KEY] = setting
    if config.getoption("--hub") == "live":
        if not os.environ.get("HF_TOKEN"):
            raise pytest.UsageError("--hub live needs a token that may write, in HF_TOKEN")
        setting.environment["HF_TOKEN"] = os.environ["HF_TOKEN"]
    else:
        setting.running = setting.stack.enter_context(running_hub(home / "hub"))
        setting.environment["HF_ENDPOINT"] = setting.running.address
        setting.environment["HF_TOKEN"] = setting.running.new_token()
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith(FOREIGN)]:
        del os.environ[name]
    os.environ.update(setting.environment)
    try:  # `huggingface_hub` alone imports nothing: it waits until something of it is used
        from huggingface_hub import constants  # noqa: PLC0415
    finally:
        os.environ.clear()
        os.environ.update(before)
    expected = setting.running.address if setting.running else "https://huggingface.co"
    assert expected == constants.ENDPOINT
    if target := config.getoption("--contract"):
        from tests.practice_hub.contract import record  # noqa: PLC0415

        setting.stack.enter_context(record(Path(target)))


def pytest_unconfigure(config: pytest.Config) -> None:
    if KEY in config.stash:
        config.stash[KEY].stack.close()


def _isolated(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "HF_HOME": str(home / "client"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_UPDATE_CHECK": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "NO_COLOR": "1",
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--hub") == "live":
        skip = pytest.mark.skip(reason="cannot be tested on the real Hub")
        for item in items:
            if item.get_closest_marker("practice_only"):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def setting(pytestconfig: pytest.Config) -> Setting:
    return pytestconfig.stash[KEY]


@pytest.fixture(autouse=True, params=["xet", "lfs"])
def mode(request: pytest.FixtureRequest, setting: Setting, monkeypatch: pytest.MonkeyPatch) -> str:
    """How large files travel. `lfs` is what HF_HUB_DISABLE_XET=1 does, which the client reads into this constant."""
    from huggingface_hub import constants  # noqa: PLC0415

    for name in [name for name in os.environ if name.startswith(FOREIGN)]:
        monkeypatch.delenv(name)
    for name, value in setting.environment.items():
        monkeypatch.setenv(name, value)
    chosen: str = request.param
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", chosen == "lfs")
    if chosen == "lfs":
        monkeypatch.setenv("HF_HUB_DISABLE_XET", "1")  # for programs that a test starts
    return chosen


@pytest.fixture(autouse=True)
def _all_served(setting: Setting) -> Iterator[None]:
    """A call that the Hub does not serve is a failure, also if the client does not mind."""
    if setting.running is None:
        yield
        return
    server = setting.running.server
    server.unserved.clear()
    server.answers.clear()
    yield
    assert server.unserved == []
    assert [answer for answer in server.answers if answer[2] == 500] == []


@pytest.fixture
def running(setting: Setting) -> RunningHub:
    """Our Hub: for tests that are `practice_only`."""
    assert setting.running, "mark this test as practice_only"
    return setting.running


@pytest.fixture(scope="session")
def api(setting: Setting) -> HfApi:
    from huggingface_hub import HfApi  # noqa: PLC0415

    return HfApi()


@pytest.fixture(scope="session")
def namespace(api: HfApi, setting: Setting) -> str:
    """The account that the tests write to. On the real Hub, what earlier runs left there is deleted first."""
    name: str = api.whoami(token=setting.environment["HF_TOKEN"])["name"]
    if setting.running is None:
        token = setting.environment["HF_TOKEN"]
        left = [(model.id, "model") for model in api.list_models(author=name, search=PREFIX, token=token)]
        left += [(data.id, "dataset") for data in api.list_datasets(author=name, search=PREFIX, token=token)]
        for repository, kind in left:
            api.delete_repo(repository, repo_type=kind, token=token, missing_ok=True)
    return name


NewRepo = Callable[..., str]


@pytest.fixture
def new_repo(api: HfApi, namespace: str) -> Iterator[NewRepo]:
    """Makes repositories with names that nobody has. They are deleted after the test."""
    made: list[tuple[str, str]] = []

    def make(kind: str = "model", *, private: bool = False) -> str:
        name = f"{namespace}/{PREFIX}-{secrets.token_hex(4)}"
        made.append((name, kind))
        return api.create_repo(name, repo_type=kind, private=private).repo_id

    yield make
    for name, kind in made:
        api.delete_repo(name, repo_type=kind, missing_ok=True)


@pytest.fixture
def repo(new_repo: NewRepo) -> str:
    return new_repo()


@pytest.fixture(scope="session")
def other_token(setting: Setting) -> str:
    """Of another account, `bob`."""
    assert setting.running, "mark this test as practice_only"
    return setting.running.new_token("bob")


@pytest.fixture(scope="session")
def read_token(setting: Setting) -> str:
    """Of the account that the tests write to; it may only read."""
    assert setting.running, "mark this test as practice_only"
    return setting.running.new_token(role="read")
