"""A token of the user's is written nowhere, and what the Hugging Face client keeps for the user is not opened."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.secrets.canary import Allowed, allowed, main, reason_for
from tests.secrets.planted import Canary, plant
from tests.secrets.search import BEARER, CANARY, ENCODED, TAIL, TOKEN, Found, files_below, search
from tests.secrets.session import COMMANDS, use_hub, use_lesson
from tests.secrets.traced import touched
from tests.spokeshave.snippets.small_lesson import git

_HOOK = Path(__file__).parent / "watched"
_CANARY = "hf_" + "Kanari" * 6
_OTHER = "hf_" + "Other0" * 6


@pytest.fixture
def canary(tmp_path: Path) -> Canary:
    """A user with a token, whose processes say what they do in the Hugging Face client's folders."""
    made = plant(tmp_path / "user")
    path = os.pathsep.join([str(_HOOK), *filter(None, [os.environ.get("PYTHONPATH")])])
    watch = {
        "WATCHED_FOLDERS": os.pathsep.join(map(str, made.watched)),
        "WATCHED_LOG": str(tmp_path / "watch"),
    }
    made.environment.update(watch, PYTHONPATH=path)
    return made


def _watched(folder: Path) -> list[str]:
    return (folder / "watch").read_text(encoding="utf-8").splitlines()


def test_a_lesson_takes_no_token(canary: Canary, tmp_path: Path) -> None:
    """Build, check, review, run its code, write its notebooks: nothing holds the token, nobody opened its place."""
    folder = tmp_path / "used"
    folder.mkdir()
    use_lesson(folder, canary)
    result = search([*files_below(folder, ""), *files_below(tmp_path / "user/tmp", "tmp")], canary.token)
    assert result.found == ()
    assert {f"{name}.txt" for name, *_ in COMMANDS} <= {path.name for path in folder.iterdir()}
    assert result.files > 50
    assert result.packed > 50  # site.zip, the index
    seen = _watched(tmp_path)
    assert len(seen) >= len(COMMANDS)
    assert [line for line in seen if not line.startswith("watched: ")] == []


def test_a_hub_takes_no_token(canary: Canary, tmp_path: Path) -> None:
    """A token of another Hub is refused and not kept; its own is printed at its first start and kept as a hash."""
    folder = tmp_path / "hub"
    own = use_hub(folder, canary)
    printed = "/logs/stdout"
    result = search(files_below(folder, ""), canary.token)
    assert result.found == (Found(TOKEN, printed),)
    assert search(files_below(folder, ""), own).found == (Found(CANARY, printed),)
    assert [line for line in _watched(tmp_path) if not line.startswith("watched: ")] == []


def test_the_watch_sees_who_opens_them(canary: Canary, tmp_path: Path) -> None:
    """As the client does when it is asked who the user is."""
    code = "from huggingface_hub import get_token, scan_cache_dir; get_token(); scan_cache_dir()"
    del canary.environment["HF_TOKEN"], canary.environment["HUGGING_FACE_HUB_TOKEN"]
    subprocess.run([sys.executable, "-c", code], env=canary.environment, check=True)
    seen = _watched(tmp_path)
    assert f"open {canary.watched[1] / 'token'}" in seen
    assert any(line.startswith("os.") and str(canary.watched[1] / "hub") in line for line in seen)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (f"token={_CANARY}".encode(), [CANARY]),
        (f"…{_CANARY[-8:]}".encode(), [TAIL]),
        (b"Basic bWU6aGZfS2FuYXJpS2FuYXJpS2FuYXJpS2FuYXJpS2FuYXJpS2FuYXJp", [ENCODED]),
        (f"Authorization: Bearer {_OTHER[:12]}".encode(), [BEARER]),
        (f"x{_OTHER}x".encode(), [TOKEN]),
        (b"Bearer $HF_TOKEN, Bearer {token}, Bearer <TOKEN>, hf_your_token, hf_xxxxxxxx, Bearer ...", []),
    ],
    ids=["canary", "end", "encoded", "bearer", "token", "placeholders"],
)
@pytest.mark.parametrize("pack", ["plain", "gzip", "zlib", "zip"])
def test_what_counts(content: bytes, what: list[str], pack: str, tmp_path: Path) -> None:
    place = tmp_path / "file"
    packed = {"plain": content, "gzip": gzip.compress(content), "zlib": zlib.compress(content)}
    if pack == "zip":
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner", gzip.compress(content))
    else:
        place.write_bytes(packed[pack])
    result = search([("file", place)], _CANARY)
    inner = {"plain": "file", "gzip": "file!gzip", "zlib": "file!zlib", "zip": "file!inner!gzip"}[pack]
    assert [(found.what, found.where) for found in result.found] == [(kind, inner) for kind in what]


def test_a_name_counts(tmp_path: Path) -> None:
    place = tmp_path / _CANARY
    place.touch()
    assert search(files_below(tmp_path, ""), _CANARY).found == (Found(CANARY, f"/{_CANARY}"),)


def test_the_canary_is_allowed_nowhere() -> None:
    anywhere = [Allowed(pattern.path, pattern.reason) for pattern in allowed()]
    where = "tmp/pytest-of-me/pytest-0/test_x0/logs/stdout"
    assert reason_for(Found(TOKEN, where), anywhere)
    assert [reason_for(Found(what, where), anywhere) for what in (CANARY, TAIL, ENCODED)] == [None] * 3


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It finds what a command lets slip, into its output or a temporary file, and says when a command failed."""
    (tmp_path / "tree").mkdir()
    git(tmp_path / "tree", "init", "-q")
    (tmp_path / "tree/left").write_text("hf_" + "Another" * 6)
    monkeypatch.setattr("tests.secrets.canary.ROOT", tmp_path / "tree")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    leak = 'sh -c \'printf "%s" "$HF_TOKEN"; printf "%s" "$HF_TOKEN" | tail -c 8 > "$TMPDIR/left"; exit 3\''
    assert main([leak]) == 1
    errors = [line for line in capsys.readouterr().out.splitlines() if line.startswith("error: ")]
    assert errors[0].endswith(": exit code 3")
    assert sorted(errors[1:]) == [
        f"error: printed-1.txt: {CANARY}",
        f"error: tmp/left: {TAIL}",
        f"error: work tree/left: {TOKEN}",
    ]


def test_a_trace_is_read(tmp_path: Path) -> None:
    """Paths in a call's arguments count, whole ones alone; `make traced` makes traces."""
    lines = [
        f'1 openat(AT_FDCWD, "{tmp_path}/token", O_RDONLY) = 3',
        f'1 newfstatat(AT_FDCWD, "{tmp_path}", {{st_mode=S_IFDIR}}, 0) = 0',
        f'1 rename("/x", "{tmp_path}/y") = 0',
        f'1 openat(AT_FDCWD, "{tmp_path}-other/token", O_RDONLY) = -1 ENOENT',
        f"+++ {tmp_path} exited with 0 +++",
    ]
    assert touched("\n".join(lines), (tmp_path,)) == lines[:3]
