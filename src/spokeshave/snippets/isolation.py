"""The place where a page's code runs: a folder, a home and an environment of its own.

What is guaranteed: the code starts in a new folder with copies of the lesson's `data`, `fig` and
`files`; nothing of the caller's environment is in its own, so no token and no setting, but for those
of a service (`service.py`); home, caches and settings of libraries are new and empty; Python reaches no
other machine; memory, time and size of files are limited. What is not: this is no wall against malice.
Code can open any file by its absolute path that the caller may open, and a program that is not Python
can open a socket.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from spokeshave.reading.text import is_file, is_inside
from spokeshave.snippets.drawing import BACKEND

_SHARED = ("data", "fig", "files")
_NO_PROXY = "http://127.0.0.1:9"
"""Nothing listens on the port named "discard", so programs that ask a proxy are refused at once."""
_SUPPORT = Path(__file__).parent / "isolated"


@dataclass(frozen=True, slots=True)
class Place:
    """Folders of one run: `work` is where the code starts, `home` its home; `root` holds both."""

    root: Path
    work: Path
    home: Path
    environment: dict[str, str]


@contextmanager
def isolated_place(lesson: Path, page: str) -> Iterator[Place]:
    """A new place for the code of `page`, a path in the folder `lesson`. It is removed at the end."""
    root = Path(tempfile.mkdtemp(prefix="spokeshave-"))
    try:
        place = Place(root, root / "work", root / "home", _environment(root))
        for folder in ("work", "home", "tmp", "settings/matplotlib"):
            (root / folder).mkdir(parents=True)
        _copy_fonts(root / "settings" / "matplotlib")
        for base in dict.fromkeys(("episodes", PurePosixPath(page).parent.as_posix())):
            for name in _SHARED:
                if (lesson / base / name).is_dir():
                    _copy_folder(lesson, lesson / base / name, place.work / name)
        yield place
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _copy_folder(lesson: Path, source: Path, target: Path) -> None:
    """Copy what a build copies: files of the lesson, no links to folders or out of it, no pipes."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if not _is_of_lesson(lesson, Path(folder, name))}

    shutil.copytree(source, target, ignore=left_out, dirs_exist_ok=True)


def _is_of_lesson(lesson: Path, path: Path) -> bool:
    if path.is_dir():
        return not path.is_symlink()
    return is_file(path) and is_inside(lesson, path)


def _environment(root: Path) -> dict[str, str]:
    """Every variable that the code sees."""
    settings = root / "settings"
    commands = dict.fromkeys((sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)))
    return {
        "PATH": os.pathsep.join(commands),
        "HOME": str(root / "home"),
        "TMPDIR": str(root / "tmp"),
        "XDG_CACHE_HOME": str(settings / "cache"),
        "XDG_CONFIG_HOME": str(settings / "config"),
        "XDG_DATA_HOME": str(settings / "share"),
        "XDG_STATE_HOME": str(settings / "state"),
        "HF_HOME": str(settings / "huggingface"),
        "HF_HUB_CACHE": str(settings / "huggingface" / "hub"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "SCIKIT_LEARN_DATA": str(settings / "scikit-learn"),
        "TORCH_HOME": str(settings / "torch"),
        "MPLCONFIGDIR": str(settings / "matplotlib"),
        "MPLBACKEND": f"module://{BACKEND}",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "COLUMNS": "80",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(_SUPPORT),
        # One thread a page: sums come out the same everywhere, and pages run side by side.
        **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
        **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NO_PROXY),
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "ALL_PROXY"), _NO_PROXY),
        **dict.fromkeys(("no_proxy", "NO_PROXY"), "localhost,127.0.0.1,::1"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_RETRIES": "0",
    }


def _copy_fonts(target: Path) -> None:
    """Copy matplotlib's list of this machine's fonts, if there is one: to make it takes seconds."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
    known = Path(os.environ["MPLCONFIGDIR"]) if os.environ.get("MPLCONFIGDIR") else home
    for fonts in known.glob("fontlist-*.json"):
        shutil.copy(fonts, target)


def python() -> str:
    """The Python that runs the code: the one that runs this."""
    return sys.executable
