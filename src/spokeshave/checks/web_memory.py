"""Which addresses of the web existed when they were last asked for, so that they need not be asked every time."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from spokeshave.site_folder import in_site
from spokeshave.whole_file import write_whole

_NAME = "links.json"
FILE = f"site/{_NAME}"
"""In the lesson, beside what is built: git ignores it."""
_DAYS = 7


@dataclass(slots=True)
class WebMemory:
    """Days on which addresses existed. Those that did not are not remembered: they are asked for again."""

    path: Path
    today: date
    seen: dict[str, str] = field(default_factory=dict)

    def knows(self, address: str) -> bool:
        """Whether `address` existed within the last seven days."""
        try:
            day = date.fromisoformat(self.seen.get(address, ""))
        except ValueError:
            return False
        return timedelta() <= self.today - day < timedelta(days=_DAYS)

    def add(self, address: str) -> None:
        self.seen[address] = self.today.isoformat()

    def write(self) -> None:
        """Keep what is still of use. Where that is not possible, all is asked for again next time."""
        kept = {address: self.seen[address] for address in sorted(self.seen) if self.knows(address)}
        try:
            self.path.parent.mkdir(exist_ok=True)
            write_whole(self.path, (json.dumps(kept, indent=0) + "\n").encode())
        except OSError:
            return


def read_memory(root: Path, today: date) -> WebMemory:
    """The memory of the lesson in `root`; an empty one if there is none, or none that can be read.

    Raises `LessonError` if its place is a link, or in one.
    """
    path = in_site(root, _NAME)
    try:
        known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError, RecursionError):
        known = {}
    seen = {str(key): str(value) for key, value in known.items()} if isinstance(known, dict) else {}
    return WebMemory(path, today, seen)
