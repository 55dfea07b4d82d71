"""The libraries that the pages' code needs, without versions: what `pip install` then takes is the newest.

python -m tests.workflows.newest > FILE
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def libraries(project: Path) -> list[str]:
    """The names in the extra `lesson` and the group `torch` of a `pyproject.toml`."""
    read = tomllib.loads(project.read_text(encoding="utf-8"))
    named = [*read["project"]["optional-dependencies"]["lesson"], *read["dependency-groups"]["torch"]]
    return [found[0] for requirement in named if (found := _NAME.match(requirement))]


if __name__ == "__main__":
    print("\n".join(libraries(Path("pyproject.toml"))))
