"""The model cards and the release folder that learners download hold what the code of the lesson gives."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from files import release, rodents

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
    early = rodents.common_species(source).query("year <= 1985")
    later = rodents.with_answers(rodents.train_model(early), source.query("year >= 1986"))
    row = f"| Learned to 1985, tested on 1986–89 | {later['correct'].mean():.2f} |"
    assert row in _card("rodent-id-card.txt").text


def test_numbers_of_the_second_card(captures: Any, held_out: Any) -> None:
    control = captures[captures["plot_type"] == "Control"]
    labeled = control[control["year"] == 1999].sample(100, random_state=0)
    known = rodents.common_species(rodents.source_captures(captures))
    old, new = rodents.train_model(known), rodents.update_model(known, labeled)
    others = rodents.other_populations(captures)
    later = control[control["year"] >= 2000]
    expected = {
        "control plots 2000–02": later,
        "control plots 1990–94": others["control plots 1990-94"],
        "kangaroo-rat exclosures 1977–89": others["kangaroo-rat exclosures 1977-89"],
    }
    card = _card("rodent-id-2-card.txt")
    rows = _rows(card)
    for name, table in expected.items():
        accuracies = [f"{rodents.with_answers(model, table)['correct'].mean():.2f}" for model in (old, new)]
        assert rows.pop(name) == [str(len(table)), *accuracies]
    updated = [
        rodents.with_answers(
            rodents.update_model(known[known["plot_id"] != plot], labeled[labeled["plot_id"] != plot]), here
        )["correct"]
        for plot, here in rodents.source_captures(captures).groupby("plot_id")
    ]
    again = sum(part.sum() for part in updated) / len(held_out)
    at_home = [f"{accuracy:.2f}" for accuracy in (held_out["correct"].mean(), again)]
    assert rows == {"control plots 1977–89, plot held out": [str(len(held_out)), *at_home]}

    tested = rodents.with_answers(new, later)
    value, limits = _stated(card)
    assert value == round(tested["correct"].mean(), 3)
    assert limits == _limits(tested["correct"], tested["plot_id"])


def test_template_on_its_page_is_the_file() -> None:
    page = (_ROOT / "learners/model-card-template.md").read_text(encoding="utf-8")
    shown = re.search(r"^```markdown\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert shown
    assert shown[1] == (_FILES / "model-card-template.txt").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(_EPISODES)
    made: Path = release.write_release(tmp_path / "rodent-id")
    return made


def _python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_release_passes_its_own_test(folder: Path) -> None:
    run = _python(folder, "test_release.py")
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
    run = _python(folder, "predict.py", "wrong.csv")
    assert (run.returncode, run.stderr.strip()) == (1, says)


def test_the_smoke_test_of_a_release_finds_another_unit(folder: Path) -> None:
    """Grams that were written as ounces, say."""
    example = folder / "example.csv"
    example.write_text(example.read_text(encoding="utf-8").replace("36,43", "36,1.5"), encoding="utf-8")
    run = _python(folder, "test_release.py")
    assert run.returncode == 1
    assert "answers are not as released" in run.stderr
