"""Writes down what a Hub's answers look like, and compares two such records: ours, and the real Hub's.

Only keys and types are kept, never values. The record: route → status → headers and body.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from practice_hub.api import ROUTES
from practice_hub.routing import match

HEADERS = """accept-ranges content-range etag link location x-error-code x-error-message x-linked-etag x-linked-size
    x-repo-commit x-xet-hash""".split()


def shape(value: Any) -> Any:
    """Keys and types: {"a": [1, 2]} becomes {"a": ["int"]}."""
    if isinstance(value, dict):
        return {_key(key): shape(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        shapes = [shape(item) for item in value]
        merged: Any = []
        for item in shapes:
            merged = merge(merged, [item]) if merged else [item]
        return merged
    return "null" if value is None else type(value).__name__


def _key(key: str) -> str:
    return re.sub(r"\b[0-9a-f]{40,64}\b", "{hash}", key)


def merge(one: Any, other: Any) -> Any:
    """A shape that fits both."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted(one.keys() | other.keys())
        return {
            key: merge(one[key], other[key]) if key in one and key in other else one.get(key, other.get(key))
            for key in keys
        }
    if isinstance(one, list) and isinstance(other, list) and one and other:
        return [merge(one[0], other[0])]
    if one == other or other in ("null", []):
        return one
    if one in ("null", []):
        return other
    return " or ".join(sorted({*str(one).split(" or "), *str(other).split(" or ")}))


@contextmanager
def record(target: Path) -> Iterator[None]:
    """Record the answers to all calls of the client that are made inside, and write them to a file at the end."""
    import huggingface_hub  # noqa: PLC0415
    from huggingface_hub.utils._http import default_client_factory  # noqa: PLC0415

    known: dict[str, Any] = {}

    def note(response: Any) -> None:
        path = response.request.url.raw_path.decode().partition("?")[0]
        found = match(ROUTES, response.request.method, path)
        if found is None or found[0].pattern.startswith("/_"):
            return
        entry: dict[str, Any] = {"headers": {name: "str" for name in HEADERS if name in response.headers}}
        if (
            response.headers.get("content-type", "").startswith("application/json")
            and response.request.method != "HEAD"
        ):
            response.read()
            entry["body"] = shape(response.json())
        place = known.setdefault(f"{response.request.method} {found[0].pattern}", {})
        status = str(response.status_code)
        place[status] = merge(place[status], entry) if status in place else entry

    def factory() -> Any:
        client = default_client_factory()
        client.event_hooks["response"].append(note)
        return client

    huggingface_hub.set_client_factory(factory)
    try:
        yield
    finally:
        huggingface_hub.set_client_factory(default_client_factory)
        target.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def differences(ours: Any, live: Any, where: str = "") -> Iterator[str]:
    """What the real Hub's record has and ours has not, or has otherwise. What ours has beyond that is no matter."""
    if isinstance(live, dict) and isinstance(ours, dict):
        for key, value in live.items():
            if key in ours:
                yield from differences(ours[key], value, f"{where} {key}")
            else:
                yield f"{where} {key}: only the real Hub has it: {json.dumps(value)}"
    elif isinstance(live, list) and isinstance(ours, list):
        if live and ours:
            yield from differences(ours[0], live[0], f"{where} []")
    elif ours != live and "null" not in (ours, live):
        yield f"{where}: ours is {json.dumps(ours)}, the real Hub's {json.dumps(live)}"


if __name__ == "__main__":
    records = [json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3]]
    found = list(differences(records[0], records[1]))
    print("\n".join(found) or "No differences.")
    sys.exit(bool(found))
