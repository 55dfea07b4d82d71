"""Every check, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spokeshave.checks.code import check_code, check_fences
from spokeshave.checks.divs import check_divs
from spokeshave.checks.episodes import check_episode, check_solutions
from spokeshave.checks.finding import Finding
from spokeshave.checks.form import check_form, check_reading
from spokeshave.checks.gathered import GatheredLesson
from spokeshave.checks.glossary import check_terms
from spokeshave.checks.headings import check_headings
from spokeshave.checks.images import check_alternatives, check_image_files
from spokeshave.checks.leftovers import check_markers, check_other_tools, check_secrets
from spokeshave.checks.links import check_links
from spokeshave.checks.page import CheckedPage
from spokeshave.checks.stretches import check_stretches
from spokeshave.checks.targets import check_targets
from spokeshave.checks.wording import check_wording

PAGE_CHECKS: tuple[Callable[[CheckedPage], Iterator[Finding]], ...] = (
    check_form,
    check_divs,
    check_links,
    check_alternatives,
    check_headings,
    check_episode,
    check_solutions,
    check_stretches,
    check_wording,
    check_code,
    check_fences,
    check_markers,
    check_other_tools,
)
"""What can be said of a page by itself."""

LESSON_CHECKS: tuple[Callable[[GatheredLesson], Iterator[Finding]], ...] = (
    check_reading,
    check_targets,
    check_image_files,
    check_terms,
    check_secrets,
)
"""What needs all pages, or the lesson's files."""
