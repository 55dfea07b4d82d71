"""Glosario definitions from a file of the lesson. Nothing is fetched."""

from __future__ import annotations

from pathlib import Path

from spokeshave.lesson import Settings
from spokeshave.reading.report import Report
from spokeshave.reading.text import is_file, is_inside, read_text
from spokeshave.reading.yaml_text import Value, read_value

_NAMES = ("glosario.yaml", "glosario.yml", "glossary.yaml", "glossary.yml")


def read_glossary(root: Path, settings: Settings, config_path: str, report: Report) -> dict[str, str]:
    """Definitions by slug, in the lesson's language or else in English.

    The file is the one that `glosario:` names, else `glosario.yaml` or `glossary.yml` in the
    lesson's root; its form is that of the Glosario project.
    """
    if not settings.glosario:
        return {}
    names = (settings.glosario, *_NAMES)
    path = next((name for name in names if is_file(root / name) and is_inside(root, root / name)), None)
    if path is None:
        report.warning(
            config_path,
            0,
            "`glosario` is set, but the lesson holds no file of definitions",
            "Save the Glosario project's glossary.yml in the lesson's root",
        )
        return {}
    errors = len(report.errors)
    entries = read_value(read_text(root, path, report), path, report)
    if entries is None or len(report.errors) > errors:
        return {}
    if entries.kind != "list" or not all(entry.get("slug").text for entry in entries.items):
        line = next((entry.line for entry in entries.items if not entry.get("slug").text), 0)
        fix = "It must be a list of entries with `slug` and languages"
        report.error(path, line, "this is no Glosario file", fix)
        return {}
    return dict(_definition(entry, settings.language) for entry in entries.items)


def _definition(entry: Value, language: str) -> tuple[str, str]:
    meaning = entry.get(language)
    if meaning.kind == "scalar" and not meaning.text:
        meaning = entry.get("en")
    return entry.get("slug").text, " ".join(meaning.get("def").text.split())
