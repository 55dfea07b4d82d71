"""The place where a page's code runs: its folders, its environment, and what of the lesson is there."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

import pytest

from spokeshave.snippets import isolation
from spokeshave.snippets.isolation import isolated_place, python
from tests.spokeshave.snippets.pages import PAGE, write_lesson

_ENVIRONMENT = """
COLUMNS=80
FTP_PROXY=http://127.0.0.1:9
GIT_CONFIG_NOSYSTEM=1
GIT_TERMINAL_PROMPT=0
HF_HOME=ROOT/settings/huggingface
HF_HUB_CACHE=ROOT/settings/huggingface/hub
HF_HUB_DISABLE_TELEMETRY=1
HOME=ROOT/home
HTTPS_PROXY=http://127.0.0.1:9
HTTP_PROXY=http://127.0.0.1:9
ALL_PROXY=http://127.0.0.1:9
LC_ALL=C.UTF-8
MKL_NUM_THREADS=1
MPLBACKEND=module://notebook_figures
MPLCONFIGDIR=ROOT/settings/matplotlib
NO_COLOR=1
NO_PROXY=localhost,127.0.0.1,::1
OMP_NUM_THREADS=1
OPENBLAS_NUM_THREADS=1
PATH=COMMANDS:/one:/two
PIP_DISABLE_PIP_VERSION_CHECK=1
PIP_RETRIES=0
PYTHONHASHSEED=0
PYTHONPATH=SUPPORT
PYTHONUTF8=1
SCIKIT_LEARN_DATA=ROOT/settings/scikit-learn
TERM=dumb
TMPDIR=ROOT/tmp
TORCH_HOME=ROOT/settings/torch
TZ=UTC
XDG_CACHE_HOME=ROOT/settings/cache
XDG_CONFIG_HOME=ROOT/settings/config
XDG_DATA_HOME=ROOT/settings/share
XDG_STATE_HOME=ROOT/settings/state
all_proxy=http://127.0.0.1:9
ftp_proxy=http://127.0.0.1:9
http_proxy=http://127.0.0.1:9
https_proxy=http://127.0.0.1:9
no_proxy=localhost,127.0.0.1,::1
"""


def test_all_variables_that_the_code_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "secret")
    monkeypatch.setenv("PATH", "/one:/two")
    support = Path(isolation.__file__).parent / "isolated"
    with isolated_place(write_lesson(tmp_path, {}), PAGE) as place:
        known = {"ROOT": place.root, "COMMANDS": sysconfig.get_path("scripts"), "SUPPORT": support}
        wanted = _ENVIRONMENT
        for name, value in known.items():
            wanted = wanted.replace(f"={name}", f"={value}")
        assert place.environment == dict(line.split("=", 1) for line in wanted.strip().splitlines())
    assert {file.name for file in support.glob("*.py")} == {"notebook_figures.py", "sitecustomize.py"}


def test_commands_of_the_system_are_found_without_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a folder is named once, though it is that of the running Python."""
    monkeypatch.delenv("PATH")
    scripts = sysconfig.get_path("scripts")
    with isolated_place(write_lesson(tmp_path, {}), PAGE) as place:
        assert place.environment["PATH"] == f"{scripts}:{os.defpath}"
    monkeypatch.setenv("PATH", scripts)
    with isolated_place(tmp_path, PAGE) as place:
        assert place.environment["PATH"] == scripts


def _below(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*"))


def test_folders_are_new_and_gone_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "not there"))
    lesson = write_lesson(tmp_path / "lesson", {})
    with isolated_place(lesson, PAGE) as place:
        assert place.root.parent == tmp_path
        assert place.root.name.startswith("spokeshave-")
        assert (place.work, place.home) == (place.root / "work", place.root / "home")
        assert _below(place.root) == ["home", "settings", "settings/matplotlib", "tmp", "work"]
        (place.work / "left.txt").touch()
    assert list(tmp_path.iterdir()) == [lesson]
    with pytest.raises(ZeroDivisionError), isolated_place(lesson, PAGE) as place:
        _ = 1 / 0
    assert not place.root.exists()


@pytest.mark.parametrize(
    ("page", "there"),
    [
        (PAGE, {"data/a.csv": "1", "fig/a.txt": "2", "files/help.py": "3", "files/deep/b.py": "4"}),
        (
            "learners/setup.md",
            {
                "data/a.csv": "learners",
                "data/c.csv": "5",
                "fig/a.txt": "2",
                "files/help.py": "3",
                "files/deep/b.py": "4",
            },
        ),
    ],
)
def test_what_of_the_lesson_is_there(page: str, there: dict[str, str], tmp_path: Path) -> None:
    """The data of the episodes, and over them those beside the page."""
    files = {
        "episodes/data/a.csv": "1",
        "episodes/fig/a.txt": "2",
        "episodes/files/help.py": "3",
        "episodes/files/deep/b.py": "4",
        "episodes/other/no.txt": "",
        "data/no.txt": "",
        "learners/data/a.csv": "learners",
        "learners/data/c.csv": "5",
    }
    with isolated_place(write_lesson(tmp_path, files), page) as place:
        found = {name: (place.work / name).read_text() for name in _below(place.work) if "." in name}
    assert found == there


@pytest.mark.parametrize("at", ["MPLCONFIGDIR", "XDG_CACHE_HOME", "HOME"])
def test_the_list_of_fonts_is_there(at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To make it takes matplotlib seconds. It is where matplotlib looks for it; nothing else comes along."""
    for number, name in enumerate(("MPLCONFIGDIR", "XDG_CACHE_HOME", "HOME")):
        monkeypatch.delenv(name, raising=False)
        folder = tmp_path / name / ("", "matplotlib", ".cache/matplotlib")[number]
        folder.mkdir(parents=True)
        (folder / f"fontlist-{name}.json").touch()
        (folder / "matplotlibrc").touch()
    for name in ("HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
        if name == at:
            break
    with isolated_place(write_lesson(tmp_path / "lesson", {}), PAGE) as place:
        assert _below(place.root / "settings") == ["matplotlib", f"matplotlib/fontlist-{at}.json"]


def test_code_runs_by_the_python_that_runs_this() -> None:
    assert python() == sys.executable
