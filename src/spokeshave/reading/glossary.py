"""Glosario definitions from a file of the lesson. Nothing is fetched."""

from __future__ import annotations

from pathlib import Path

import yaml

from spokeshave.lesson import Settings
from spokeshave.reading.report import Report
from spokeshave.reading.text import read_text

_NAMES = ("glosario.yaml", "glosario.yml", "glossary.yaml", "glossary.yml")


def read_glossary(root: Path, settings: Settings, config_path: str, report: Report) -> dict[str, str]:
    """Definitions by slug, in the lesson's language or else in English.

    The file is the one that `glosario:` names, else `glosario.yaml` or `glossary.yml` in the
    lesson's root; its form is that of the Glosario project.
    """
    if not settings.glosario:
        return {}
    path = next((name for name in (settings.glosario, *_NAMES) if (root / name).is_file()), None)
    if path is None:
        report.warning(
            config_path,
            0,
            "`glosario` is set, but the lesson holds no file of definitions",
            "Save the Glosario project's glossary.yml in the lesson's root",
        )
        return {}
    try:
        entries = yaml.safe_load(read_text(root, path, report)) or []
        return dict(_definitions(entries, settings.language))
    except (yaml.YAMLError, TypeError, AttributeError, KeyError):
        report.error(
            path, 0, "this is no Glosario file", "It must be a list of entries with `slug` and languages"
        )
        return {}


def _definitions(entries: list[dict[str, object]], language: str) -> list[tuple[str, str]]:
    found = []
    for entry in entries:
        meaning = entry.get(language) or entry.get("en")
        definition = meaning.get("def", "") if isinstance(meaning, dict) else ""
        found.append((str(entry["slug"]), " ".join(str(definition).split())))
    return found
