"""`config.yaml` to settings."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from spokeshave.lesson import OtherLanguage, Settings
from spokeshave.reading.report import Report
from spokeshave.reading.text import read_text
from spokeshave.reading.yaml_text import Value, read_yaml
from spokeshave.theme import LANGUAGES

DESCRIPTIONS = {
    "swc": "Software Carpentry",
    "dc": "Data Carpentry",
    "lc": "Library Carpentry",
    "cp": "The Carpentries",
    "incubator": "Carpentries Incubator",
    "lab": "Carpentries Lab",
}
"""What the Workbench's values of `carpentry` stand for. Any other word stands for itself."""

_STAGES = ("pre-alpha", "alpha", "beta", "stable")
_REPOSITORY = re.compile(r"https?://[^/]+/(?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?$")


def find_config(root: Path, report: Report) -> str:
    """The name of the lesson's configuration file; stops if there is none, or two."""
    found = [name for name in ("config.yaml", "config.yml") if (root / name).is_file()]
    if not found:
        report.error(
            "config.yaml", 0, "the lesson has no config.yaml", "Run this in a lesson's folder, or make one"
        )
    if len(found) > 1:
        report.error("config.yml", 0, "the lesson has both config.yaml and config.yml", "Remove one of them")
    report.stop_on_errors()
    return found[0]


def read_config(root: Path, name: str, report: Report) -> Value:
    """The whole of `config.yaml`, with lines; stops if it is not valid YAML."""
    config = read_yaml(read_text(root, name, report), name, report)
    report.stop_on_errors()
    return config


def read_settings(config: Value, path: str, report: Report) -> Settings:
    """The settings of `config`, checked, with defaults filled in."""

    def text(key: str, default: str = "") -> str:
        return _text(config.get(key), key, path, report) or default

    source = text("source").rstrip("/")
    carpentry = text("carpentry", "cp")
    languages = _languages(config.get("languages"), path, report)
    settings = Settings(
        title=text("title"),
        source=source,
        url=_base_address(text("url"), source),
        carpentry=carpentry,
        carpentry_description=text("carpentry_description", DESCRIPTIONS.get(carpentry, carpentry)),
        created=_date(config.get("created"), path, report),
        keywords=text("keywords", "software,data,lesson,The Carpentries"),
        description=text("desc"),
        life_cycle=_stage(config.get("life_cycle"), path, report),
        doi=text("doi"),
        license=text("license", "CC-BY 4.0"),
        license_url=text("license_url", "LICENSE.html"),
        branch=text("branch", "main"),
        contact=text("contact"),
        language=_language(config.get("lang"), path, report),
        language_was_set="lang" in config.entries,
        languages_default=languages.get("default").text,
        languages=tuple(
            OtherLanguage(other.get("lang").text, other.get("url").text)
            for other in languages.get("other").items
        ),
        overview=config.get("overview").is_true,
        number_sidebar=not config.get("disable_sidebar_numbering").is_true,
        handout=_handout(text("handout")),
        analytics=text("analytics"),
        copy=text("copy", "true").lower() not in ("false", "no", "off", "0"),
        glosario=text("glosario") if text("glosario").lower() not in ("false", "no") else "",
    )
    if not settings.title:
        report.error(path, config.get("title").line, "the lesson has no title", "Add a line `title: '…'`")
    if not source and not settings.url:
        line = config.get("source").line
        report.error(path, line, "neither `source` nor `url` is given", "Add a line `source: 'https://…'`")
    return settings


def _text(value: Value, key: str, path: str, report: Report) -> str:
    """The one text that `value` must be; of anything else, `report` is told."""
    if value.kind != "scalar" and key != "title":  # without a title there is an error anyway
        message = f"`{key}` is a {value.kind}, where one text is expected, so it is left out"
        report.warning(path, value.line, message, f"Write `{key}: '…'`")
    return value.text.strip()


def _languages(value: Value, path: str, report: Report) -> Value:
    """The key `languages`; if it is no mapping, `report` is told."""
    if value.kind == "list" or value.text:
        fix = "Write `default:` and `other:` below it"
        report.warning(path, value.line, "`languages` names no languages as it stands", fix)
    return value


def _base_address(url: str, source: str) -> str:
    """Where the site will be, with a slash at the end: as given, else at GitHub Pages."""
    if url:
        return url.rstrip("/") + "/"
    repository = _REPOSITORY.match(source)
    return f"https://{repository['owner']}.github.io/{repository['name']}/" if repository else ""


def _date(value: Value, path: str, report: Report) -> date | None:
    if not value.text:
        return None
    try:
        return date.fromisoformat(value.text.strip()[:10])
    except ValueError:
        report.warning(
            path, value.line, f"`{value.text}` is no date", "Write it as 2026-01-31, or leave it empty"
        )
        return None


def _stage(value: Value, path: str, report: Report) -> str:
    if value.text and value.text not in _STAGES:
        report.warning(
            path, value.line, f"`{value.text}` is no life-cycle stage", f"Use one of {', '.join(_STAGES)}"
        )
        return ""
    return value.text


def _language(value: Value, path: str, report: Report) -> str:
    language = value.text or "en"
    if language.replace("_", "-").split("-")[0].lower() not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        report.warning(
            path,
            value.line,
            f"the language `{language}` has no translation of the menus, so they are in English",
            f"Known languages are {known}",
        )
    return language


def _handout(text: str) -> str:
    """The handout's address; `true` means the place where the Workbench puts it."""
    if text.lower() in ("", "false", "no"):
        return ""
    return "files/code-handout.R" if text.lower() in ("true", "yes") else text
