"""Links from an episode to its notebook, where the lesson has one."""

from __future__ import annotations

import re

from spokeshave.lesson import Lesson, Page

_GITHUB = re.compile(r"https://github\.com/([^/]+)/([^/]+?)(?:\.git)?/?$")


def notebook_target(page: Page) -> str:
    """Where the notebook of an episode is in the site."""
    return f"files/{page.slug}.ipynb"


def has_notebook(lesson: Lesson, page: Page) -> bool:
    """Whether the lesson has the notebook of this page."""
    target = notebook_target(page)
    return page.folder == "episodes" and any(asset.target == target for asset in lesson.assets)


def has_notebooks(lesson: Lesson) -> bool:
    """Whether the lesson has a notebook of any episode."""
    return any(has_notebook(lesson, page) for page in lesson.episodes)


def colab_address(lesson: Lesson, page: Page) -> str:
    """Where Colab opens the notebook; empty where the sources are not on GitHub.

    Source: https://colab.research.google.com/github/googlecolab/colabtools/blob/main/notebooks/colab-github-demo.ipynb
    """
    repository = _GITHUB.match(lesson.settings.source)
    if repository is None:
        return ""
    place = f"{repository[1]}/{repository[2]}/blob/{lesson.settings.branch}"
    return f"https://colab.research.google.com/github/{place}/episodes/{notebook_target(page)}"
