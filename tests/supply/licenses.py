"""The licenses of all distributions that the locks name: each known, each together with ours.

python -m tests.supply.licenses

Prints one line for each license, its reason and its distributions. Exit code 1 if one is not known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import yaml

from tests.supply.locks import LOCKS, ROOT, locked

TABLE = Path(__file__).parent / "licenses.yaml"


@dataclass(frozen=True)
class Known:
    """What `licenses.yaml` says."""

    reasons: dict[str, str]
    """Why a license, as an expression of SPDX, goes together with ours."""
    licenses: dict[str, str]
    """The license of each distribution."""
    exceptions: dict[str, str]
    """The reasons that one distribution alone has."""
    spellings: dict[str, list[str]]
    read: dict[str, str]
    node: dict[str, str]
    node_read: dict[str, str]


def known(table: Path = TABLE) -> Known:
    """Read the table. Raises `ValueError` if it names a distribution twice."""
    read = yaml.safe_load(table.read_text(encoding="utf-8"))
    named = [
        (name, found) for found, entry in read["licenses"].items() for name in entry["distributions"].split()
    ]
    named += [(name, entry["license"]) for name, entry in read["exceptions"].items()]
    licenses = dict(named)
    if len(licenses) != len(named):
        raise ValueError(f"{table}: a distribution is named twice. Leave one of the two out.")
    reasons = {found: entry["allowed"] for found, entry in read["licenses"].items()}
    exceptions = {name: entry["reason"] for name, entry in read["exceptions"].items()}
    return Known(
        reasons, licenses, exceptions, read["spellings"], read["read"], read["node"], read["node_read"]
    )


def stated(fields: Mapping[str, Any]) -> list[str]:
    """What a distribution says its license is: an expression of SPDX, else the field and the classifiers.

    `fields` are its metadata as `PackageMetadata.json` gives them.
    """
    if "license_expression" in fields:
        return [fields["license_expression"]]
    field = fields.get("license", "").strip()
    short = [field] if field and "\n" not in field and field != "UNKNOWN" else []
    kinds = [text.partition(" :: ") for text in fields.get("classifier", ())]
    return short + [rest for kind, _, rest in kinds if kind == "License"]


def contradictions(name: str, says: list[str], table: Known) -> list[str]:
    """Messages about a distribution that is installed and says something else than the table."""
    if name in table.read:
        return []
    ours = table.licenses[name]
    others = [text for text in says if ours not in (text, *table.spellings.get(text, []))]
    if says and not others:
        return []
    heard = " and ".join(others) or "nothing"
    return [
        f"{name}: its metadata says {heard}, and licenses.yaml {ours}. Read its license, and correct the table."
    ]


def problems(table: Known) -> list[str]:
    """Messages about distributions without a license, licenses without a distribution, and contradictions."""
    names = {entry.name for lock in LOCKS for entry in locked(lock)}
    unknown = [
        f"{name}: licenses.yaml does not name it ({_installed(name)}). Read its license, and add it."
        for name in sorted(names - table.licenses.keys())
    ]
    gone = [
        f"{name}: no lock names it. Take it out of licenses.yaml."
        for name in sorted({*table.licenses, *table.read} - names)
    ]
    wrong = [
        message
        for name in sorted(names & table.licenses.keys())
        if (says := _says(name)) is not None
        for message in contradictions(name, says, table)
    ]
    return unknown + gone + wrong + _node_problems(table)


def _says(name: str) -> list[str] | None:
    """What the installed distribution says; nothing if it is not installed."""
    try:
        return stated(metadata(name).json)
    except PackageNotFoundError:
        return None


def _installed(name: str) -> str:
    says = _says(name)
    return "it is not installed here" if says is None else f"it says: {', '.join(says) or 'nothing'}"


def node_packages() -> dict[str, str]:
    """The packages of `tests/node/package-lock.json` with the licenses that it names; "" for none."""
    lock = json.loads((ROOT / "tests/node/package-lock.json").read_text(encoding="utf-8"))
    return {path: entry.get("license", "") for path, entry in lock["packages"].items() if path}


def _node_problems(table: Known) -> list[str]:
    return [
        f"tests/node: {path}: licenses.yaml does not know its license “{found}”. Read it, and add it."
        for path, found in node_packages().items()
        if (found or path.rpartition("node_modules/")[2]) not in (table.node if found else table.node_read)
    ]


def listed(table: Known) -> str:
    """The list for people: licenses, how many have each, why each is fine, which these are."""
    lines = []
    for found, reason in table.reasons.items():
        names = [
            name for name, other in table.licenses.items() if other == found and name not in table.exceptions
        ]
        lines += [f"{found}: {len(names)}. {reason}", f"    {' '.join(names)}"]
    lines += [f"{table.licenses[name]}: {name}. {reason}" for name, reason in table.exceptions.items()]
    packages = node_packages()
    for found in sorted(set(packages.values())):
        number = sum(1 for other in packages.values() if other == found)
        lines.append(
            f"npm, {found or 'not named'}: {number}. {table.node.get(found, 'Read: see licenses.yaml.')}"
        )
    return "\n".join(lines)


def main() -> None:
    table = known()
    found = problems(table)
    if found:
        raise SystemExit("\n".join(f"error: {message}" for message in found))
    seen = sum(1 for name in table.licenses if _says(name) is not None)
    print(listed(table))
    print(
        f"licenses: {len(table.licenses)} distributions, {len(node_packages())} packages of npm, all known;"
    )
    print(f"{seen} distributions are installed here, and their metadata agrees.")


if __name__ == "__main__":
    main()
