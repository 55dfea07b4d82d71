"""The tests that look for faults, in three stages: what takes milliseconds first, what takes seconds for the rest.

These stay in one process, where the fault is. Before both, mypy reads each fault, as `make test` does. The third
stage is for code that runs in processes of its own (`written.py`), and what is meant for it skips the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MUTATED = (
    "src/spokeshave/blocks/*",
    "src/spokeshave/checks/*",
    "src/spokeshave/snippets/*",
    "src/practice_hub/store/*",
)
"""Files, as mutmut matches them: `*` stands for folders, too."""
_NOT_MUTATED = ("src/spokeshave/snippets/daemons.py",)
"""With `not in` for its `in`, it kills every process of whoever runs it. `test_nothing_is_left` holds it."""
_COPIED = (
    "episodes",
    "index.md",
    "config.yaml",
    "links.md",
    "learners",
    "instructors",
    "profiles",
    "README.md",
    "CONTRIBUTING.md",
    "CITATION.cff",
    "LICENSE.md",
    "CODE_OF_CONDUCT.md",
)
_TYPES = ("mypy", "--output", "json", "--no-error-summary", "--no-warn-unused-ignores", "src")


_SNIPPETS = "tests/spokeshave/snippets"
_OF_PAGES = (
    f"{_SNIPPETS}/test_worker.py",
    f"{_SNIPPETS}/test_program.py",
    f"{_SNIPPETS}/test_run.py",
    f"{_SNIPPETS}/test_planted_faults.py",
    f"{_SNIPPETS}/test_figures.py::test_figures_of_a_page",
    f"{_SNIPPETS}/test_figures.py::test_show_closes_figures",
)
_OF_SERVICES = (
    f"{_SNIPPETS}/test_run.py",
    f"{_SNIPPETS}/test_process.py",
    f"{_SNIPPETS}/test_planted_faults.py",
    f"{_SNIPPETS}/test_service.py",
)


@dataclass(frozen=True, slots=True)
class Processes:
    """Code that runs in processes of its own, and the tests that start these."""

    modules: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """Tests and what of them is left out.

    `typed`: whether mypy reads the faults first. `fresh`: each fault is tried in a process in which no test ran
    before. That takes a second more, but what is remembered in the others (`lru_cache`) has no fault.
    """

    name: str
    tests: tuple[str, ...]
    left_out: tuple[str, ...]
    typed: bool
    fresh: bool


_FAST = (
    "tests/spokeshave/test_cases.py",
    "tests/spokeshave/test_titles.py",
    "tests/spokeshave/test_views.py",
    "tests/spokeshave/test_pictures.py",
    "tests/spokeshave/test_gathered.py",
    "tests/spokeshave/test_features.py",
    "tests/spokeshave/checks/test_cases.py",
    "tests/spokeshave/snippets/test_closed_network.py",
    "tests/spokeshave/snippets/test_collect.py",
    "tests/spokeshave/snippets/test_compare.py",
    "tests/spokeshave/snippets/test_figures.py",
    "tests/spokeshave/snippets/test_isolation.py",
    "tests/spokeshave/snippets/test_matching.py",
    "tests/spokeshave/snippets/test_process.py",
    "tests/spokeshave/snippets/test_program.py",
    "tests/spokeshave/snippets/test_promote.py",
    "tests/spokeshave/snippets/test_report.py",
    "tests/spokeshave/snippets/test_results.py",
    "tests/spokeshave/snippets/test_tabs.py",
    "tests/spokeshave/snippets/test_versions.py",
    "tests/spokeshave/snippets/test_worker.py",
    "tests/practice_hub/test_damaged_repository.py::test_what_is_said",
    "tests/practice_hub/test_damaged_repository.py::test_each_object_is_checked",
    "tests/practice_hub/test_data_folder.py",
    "tests/practice_hub/test_repository.py",
    "tests/practice_hub/test_store.py",
)
_OF_PANDOC = ("tests/spokeshave/test_cases.py::test_same_as_pandoc",)
"""Pandoc is a process of its own, and what it says of our pages is no matter of our code."""
_RUN_PAGES = tuple(
    f"tests/spokeshave/snippets/{name}"
    for name in (
        "test_figures.py::test_figures_of_a_page",
        "test_figures.py::test_show_closes_figures",
        "test_promote.py::test_command",
        "test_promote.py::test_command_refuses_and_says_how_to_go_on",
    )
)
"""These take seconds."""
_OF_FRAMES = ("tests/spokeshave/snippets/test_program.py::test_a_traceback_begins_on_the_page",)
"""mutmut puts calls of its own around each call, and they are in the traceback."""

STAGES = (
    Stage(
        "types, and tests that take milliseconds",
        _FAST,
        (*_OF_PANDOC, *_RUN_PAGES, *_OF_FRAMES),
        typed=True,
        fresh=False,
    ),
    Stage(
        "tests that take seconds",
        (
            *_FAST,
            "tests/spokeshave/test_block_structure.py",
            "tests/spokeshave/test_errors.py",
            "tests/spokeshave/test_instructor_view.py",
            "tests/spokeshave/test_timetable.py",
            "tests/spokeshave/checks",
            "tests/spokeshave/review",
            "tests/spokeshave/snippets",
            "tests/practice_hub/test_server.py",
            "tests/practice_hub/test_damage.py",
            "tests/practice_hub/test_damaged_repository.py",
            "tests/practice_hub/test_xet.py",
        ),
        (
            *_OF_PANDOC,
            *_OF_FRAMES,
            # mutmut puts two calls of its own around each call: Python's limit of depth is reached sooner.
            "tests/spokeshave/test_block_structure.py::test_deep_nests_end",
        ),
        typed=False,
        fresh=True,
    ),
)

PROCESSES = (
    Processes(
        "spokeshave.snippets.pytest_plugin.*",
        (f"{_SNIPPETS}/test_pytest_plugin.py", f"{_SNIPPETS}/test_service.py::test_with_pytest"),
    ),
    Processes(
        "spokeshave.snippets.versions.*",
        (f"{_SNIPPETS}/test_versions.py", f"{_SNIPPETS}/test_run.py::test_versions"),
    ),
    *(
        Processes(f"spokeshave.snippets.{module}.*", _OF_PAGES)
        for module in ("capture", "drawing", "isolated.*", "program", "worker")
    ),
    *(Processes(f"spokeshave.snippets.{module}.*", _OF_SERVICES) for module in ("process", "run")),
    Processes("spokeshave.snippets.isolation.*", (f"{_SNIPPETS}/test_isolation.py", *_OF_SERVICES)),
)
"""For the third stage. The first entry that fits a fault holds."""


def write_settings(stage: Stage, copy: Path) -> None:
    """Write mutmut's settings for this stage into a copy of the sources."""
    deselected = [argument for test in stage.left_out for argument in ("--deselect", test)]
    settings = {
        "source_paths": ("src",),
        "only_mutate": MUTATED,
        "do_not_mutate": _NOT_MUTATED,
        "also_copy": _COPIED,
        "pytest_add_cli_args_test_selection": stage.tests,
        "pytest_add_cli_args": ("-p", "no:cacheprovider", *deselected),
        "type_check_command": _TYPES if stage.typed else (),
    }
    lines = ["[mutmut]", f"process_isolation = {'forkserver' if stage.fresh else 'fork'}"]
    for name, values in settings.items():
        if not values:
            continue
        lines += [f"{name} =", *(f"    {value}" for value in values)]
    (copy / "setup.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
