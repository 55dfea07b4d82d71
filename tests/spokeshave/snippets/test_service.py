"""A service beside the code of a page: settings for the code, and what it prints made the same on every run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from spokeshave.cli import main
from spokeshave.snippets.service import load_service
from tests.spokeshave.sites import REPOSITORY
from tests.spokeshave.snippets.pages import write_lesson
from tests.spokeshave.snippets.test_pytest_plugin import PLUGIN

_NAME_ONE = "Name a function that starts the service: MODULE:FUNCTION."
_SHELF = "tests.spokeshave.snippets.shelf"
_PAGE = '''```python
import os
from pathlib import Path

Path("visit.py").write_text("""import os
from urllib.request import Request, urlopen

def visit(path):
    request = Request(os.environ["SHELF"] + path, headers={"Authorization": os.environ["SHELF_KEY"]})
    return urlopen(request).read().decode()
""")

from visit import visit
visit("/models")
```

```output
'visit 1 at 127.0.0.1:8000/models'
```

```bash
python -c 'from visit import visit; print(visit("/models"))'
echo $SHELF_KEY >&2
```

```output
visit 2 at 127.0.0.1:8000/models
```

```warning
your-key
```

```python
import warnings
warnings.warn(os.environ["SHELF_KEY"])
raise ValueError(f"{os.environ['SHELF']} does not know {os.environ['SHELF_KEY']}")
```

```warning
UserWarning: your-key
```

```error
ValueError: http://127.0.0.1:8000 does not know your-key
```
'''
_LESSON = {"episodes/one.md": _PAGE, "episodes/two.md": _PAGE}


def spokeshave(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return done.exit_code, done.output


def test_each_page_has_its_own(tmp_path: Path) -> None:
    """Two pages side by side: each is the first visitor."""
    code, output = spokeshave("snippets", write_lesson(tmp_path, _LESSON), "--service", f"{_SHELF}:start")
    assert (code, output.splitlines()[-1]) == (0, "6 run, 0 skipped, 10 output fences checked")


def test_each_choice_of_tabs_has_its_own(tmp_path: Path) -> None:
    tabs = "::: tab\n\n### A\n\n```python\na = 1\n```\n\n### B\n\n```python\na = 2\n```\n\n:::\n\n"
    write_lesson(tmp_path, {"episodes/one.md": tabs + _PAGE})
    code, output = spokeshave("snippets", tmp_path, "--service", f"{_SHELF}:start")
    assert (code, output.splitlines()[-1]) == (0, "5 run, 0 skipped, 5 output fences checked")


def test_nothing_of_the_service_is_told(tmp_path: Path) -> None:
    """Not in reports of failures either, nor in results, notebooks or what is promoted."""
    wrong = _PAGE.replace("8000/models'", "8000/other'").replace("ValueError: ", "KeyError: ")
    write_lesson(tmp_path, {"episodes/one.md": wrong})
    service, results = ["--service", f"{_SHELF}:start"], tmp_path / "results.json"
    code, output = spokeshave("snippets", tmp_path, *service, "--json", results)
    assert code == 1
    assert "+'visit 1 at 127.0.0.1:8000/models'" in output
    assert "+ValueError: http://127.0.0.1:8000 does not know your-key" in output
    block = json.loads(results.read_text())["pages"][0]["blocks"][2]
    assert block["traceback"].endswith("http://127.0.0.1:8000 does not know your-key\n")
    code, output = spokeshave("snippets", tmp_path, *service, "--promote", "--force")
    assert (code, (tmp_path / "episodes/one.md").read_text()) == (0, _PAGE)
    assert spokeshave("notebooks", tmp_path, *service)[0] == 0
    text = (tmp_path / "episodes/files/one.ipynb").read_text()
    assert "visit 2 at 127.0.0.1:8000/models" in text
    assert spokeshave("notebooks", tmp_path, *service, "--check")[0] == 0


def test_with_pytest(tmp_path: Path) -> None:
    """The module may be one of the lesson."""
    write_lesson(tmp_path, _LESSON)
    (tmp_path / "shelf.py").write_bytes((REPOSITORY / "tests/spokeshave/snippets/shelf.py").read_bytes())
    good, broken = (
        _pytest(tmp_path, "shelf:start"),
        _pytest(tmp_path, "shelf:broken", "--spokeshave-notebooks"),
    )
    assert good.returncode == 0
    assert "spokeshave: 6 run, 0 skipped, 10 output fences checked\n" in good.stdout
    assert broken.returncode == 1
    for test in ("1", "notebook"):
        message = "shelf:broken: the service did not start (OSError:"
        assert f"FAILED episodes/one.md:{test} - Failed: {message}" in broken.stdout
    assert "Traceback" not in broken.stdout
    assert "pytest_plugin.py" not in broken.stdout


def _pytest(folder: Path, service: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", *PLUGIN, "-p", "no:cacheprovider", "--spokeshave", "."]
    command += ["--spokeshave-service", service, *options]
    environment = {"COLUMNS": "200", "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("broken", "the service did not start (OSError: no port is free)."),
        ("broken_at_the_end", "the service did not end (OSError: it hangs)."),
        ("one_mapping", "the service did not start (TypeError: it gives no pair of mappings)."),
        (
            "missing",
            "this is no service (module 'tests.spokeshave.snippets.shelf' has no attribute 'missing').",
        ),
        ("__name__", "this is no service (it cannot be called)."),
    ],
)
def test_services_that_are_none(name: str, message: str, tmp_path: Path) -> None:
    write_lesson(tmp_path, {"episodes/one.md": "```python\n1\n```\n"})
    code, output = spokeshave("snippets", tmp_path, "--service", f"{_SHELF}:{name}")
    assert code == 1
    assert output.startswith(f"error: {_SHELF}:{name}: {message}")
    if "no service" in message:
        assert output == f"error: {_SHELF}:{name}: {message} {_NAME_ONE}\n"


def test_a_module_of_the_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes before others of its name; its folder is named once."""
    monkeypatch.setattr(sys, "path", sys.path.copy())
    (tmp_path / "made_for_this_test.py").write_text("def start(folder): ...\n")
    for _ in range(2):
        assert load_service("made_for_this_test:start", tmp_path).start.__module__ == "made_for_this_test"
        assert sys.path.index(str(tmp_path)) == 0
        assert sys.path.count(str(tmp_path)) == 1
