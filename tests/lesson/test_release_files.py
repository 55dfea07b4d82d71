"""The model cards and the release folder that learners download hold what the code of the lesson gives."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from files import release, rodents
from tests.lesson.scripts import run_script

_ROOT = Path(__file__).parents[2]
_EPISODES = _ROOT / "episodes"
_FILES = _EPISODES / "files"
_ROW = re.compile(r"^\| (.+?) \| +([\d,]+) \|((?: +[\d.]+ \|)+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def captures() -> Any:
    return rodents.read_captures(_EPISODES / "data/portal_rodents.csv")


@pytest.fixture(scope="module")
def held_out(captures: Any) -> Any:
    return rodents.hold_out_plots(rodents.source_captures(captures))


@dataclass(frozen=True)
class _Card:
    """Read without `huggingface_hub`, whose tests must be the first in a process to import it."""

    data: dict[str, Any]
    text: str


def _card(name: str) -> _Card:
    _, metadata, text = (_FILES / name).read_text(encoding="utf-8").split("---\n", 2)
    return _Card(yaml.safe_load(metadata), text)


def _stated(card: _Card) -> tuple[float, str]:
    """The accuracy of the metadata, and the limits of its interval."""
    ((metric,),) = (result["metrics"] for result in card.data["model-index"][0]["results"])
    limits = re.search(r"\d\.\d\d to \d\.\d\d", metric["name"])
    assert limits
    return metric["value"], limits[0]


def _limits(correct: Any, plots: Any) -> str:
    low, high = rodents.interval(correct, plots)
    return f"{low:.2f} to {high:.2f}"


def _rows(card: _Card) -> dict[str, list[str]]:
    """The table rows with a number of captures: name → captures and the numbers behind it."""
    return {
        name.strip(): [count.replace(",", ""), *rest.replace("|", " ").split()]
        for name, count, rest in _ROW.findall(card.text)
    }


@pytest.mark.parametrize("name", ["rodent-id-card.txt", "rodent-id-2-card.txt"])
def test_a_card_has_no_gap(name: str) -> None:
    card = _card(name)
    assert card.data["license"] == "mit"
    assert "More Information Needed" not in card.text
    assert not re.search(r"<(?!https:)", card.text)


def test_numbers_of_the_first_card(held_out: Any) -> None:
    card = _card("rodent-id-card.txt")
    value, limits = _stated(card)
    assert value == round(held_out["correct"].mean(), 3)
    assert limits == _limits(held_out["correct"], held_out["plot_id"])
    for number in (str(value), limits, f"{len(held_out):,}"):
        assert number in card.text
    always_dm = f"| Baseline: always `DM` | {(held_out['species_id'] == 'DM').mean():.2f} |"
    assert always_dm in card.text


def test_recalls_of_the_first_card(held_out: Any) -> None:
    known = rodents.common_species(held_out).groupby("species_id")["correct"].agg(["size", "mean"])
    expected = {name: [str(int(row["size"])), f"{row['mean']:.2f}"] for name, row in known.iterrows()}
    card = _card("rodent-id-card.txt")
    assert _rows(card) == expected
    assert f"| Balanced accuracy, 11 species | {known['mean'].mean():.2f} |" in card.text


def test_test_on_later_years_of_the_first_card(captures: Any) -> None:
    source = rodents.source_captures(captures)
    early = rodents.common_species(source.query("year <= 1985"))
    later = rodents.with_answers(rodents.train_model(early), source.query("year >= 1986"))
    row = f"| Learned to 1985, tested on 1986–89 | {later['correct'].mean():.2f} |"
    assert row in _card("rodent-id-card.txt").text


@pytest.fixture(scope="module")
def models(captures: Any) -> tuple[Any, Any]:
    """Version 1.0.0, and 2.0.0 as episode 9 makes it."""
    known = rodents.common_species(rodents.source_captures(captures))
    return rodents.train_model(known), rodents.update_model(known, _labeled(captures))


def _labeled(captures: Any) -> Any:
    return captures.query("plot_type == 'Control' and year == 1999").sample(100, random_state=0)


def test_accuracies_of_the_second_card(captures: Any, models: tuple[Any, Any]) -> None:
    others = rodents.other_populations(captures)
    recent = captures[captures["year"] >= 2000]
    expected = {
        "control plots 2000–02": recent[recent["plot_type"] == "Control"],
        "kangaroo-rat exclosures 2000–02": recent[recent["plot_type"].str.contains("Krat")],
        "control plots 1995–98": others["control plots 1995-98"],
        "control plots 1990–94": others["control plots 1990-94"],
        "Spectab exclosures 1977–89": others["Spectab exclosures 1977-89"],
        "kangaroo-rat exclosures 1977–89": others["kangaroo-rat exclosures 1977-89"],
    }
    rows = _rows(_card("rodent-id-2-card.txt"))
    for name, table in expected.items():
        accuracies = [f"{rodents.with_answers(model, table)['correct'].mean():.3f}" for model in models]
        assert rows.pop(name) == [str(len(table)), *accuracies]


def test_held_out_plots_of_the_second_card(captures: Any, held_out: Any) -> None:
    source, labeled = rodents.source_captures(captures), _labeled(captures)
    known = rodents.common_species(source)
    right = 0
    for plot, here in source.groupby("plot_id"):
        model = rodents.update_model(known[known["plot_id"] != plot], labeled[labeled["plot_id"] != plot])
        right += rodents.with_answers(model, here)["correct"].sum()
    accuracies = [f"{held_out['correct'].mean():.3f}", f"{right / len(source):.3f}"]
    row = _rows(_card("rodent-id-2-card.txt"))["control plots 1977–89, plot held out"]
    assert row == [str(len(source)), *accuracies]


def test_later_years_of_the_second_card(captures: Any, models: tuple[Any, Any]) -> None:
    recent = captures[captures["year"] >= 2000]
    later = rodents.with_answers(models[1], recent[recent["plot_type"] == "Control"])
    exclosures = rodents.with_answers(models[1], recent[recent["plot_type"].str.contains("Krat")])
    card = _card("rodent-id-2-card.txt")
    value, limits = _stated(card)
    assert value == round(later["correct"].mean(), 3)
    assert limits == _limits(later["correct"], later["plot_id"])
    text = " ".join(card.text.split())
    assert f"are {limits} on control plots and" in text
    assert f"{_limits(exclosures['correct'], exclosures['plot_id'])} in the exclosures" in text
    assert f"always `DM`: {(later['species_id'] == 'DM').mean():.2f}." in text
    species = later.groupby("species_id")["correct"].agg(["size", "mean"]).query("size >= 20")
    rows = {name: row for name, row in _rows(card).items() if len(name) == 2}
    assert rows == {name: [str(int(row["size"])), f"{row['mean']:.2f}"] for name, row in species.iterrows()}


def test_template_on_its_page_is_the_file() -> None:
    page = (_ROOT / "learners/model-card-template.md").read_text(encoding="utf-8")
    shown = re.search(r"^```markdown\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert shown
    assert shown[1] == (_FILES / "model-card-template.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with chdir(_EPISODES):
        written: Path = release.write_release(tmp_path_factory.mktemp("made") / "rodent-id")
    return written


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A release of the test's own."""
    return shutil.copytree(made, tmp_path / "rodent-id")


def test_a_release_passes_its_own_test(folder: Path) -> None:
    command = [sys.executable, "-B", "test_release.py"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "as released"), run.stderr
    assert release.checksums(folder) == (folder / "SHA256SUMS").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("weight\n43\n", "The table has no column hindfoot_length."),
        ("hindfoot_length,weight\n36,-1\n", "Each measurement must be above zero (millimeters, grams)."),
        ("hindfoot_length,weight\n36,\n", "Each measurement must be above zero (millimeters, grams)."),
    ],
)
def test_a_release_refuses_what_it_cannot_answer(wrong: str, says: str, folder: Path) -> None:
    (folder / "wrong.csv").write_text(wrong, encoding="utf-8")
    run = run_script(folder, "predict.py", "wrong.csv")
    assert (run.returncode, run.stderr.strip()) == (1, says)


def test_the_smoke_test_of_a_release_finds_another_unit(folder: Path) -> None:
    """Grams that were written as ounces, say."""
    example = folder / "example.csv"
    example.write_text(example.read_text(encoding="utf-8").replace("36,43", "36,1.5"), encoding="utf-8")
    run = run_script(folder, "test_release.py")
    assert run.returncode == 1
    assert "answers are not as released" in run.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("example.csv", ",weight,", ",mass,", "The table has no column weight."),
        ("config.json", '"weight"', '"mass"', "The table has no column mass."),
        (
            "example.csv",
            "36,43,DM\n50,120,DS\n16,11,",
            "36,0.043,DM\n50,0.12,DS\n16,0.011,",
            "1 of 3 answers",
        ),
        ("config.json", "grams", "kilograms", ""),
        ("config.json", "Dipodomys merriami", "Mus musculus", ""),
        ("requirements.txt", "scikit-learn==", "scikit-learn==0.", ""),
    ],
)
def test_what_the_smoke_test_finds(file: str, old: str, new: str, says: str, folder: Path) -> None:
    """As the solution of "Break it" in episode 5 says; empty: it finds nothing."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    run = run_script(folder, "test_release.py")
    assert (run.returncode, says in run.stderr) == (1 if says else 0, True)


@pytest.mark.parametrize("file", ["model.skops", "config.json", "predict.py"])
def test_the_smoke_test_names_a_missing_file(file: str, folder: Path) -> None:
    (folder / file).unlink()
    run = run_script(folder, "test_release.py")
    assert run.returncode == 1
    assert Path(file).stem in run.stderr.splitlines()[-1]


def test_the_smoke_test_does_not_see_a_missing_species(
    folder: Path, captures: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(_EPISODES)
    known = rodents.common_species(rodents.source_captures(captures))
    release.write_release(folder, rodents.train_model(known[known["species_id"] != "PE"]))
    assert run_script(folder, "test_release.py").returncode == 0
