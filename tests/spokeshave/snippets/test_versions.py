"""The versions of what a page's code imports: of what is installed and was loaded, by the name for installing."""

from __future__ import annotations

import platform
from importlib.metadata import version

import click  # noqa: F401
import PIL  # noqa: F401
import yaml  # noqa: F401

from spokeshave.snippets.versions import find_versions


def test_versions() -> None:
    codes = [
        "import pytest.mark, os, click\nfrom PIL import Image",
        "this is no Python",
        "def f():\n    from yaml.nodes import Node\n    import tests.spokeshave",
        "from . import jinja2\nimport json, not_loaded_by_anybody",
    ]
    assert find_versions(codes) == {
        "Python": platform.python_version(),
        "click": version("click"),
        "pytest": version("pytest"),
        "pillow": version("pillow"),
        "PyYAML": version("pyyaml"),
    }
    assert list(find_versions(codes)) == ["Python", "pillow", "click", "pytest", "PyYAML"]
    assert find_versions([]) == {"Python": platform.python_version()}
