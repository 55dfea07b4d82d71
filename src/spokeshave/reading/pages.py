"""Which Markdown files are pages, in which order; and one page from one file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from spokeshave.lesson import Folder, Page
from spokeshave.reading.names import is_usable
from spokeshave.reading.report import Report
from spokeshave.reading.text import is_file, read_text
from spokeshave.reading.yaml_text import Value, read_yaml

MARKDOWN = frozenset({".md"})
R_MARKDOWN = frozenset({".rmd"})
BUILD_WITH_R = "Build this lesson with the Workbench in R, or turn the file into Markdown (.md)"
_MINUTES = re.compile(r"\d{1,6}$")
_KEY = re.compile(r"\w+:(?: |$)")
_ENDS = ("---", "...")
NEVER_PAGES = frozenset({"README", "CONTRIBUTING"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A page's front matter, and how many lines of the file it takes."""

    values: Value
    lines: int


def list_pages(root: Path, folder: Folder, config: Value, config_path: str, report: Report) -> list[str]:
    """The Markdown files of `folder` that are pages: those listed in `config`, else all by name.

    A listed file that is missing is an error; an R Markdown file is left out with a warning.
    """
    listed = config.get(folder).texts
    if config.get(folder).kind == "mapping":
        report.error(
            config_path, config.get(folder).line, f"`{folder}` is no list of files", "Write `- 01-first.md`"
        )
    if not listed:
        names = sorted(
            entry.name
            for entry in visible_files(root / folder, root, report)
            if entry.suffix.lower() in MARKDOWN | R_MARKDOWN and entry.stem not in NEVER_PAGES
        )
        return [f"{folder}/{name}" for name in names if not _is_r(f"{folder}/{name}", 0, report)]
    paths: list[str] = []
    for item in listed:
        path = f"{folder}/{item.text}"
        if item.kind != "scalar" or not item.text:
            report.error(config_path, item.line, "this is no name of a file", "Write `- 01-first.md`")
        elif "/" in item.text or not is_file(root / path):
            report.error(
                config_path,
                item.line,
                f"`{item.text}` is listed but there is no file {path}",
                "Add the file, or remove it from the list",
            )
        elif path in paths:
            report.error(config_path, item.line, f"`{item.text}` is listed twice", "Remove one of the two")
        elif not _is_r(path, item.line, report):
            paths.append(path)
    return paths


def visible_files(folder: Path, root: Path, report: Report) -> list[Path]:
    """The files directly in `folder`, which need not exist, without hidden ones.

    Those with names that nothing can be made of are told to `report`, with their paths in the lesson `root`.
    """
    if not folder.is_dir():
        return []
    found = [entry for entry in folder.iterdir() if is_file(entry) and not entry.name.startswith(".")]
    return [entry for entry in found if is_usable(entry.relative_to(root).as_posix(), report)]


def _is_r(path: str, line: int, report: Report) -> bool:
    """Whether `path` is R Markdown, which cannot be built without R."""
    if PurePosixPath(path).suffix.lower() not in R_MARKDOWN:
        return False
    report.warning(
        path,
        0,
        "this is R Markdown, which spokeshave cannot run; the page is left out",
        BUILD_WITH_R,
    )
    return True


def read_page(root: Path, path: str, report: Report) -> Page:
    """One page from its file."""
    text = read_text(root, path, report)
    front = read_front_matter(text, path, report)
    values = front.values
    parts = PurePosixPath(path).parts
    folder = (
        parts[0] if len(parts) > 1 and parts[0] in ("episodes", "learners", "instructors", "profiles") else ""
    )
    if not "".join(text.split("\n")[front.lines :]).strip():
        report.warning(path, 0, "the page has no content", "Write something below its front matter")
    return Page(
        path=path,
        folder=folder,  # type: ignore[arg-type]  # one of the literals, as the line above says
        slug=PurePosixPath(path).stem,
        title=" ".join(values.get("title").text.split()),
        text=text,
        first_line=front.lines,
        teaching=_minutes(values.get("teaching")),
        exercises=_minutes(values.get("exercises")),
        pause=_minutes(values.get("break")) or 0,
    )


def read_front_matter(text: str, path: str, report: Report) -> FrontMatter:
    """The YAML between the `---` lines at the top of a page. A page without any has no title.

    Blank lines above are no hindrance, to pandoc and to the Workbench; then, a key stands below the `---`.
    """
    nothing = FrontMatter(Value(1, kind="mapping"), 0)
    start = len(text) - len(text.lstrip(" \t\n"))
    if not text.startswith("---", start):
        return nothing
    lines = text.split("\n")
    first = text.count("\n", 0, start)
    if lines[first].rstrip() != "---" or (first and not _KEY.match("".join(lines[first + 1 : first + 2]))):
        return nothing
    end = next((n for n, line in enumerate(lines[first + 1 :], first + 1) if line.rstrip() in _ENDS), None)
    if end is None:
        report.warning(
            path, first + 1, "the front matter that begins here has no end", "Add a line `---` below it"
        )
        return nothing
    values = read_yaml("\n".join(lines[first + 1 : end]), path, report, first_line=first + 1)
    return FrontMatter(values, end + 1)


def _minutes(value: Value) -> int | None:
    text = value.text.strip()
    return int(text) if _MINUTES.match(text) else None
