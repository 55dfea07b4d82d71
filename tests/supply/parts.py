"""The list of all parts (SBOM) of what users of the wheel get, in the format CycloneDX: site/sbom.json.

python -m tests.supply.parts [FILE]

The parts are those of requirements/site.txt. The same lock gives the same bytes: the list names no time, no random
number, and no machine or host.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.supply.licenses import known
from tests.supply.locks import ROOT, locked

SCHEMA = "1.6"
"""The version of CycloneDX."""


def made() -> dict[str, Any]:
    """What cyclonedx-py makes of the lock and of pyproject.toml."""
    command = [str(Path(sys.executable).parent / "cyclonedx-py"), "requirements", "--output-reproducible"]
    command += ["--pyproject", "pyproject.toml", "--mc-type", "library", "--spec-version", SCHEMA]
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    environment["PYTHONWARNINGS"] = "ignore"  # a lock does not say what depends on what
    done = subprocess.run(
        [*command, "requirements/site.txt"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"error: requirements/site.txt: cyclonedx-py failed: {done.stderr.strip()}")
    parts: dict[str, Any] = json.loads(done.stdout)
    return parts


def cleaned(parts: dict[str, Any], licenses: dict[str, str]) -> dict[str, Any]:
    """The same list, with licenses, and with names in place of addresses of a registry and lines of a file."""
    tools = [
        {key: value for key, value in tool.items() if key != "externalReferences"}
        for tool in parts["metadata"]["tools"]["components"]
    ]
    return {
        **parts,
        "components": [_component(part, licenses) for part in parts["components"]],
        "metadata": {**parts["metadata"], "tools": {"components": tools}},
    }


def _component(part: dict[str, Any], licenses: dict[str, str]) -> dict[str, Any]:
    """Its hashes stay: those of all files that pip may take, each from the lock."""
    hashes = [found for place in part.get("externalReferences", ()) for found in place.get("hashes", ())]
    place = {"type": "distribution", "url": part["purl"], "hashes": hashes}
    kept = {key: value for key, value in part.items() if key not in ("description", "externalReferences")}
    license_choice = [{"expression": licenses[part["name"]]}]
    return {**kept, "licenses": license_choice, "externalReferences": [place]}


def validate(text: str) -> None:
    """Hold the list against CycloneDX's schema, which comes with the library. Raises `SystemExit`."""
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415 - of the group `trust`; tests do without
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    wrong = JsonStrictValidator(SchemaVersion.from_version(SCHEMA)).validate_str(text)
    if wrong:
        raise SystemExit(f"error: the list of parts is not as CycloneDX {SCHEMA} has it: {wrong}")


def main(target: Path) -> None:
    text = json.dumps(cleaned(made(), known().licenses), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    validate(text)
    if missing := {entry.name for entry in locked("site")} - {
        part["name"] for part in json.loads(text)["components"]
    }:
        raise SystemExit(f"error: {target}: these are missing: {', '.join(sorted(missing))}.")
    target.write_text(text, encoding="utf-8")
    print(f"{target}: {len(json.loads(text)['components'])} parts, valid CycloneDX {SCHEMA}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("site/sbom.json"))
