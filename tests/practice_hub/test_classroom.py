"""`practice-hub classroom`: accounts, the sheet, a second run, new tokens."""

from __future__ import annotations

import re
import stat
import subprocess
from pathlib import Path

import html5lib
import pytest
from bs4 import BeautifulSoup

from tests.practice_hub.pages.visitor import Visitor
from tests.practice_hub.test_newcomer import PROGRAMS, bash, clean_environment, command

TOKEN = re.compile(r"Token:   (hf_[A-Za-z]{34})")
LAST = "It holds the tokens"


def _strips(printed: str) -> dict[str, str]:
    """Name → token, as the text has them."""
    parts = re.split(r"---- (\S+) ----", printed)
    return {name: TOKEN.findall(text)[0] for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def _address(printed: str) -> str:
    found = re.search(r"runs at (\S+)", printed)
    assert found
    return found[1]


def test_a_class_gets_its_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    options = ("classroom", "--learners", "3", "--port", "0", "--data", str(tmp_path / "hub"))
    with command(*options, "--sheet", str(sheet), home=tmp_path, until=LAST) as (_, printed):
        address, strips = _address(printed), _strips(printed)
        assert list(strips) == ["teacher", "learner-01", "learner-02", "learner-03"]
        assert len(set(strips.values())) == 4
        assert "Only this machine reaches it" in printed
        for name, token in strips.items():
            assert Visitor(address).signed_in(token).get("/settings/tokens").page.h1.get_text() == name  # type: ignore[union-attr]
        lines = printed.partition("---- learner-02 ----")[2].partition("Windows")[0]
        settings = "\n".join(line for line in lines.splitlines() if line.startswith("  export "))
        (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n# Hello\n")
        bash(f"{settings}\nhf upload learner-02/mine README.md", clean_environment(tmp_path))
        assert "learner-02/mine" in Visitor(address).get("/").text
    _check_sheet(sheet, address, strips)
    with command(*options, home=tmp_path, until="practice-hub token learner-01") as (_, again):
        assert "are there already" in again
        assert TOKEN.findall(again) == []
        assert Visitor(_address(again)).signed_in(strips["learner-03"]).cookie
        assert "learner-02/mine" in Visitor(_address(again)).get("/").text


def _check_sheet(sheet: Path, address: str, strips: dict[str, str]) -> None:
    text = sheet.read_text()
    html5lib.HTMLParser(strict=True).parse(text)
    page = BeautifulSoup(text, "html5lib")
    found = page.select(".strip")
    assert [strip.h2.get_text() for strip in found] == list(strips)  # type: ignore[union-attr]
    for strip, (name, token) in zip(found, strips.items(), strict=True):
        words = strip.get_text("\n")
        assert {name, token, address} <= set(words.split())
        assert f"export HF_TOKEN={token}" in words
        assert f"$env:HF_ENDPOINT = '{address}'" in words
        assert f"os.environ['HF_TOKEN'] = '{token}'" in words
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert not page.select("script, link, img")


def test_more_learners_and_new_tokens(tmp_path: Path) -> None:
    base = ("classroom", "--port", "0", "--data", str(tmp_path / "hub"), "--sheet")
    first, second, third = (tmp_path / f"{number}.html" for number in (1, 2, 3))
    with command(*base, str(first), "--learners", "1", home=tmp_path, until=LAST) as (_, printed):
        old = _strips(printed)
    with command(*base, str(second), "--learners", "2", home=tmp_path, until=LAST) as (_, printed):
        assert list(_strips(printed)) == ["learner-02"]
    with command(*base, str(third), "--learners", "2", "--renew", home=tmp_path, until=LAST) as (_, printed):
        new = _strips(printed)
        assert list(new) == ["teacher", "learner-01", "learner-02"]
        visitor = Visitor(_address(printed))
        assert visitor.signed_in(new["learner-01"]).cookie
        assert visitor.fill_in("/login", "/login", token=old["learner-01"]).status == 403


def test_a_sheet_is_not_written_over(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    sheet.write_text("the sheet of another class")
    options = ["--learners", "1", "--port", "0", "--data", str(tmp_path / "hub"), "--sheet", str(sheet)]
    done = _ends(tmp_path, *options)
    assert (done.returncode, done.stderr) == (
        1,
        f"error: {sheet}: File exists. Name a new file with --sheet.\n",
    )
    assert sheet.read_text() == "the sheet of another class"
    assert "hf_" not in done.stdout
    options[-1] = str(tmp_path / "new.html")
    with command("classroom", *options, home=tmp_path, until=LAST) as (_, printed):
        assert len(_strips(printed)) == 2


def _ends(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAMS / "practice-hub", "classroom", *options],
        env=clean_environment(home),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "203.0.113.7", "no such name"])
def test_an_address_that_is_none(tmp_path: Path, host: str) -> None:
    done = _ends(tmp_path, "--learners", "1", "--port", "0", "--data", str(tmp_path / "hub"), "--host", host)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert "hf_" not in done.stdout


def test_another_address_of_this_machine(tmp_path: Path) -> None:
    """As on a network: only the address that was named is answered to."""
    options = (
        "classroom",
        "--learners",
        "1",
        "--port",
        "0",
        "--data",
        str(tmp_path / "hub"),
        "--host",
        "127.0.0.2",
    )
    with command(*options, home=tmp_path, until="os.environ['HF_TOKEN']") as (_, printed):
        assert _address(printed).startswith("http://127.0.0.2:")
        assert "Only this machine" not in printed
        visitor = Visitor(_address(printed))
        assert visitor.get("/").status == 200
        assert visitor.ask("GET", "/", Host="elsewhere.example").status == 400


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    options = (
        "classroom",
        "--learners",
        "1",
        "--largest",
        "1",
        "--port",
        "0",
        "--data",
        str(tmp_path / "hub"),
    )
    (tmp_path / "weights.safetensors").write_bytes(bytes(1_100_000))
    with command(*options, home=tmp_path, until="os.environ['HF_TOKEN']") as (_, printed):
        (token,) = TOKEN.findall(printed)[:1]
        settings = f"export HF_ENDPOINT={_address(printed)} HF_TOKEN={token}"
        with pytest.raises(AssertionError, match=r"this Hub takes files of up to 1 MB"):
            bash(f"{settings}\nhf upload teacher/large weights.safetensors", clean_environment(tmp_path))
