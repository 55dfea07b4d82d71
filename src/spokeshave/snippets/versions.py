"""Which libraries lesson code imported, in which versions."""

from __future__ import annotations

import ast
import platform
import sys
from collections.abc import Iterable
from importlib import metadata


def find_versions(codes: Iterable[str]) -> dict[str, str]:
    """Python's version, and those of the libraries that `codes` name and that are loaded."""
    found = {"Python": platform.python_version()}
    for module in sorted(_imported(codes)):
        name = _distribution(module)
        if name:
            found[name] = metadata.version(name)
    return found


def _imported(codes: Iterable[str]) -> set[str]:
    names: set[str] = set()
    for code in codes:
        try:
            tree = ast.parse(code)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return {name for name in names if name in sys.modules} - sys.stdlib_module_names


def _distribution(module: str) -> str:
    """The package, as it is named for installing, that holds `module`; empty if none does."""
    try:
        return metadata.metadata(module)["Name"]
    except metadata.PackageNotFoundError:
        return next(iter(metadata.packages_distributions().get(module, ())), "")
