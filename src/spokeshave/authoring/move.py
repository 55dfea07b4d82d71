"""A page put elsewhere in the order of its list."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from spokeshave.authoring.changes import write_changes
from spokeshave.authoring.names import find_page
from spokeshave.authoring.page_list import read_page_list
from spokeshave.problems import LessonError, Problem
from spokeshave.reader import read_lesson


def move(root: Path, page: str, position: int) -> list[str]:
    """Put `page` at `position` of its list, counted from one. Returns the new order.

    Raises `LessonError` if the page is in no list or the list has no such position.
    """
    found = find_page(read_lesson(root).lesson, page)
    listed = read_page_list(root, found.folder)
    name = PurePosixPath(found.path).name
    if not found.folder or name not in listed.names:
        where = f"the list `{found.folder}:`" if found.folder else "a list"
        raise LessonError(
            Problem(listed.path, 0, f"{found.path} is not in {where}", "Add the list, with one file a line")
        )
    if not 1 <= position <= len(listed.names):
        raise LessonError(
            Problem(
                listed.path,
                listed.line_of(name),
                f"there is no position {position} in the list of {found.folder}",
                f"Give a number from 1 to {len(listed.names)}",
            )
        )
    change = listed.moved(name, position)
    write_changes(root, [change])
    return read_page_list(root, found.folder).names
