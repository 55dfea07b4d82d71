"""What a program can see of a lesson, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from spokeshave.checks.gathered import GatheredLesson, GatheredPage
from spokeshave.checks.run import CheckResult
from spokeshave.checks.wording import is_english
from spokeshave.reading.text import read_if_there

_OPEN_LICENSE = re.compile(
    r"CC[- ]?BY(?![- ](?:NC|ND))|CC[- ]?0|creativecommons\.org/(?:licenses/by/|publicdomain/zero)"
)
_CONDUCT_PAGE = "CODE_OF_CONDUCT.md"
_CONDUCT = re.compile(r"https?://docs\.carpentries\.org/.*(?:code-of-conduct|coc)", re.IGNORECASE)
_MAINTAINERS = re.compile(
    r"^#+\s.*\bmaintainers?\b|^[^\w\n]*maintainers?\b.*:|\bmaintained by\b", re.IGNORECASE | re.MULTILINE
)
_PLACES_OF_MAINTAINERS = (
    "README.md",
    "CONTRIBUTING.md",
    "MAINTAINERS.md",
    "AUTHORS.md",
    "AUTHORS",
    "index.md",
)
_DATA = frozenset(
    {".csv", ".tsv", ".json", ".xlsx", ".txt", ".zip", ".h5", ".nc", ".parquet", ".dat", ".tif"}
)
_PREREQUISITES = re.compile(
    r"prerequisite|should know|before you start|required (?:skill|knowledge)", re.IGNORECASE
)


@dataclass(frozen=True)
class Evidence:
    """A lesson with all that was found in it. Every method says what it found as Markdown."""

    gathered: GatheredLesson
    result: CheckResult

    @property
    def is_english(self) -> bool:
        return is_english(self.gathered.lesson.settings.language)

    def found(self, *rules: str) -> tuple[str, ...]:
        """The findings of these rules."""
        return tuple(
            f"`{found.place}`: {found.message}" for found in self.result.findings if found.rule in rules
        )

    def allowed(self, *rules: str) -> tuple[str, ...]:
        """What these rules found and a comment allows."""
        return tuple(
            f"`{one.finding.place}`: {one.finding.message}; the authors say: {one.reason}"
            for one in self.result.allowed
            if one.finding.rule in rules
        )

    def images(self) -> tuple[str, ...]:
        """How many images have a text beside them, and where the first one is."""
        images = [
            (page.page.path, address)
            for page in self.gathered.pages
            for address in page.addresses
            if address.is_image
        ]
        if not images:
            return ("the lesson has no images",)
        empty = sum(address.alt == "" for _, address in images)
        path, first = images[0]
        return (
            f"{len(images)} images, {empty} of them marked as decoration; the first: `{path}:{first.line}`",
        )

    def headings(self) -> tuple[str, ...]:
        count = sum(len(page.headings) for page in self.gathered.pages)
        return (f"{count} headings on {len(self.gathered.pages)} pages",)

    def divs(self, *kinds: str) -> tuple[str, ...]:
        """How many divs of these kinds each episode has, and where."""
        return tuple(
            f"{len(lines)}: `{page.page.path}:{lines[0]}`" + "".join(f", `:{line}`" for line in lines[1:])
            for page in self._episodes
            if (lines := [line for kind, line in page.divs if kind in kinds])
        )

    def minutes(self) -> tuple[str, ...]:
        """The minutes of each episode."""
        return tuple(
            f"`{page.page.path}:1`: {page.page.teaching} for teaching, {page.page.exercises} for exercises"
            for page in self._episodes
        )

    def first(self, kind: str, *paths: str) -> tuple[str, ...]:
        """The first div of a kind on each of the pages, of all pages if none is named."""
        return tuple(
            f"`{page.page.path}:{line}`: `{kind}`"
            for page in self.gathered.pages
            if not paths or page.page.path in paths
            for line in [line for div, line in page.divs if div == kind][:1]
        )

    def headings_about(self, words: re.Pattern[str], *paths: str) -> tuple[str, ...]:
        """Headings of the named pages with one of these words."""
        return tuple(
            f"`{page.page.path}:{heading.line}`: “{heading.text}”"
            for page in self.gathered.pages
            if page.page.path in paths
            for heading in page.headings
            if words.search(heading.text)
        )

    def profiles(self) -> tuple[str, ...]:
        return tuple(f"`{page.path}:1`" for page in self.gathered.lesson.profiles if page.text.strip())

    def data(self) -> tuple[str, ...]:
        """Files that look like data sets."""
        lesson = self.gathered.lesson
        return tuple(
            f"`{asset.source.relative_to(lesson.root).as_posix()}`"
            for asset in lesson.assets
            if "data" in PurePosixPath(asset.target).parts[:-1]
            and asset.source.suffix.lower() in _DATA
            and asset.source.stem.upper() != "README"
        )

    def license(self) -> tuple[str, ...]:
        """Where CC-BY or CC0 is named."""
        return self._lines(_OPEN_LICENSE, "LICENSE.md", "config.yaml", "config.yml")

    def code_of_conduct(self) -> tuple[str, ...]:
        """Where the lesson links to the code of conduct of The Carpentries."""
        page = self.gathered.by_path.get(_CONDUCT_PAGE)
        return tuple(
            f"`{_CONDUCT_PAGE}:{address.line}`: {address.target}"
            for address in (page.addresses if page else ())
            if _CONDUCT.match(address.target)
        )

    def maintainers(self) -> tuple[str, ...]:
        return self._lines(_MAINTAINERS, *_PLACES_OF_MAINTAINERS)

    def prerequisites(self) -> tuple[str, ...]:
        """Boxes and headings that say what learners must know."""
        home = self.gathered.lesson.home.path
        return self.first("prereq", home, "learners/setup.md") or self.headings_about(_PREREQUISITES, home)

    def setup(self) -> tuple[str, ...]:
        page = self.gathered.lesson.setup
        words = len("".join(page.text.split("\n")[page.first_line :]).split()) if page else 0
        return (f"`{page.path}:1`",) if page and words else ()

    def glossary(self) -> tuple[str, ...]:
        """The lesson's own glossary, or that it uses Glosario."""
        own = [(page.page.path, term) for page in self.gathered.pages for term in page.terms]
        if own:
            path, first = own[0]
            return (f"{len(own)} terms, from `{path}:{first.line}` on",)
        return ("Glosario, by `config.yaml`",) if self.gathered.lesson.settings.glosario else ()

    def pages(self) -> tuple[str, ...]:
        return (f"{len(self.gathered.pages)} pages",)

    @cached_property
    def _episodes(self) -> tuple[GatheredPage, ...]:
        return tuple(self.gathered.by_path[page.path] for page in self.gathered.lesson.episodes)

    def _lines(self, wanted: re.Pattern[str], *paths: str) -> tuple[str, ...]:
        """The first line of each file that has one of the `wanted` words."""
        found = []
        for path in paths:
            text = read_if_there(self.gathered.lesson.root, path)
            match = wanted.search(text)
            if match:
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"`{path}:{line}`: {' '.join(match[0].split())}")
        return tuple(found)
