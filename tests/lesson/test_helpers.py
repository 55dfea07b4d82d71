"""The code in `episodes/files` does what it says: small cases by hand, and the lesson's own captures."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from files import figures_responding, figures_shift, rodents

_DATA = Path(__file__).parents[2] / "episodes/data"


@pytest.fixture(scope="module")
def captures() -> Any:
    return rodents.read_captures(_DATA / "portal_rodents.csv")


@pytest.fixture(scope="module")
def source(captures: Any) -> Any:
    return rodents.source_captures(captures)


def _answered(confidence: list[float], correct: list[bool]) -> Any:
    return pd.DataFrame({"confidence": confidence, "correct": correct})


def _measured(species: str, length: float, weight: float, number: int, seed: int = 0) -> Any:
    """Captures of a species around a length and a weight, on two plots."""
    noise = np.random.default_rng(seed).normal(size=(number, 2))
    return pd.DataFrame(
        {
            "species_id": species,
            "hindfoot_length": length + noise[:, 0],
            "weight": weight + noise[:, 1],
            "plot_id": np.arange(number) % 2,
        }
    )


def _two_species() -> Any:
    return pd.concat([_measured("AA", 20, 20, 40, 1), _measured("BB", 40, 40, 40, 2)], ignore_index=True)


# Captures and model ----------------------------------------------------------------------------------


def test_no_species_code_is_read_as_missing(tmp_path: Path) -> None:
    table = tmp_path / "captures.csv"
    table.write_text("species_id,weight\nNA,10\nDM,40\n")
    assert list(rodents.read_captures(table)["species_id"]) == ["NA", "DM"]


def test_source_is_control_plots_up_to_1989(source: Any) -> None:
    assert set(source["plot_type"]) == {"Control"}
    assert (source["year"].min(), source["year"].max()) == (1977, 1989)


def test_common_species_occur_often_enough() -> None:
    table = pd.DataFrame({"species_id": ["AA"] * 3 + ["BB"] * 2})
    assert set(rodents.common_species(table, least=3)["species_id"]) == {"AA"}


def test_populations_do_not_overlap_with_the_source_or_each_other(captures: Any, source: Any) -> None:
    everything = [source, *rodents.other_populations(captures).values()]
    numbers = np.concatenate([table["record_id"] for table in everything])
    assert len(numbers) == len(set(numbers))


# Evidence --------------------------------------------------------------------------------------------


def test_answers_of_a_model_that_separates_its_species() -> None:
    table = _two_species()
    tested = rodents.with_answers(rodents.train_model(table), table)
    assert tested["correct"].all()
    assert (tested["confidence"] > 0.99).all()


def test_a_held_out_plot_is_not_in_the_training_data(source: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each model is trained on all plots but one, and answers for that one."""
    trained: list[set[int]] = []
    answered: list[set[int]] = []
    train, answer = rodents.train_model, rodents.with_answers

    def spy_on_training(table: Any) -> Any:
        trained.append(set(table["plot_id"]))
        return train(table)

    def spy_on_answers(model: Any, table: Any) -> Any:
        answered.append(set(table["plot_id"]))
        return answer(model, table)

    monkeypatch.setattr(rodents, "train_model", spy_on_training)
    monkeypatch.setattr(rodents, "with_answers", spy_on_answers)
    tested = rodents.hold_out_plots(source)
    plots = set(source["plot_id"])
    assert [len(here) for here in answered] == [1] * len(plots)
    assert [seen | here for seen, here in zip(trained, answered, strict=True)] == [plots] * len(plots)
    assert [seen & here for seen, here in zip(trained, answered, strict=True)] == [set()] * len(plots)
    assert sorted(tested["record_id"]) == sorted(source["record_id"])


def test_rare_species_are_tested_and_always_wrong(source: Any) -> None:
    tested = rodents.hold_out_plots(source)
    rare = ~tested["species_id"].isin(rodents.common_species(source)["species_id"])
    assert rare.any()
    assert not tested["correct"][rare].any()


def test_interval_of_values_that_are_all_the_same() -> None:
    assert list(rodents.interval([0.5] * 20)) == [0.5, 0.5]


def test_interval_of_coin_tosses_is_that_of_the_normal_approximation() -> None:
    low, high = rodents.interval([0, 1] * 200)
    assert high - low == pytest.approx(2 * 1.96 * 0.5 / 400**0.5, rel=0.1)


def test_interval_over_groups_is_wider_when_groups_differ() -> None:
    values, groups = [0] * 50 + [1] * 50, [1] * 50 + [2] * 50
    assert list(rodents.interval(values, groups)) == [0, 1]
    low, high = rodents.interval(values)
    assert 0.35 < low < high < 0.65


def test_calibration_error_of_answers_as_sure_as_right() -> None:
    assert rodents.calibration_error(_answered([0.75] * 4, [True] * 3 + [False])) == 0


def test_calibration_error_of_sure_answers_that_are_wrong() -> None:
    assert rodents.calibration_error(_answered([1.0] * 4, [False] * 4)) == 1


def test_calibration_error_weights_bins_by_captures() -> None:
    table = _answered([0.95] * 3 + [0.55], [True] * 3 + [False])
    assert rodents.calibration_error(table) == pytest.approx(0.75 * 0.05 + 0.25 * 0.55)


# Shift -----------------------------------------------------------------------------------------------


def _by_species(shares: dict[str, tuple[int, int]]) -> Any:
    """Captures by species: how many, and how many of them are answered correctly."""
    return pd.DataFrame(
        [
            {"species_id": name, "correct": number < right}
            for name, (captures, right) in shares.items()
            for number in range(captures)
        ]
    )


_BEFORE = _by_species({"AA": (100, 90), "BB": (100, 50)})


@pytest.mark.parametrize(
    ("now", "causes"),
    [
        ({"AA": (100, 90), "BB": (100, 50)}, [0, 0, 0]),
        ({"AA": (50, 45), "BB": (150, 75)}, [-10, 0, 0]),
        ({"AA": (50, 45), "BB": (50, 25), "CC": (100, 0)}, [0, -35, 0]),
        ({"AA": (100, 80), "BB": (100, 40)}, [0, 0, -10]),
        ({"AA": (20, 10), "BB": (60, 30), "CC": (20, 0)}, [-10, -12, -8]),
    ],
)
def test_causes_of_a_change(now: dict[str, tuple[int, int]], causes: list[float]) -> None:
    changed = rodents.why_accuracy_changed(_BEFORE, _by_species(now))
    assert list(changed) == ["mix", "new species", "within species"]
    assert list(changed.values()) == pytest.approx(causes)


def test_causes_add_up_to_the_change(captures: Any, source: Any) -> None:
    tested, model = rodents.hold_out_plots(source), rodents.train_model(rodents.common_species(source))
    for others in rodents.other_populations(captures).values():
        now = rodents.with_answers(model, others)
        total = 100 * (now["correct"].mean() - tested["correct"].mean())
        assert sum(rodents.why_accuracy_changed(tested, now).values()) == pytest.approx(total)


def test_separable_is_half_for_the_same_and_one_for_disjoint_captures() -> None:
    old = _measured("AA", 20, 20, 1000, 1)
    assert rodents.how_separable(old, _measured("AA", 20, 20, 1000, 2)) == pytest.approx(0.5, abs=0.05)
    assert rodents.how_separable(old, _measured("AA", 60, 60, 1000, 3)) == 1


def test_each_plot_is_held_against_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs: list[tuple[set[int], set[int]]] = []

    def separable(others: Any, plot: Any) -> float:
        pairs.append((set(others["plot_id"]), set(plot["plot_id"])))
        return 0.5

    monkeypatch.setattr(figures_shift, "how_separable", separable)
    assert len(figures_shift.separable_plots(pd.DataFrame({"plot_id": [1, 2, 3, 3]}))) == 3
    assert pairs == [({2, 3}, {1}), ({1, 3}, {2}), ({1, 2}, {3})]


def test_oval_holds_95_of_100_captures_of_its_cloud() -> None:
    table = _measured("PB", 26, 30, 4000)
    center, spread = figures_shift.cloud(table)
    assert figures_shift.in_oval(table, center, spread).mean() == pytest.approx(0.95, abs=0.01)
    length, weight = figures_shift.oval_outline(center, spread)
    outline = pd.DataFrame({"hindfoot_length": length, "weight": weight})
    assert figures_shift.in_oval(outline, center, spread, size=6).all()
    assert not figures_shift.in_oval(outline, center, spread, size=5.98).any()


def test_by_year() -> None:
    tested = pd.DataFrame(
        {
            "year": [1989] * 100 + [1990] * 4,
            "plot_id": [1, 2] * 52,
            "correct": [True] * 100 + [True, False, True, False],
            "confidence": 0.8,
            "distance": [*np.linspace(0, 1, 100), 0.5, 2, 2, 2],
        }
    )
    table = figures_shift.by_year(tested)
    assert list(table["accuracy"]) == [1, 0.5]
    assert list(table["far"]) == [0.05, 0.75]
    assert list(table.loc[1990, ["low", "high"]]) == [0, 1]


# Responding ------------------------------------------------------------------------------------------


def test_distances_are_in_standard_deviations() -> None:
    known = pd.DataFrame({"hindfoot_length": [0.0] * 10 + [20.0] * 10, "weight": [0.0] * 10 + [20.0] * 10})
    there = pd.DataFrame({"hindfoot_length": [0.0, 50.0], "weight": [0.0, 20.0]})
    assert list(rodents.distances(known, there)) == pytest.approx([0, 3])


def test_held_out_distances_leave_the_plot_out() -> None:
    """Two plots far from each other: each capture is far from the other plot, and near its own."""
    table = _two_species()
    table.loc[table["plot_id"] == 1, "weight"] += 500
    at_home = rodents.distances(table, table)
    assert (rodents.held_out_distances(table) > at_home + 1).all()


@pytest.mark.parametrize(("number", "in_model"), [(4, False), (5, True)])
def test_a_new_species_enters_with_five_labels(source: Any, number: int, in_model: bool) -> None:
    known = rodents.common_species(source)
    labeled = pd.concat([_measured("PB", 26, 31, number), known.sample(50, random_state=0)])
    assert ("PB" in rodents.update_model(known, labeled).classes_) is in_model


def test_updated_model_takes_the_mix_of_the_labels() -> None:
    """The old mix, half and half, counts as 20 captures; 60 labels of one species are added to them."""
    model = rodents.update_model(_two_species(), _measured("AA", 20, 20, 60))
    assert list(model[-1].priors) == pytest.approx([(60 + 10) / 80, 10 / 80])


def test_answering_the_surest_first() -> None:
    share, accuracy = figures_responding.accuracy_of_answered(
        [False, True, True, False], [0.9, 0.1, 0.2, 0.3]
    )
    assert list(share) == [0.25, 0.5, 0.75, 1]
    assert list(accuracy) == pytest.approx([1, 1, 2 / 3, 1 / 2])


def test_labels_help(captures: Any) -> None:
    table, unchanged = figures_responding.accuracy_with_labels(captures, sizes=(100,), draws=2)
    assert len(table) == 2
    assert (table["old and new"] > unchanged + 0.2).all()


@pytest.mark.parametrize(("right", "rings"), [(40, False), (36, False), (30, True)])
def test_alarm(right: int, rings: bool) -> None:
    """Of 50 answers, at a limit of 0.8: 36 are as few as chance may give, 30 are not."""
    assert figures_responding.alarm(np.arange(50) < right, limit=0.8) is rings


def test_policies(captures: Any, source: Any) -> None:
    """Without an update there is one version; with one a year, each is tested on later captures only."""
    common = rodents.common_species(source)
    control = captures[captures["plot_type"] == "Control"]
    audits: list[int] = []

    def only_watch(correct: Any) -> bool:
        audits.append(len(correct))
        return False

    never, versions = figures_responding.follow_policy(common, control, only_watch)
    assert (versions, audits) == (1, [50] * 13)
    yearly, versions = figures_responding.follow_policy(common, control, lambda _: True)
    assert versions == 14
    assert list(yearly.index) == list(range(1990, 2003))
    assert never[1990] == yearly[1990]
    assert yearly[2000] > never[2000]


# Data ------------------------------------------------------------------------------------------------


def test_penguins_are_complete() -> None:
    penguins = pd.read_csv(_DATA / "penguins.csv")
    assert penguins.notna().all(axis=None)
    assert penguins["species"].value_counts().to_dict() == {"Adelie": 146, "Gentoo": 119, "Chinstrap": 68}


def test_checksums_that_come_with_the_data() -> None:
    """`README.txt` tells of each table its size and SHA-256, in the order in which it describes them."""
    readme = (_DATA / "README.txt").read_text(encoding="utf-8")
    tables = [(_DATA / name).read_bytes() for name in re.findall(r"^(\w+\.csv)\n=", readme, re.MULTILINE)]
    assert len(tables) == len(list(_DATA.glob("*.csv")))
    assert re.findall(r"^SHA-256  (\w+)$", readme, re.MULTILINE) == [
        hashlib.sha256(table).hexdigest() for table in tables
    ]
    sizes = re.findall(r"^size     ([\d ]+) bytes$", readme, re.MULTILINE)
    assert [int(size.replace(" ", "")) for size in sizes] == [len(table) for table in tables]
