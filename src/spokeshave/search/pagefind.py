"""Pagefind, the program that makes the index: its service, which takes records and gives files.

Source: the messages that Pagefind's own Python package `pagefind` sends. Each is JSON in Base64 with a comma behind it.
That package is not used: it needs an event loop. Files are asked for, not written by the service, because that may
answer before they are complete on disk (seen with version 1.5.2).
"""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from typing import IO
from urllib.parse import urlencode

from spokeshave.search.record import Record
from spokeshave.search.scripts import searchable

_KEPT = ("fragment/", "index/", "pagefind-entry.json", "pagefind-worker.js", "pagefind.js")
_KEPT_ENDINGS = (".pf_meta", ".pagefind")


class PagefindError(Exception):
    """Pagefind is not installed, does not start, or does not answer as it should."""


def pagefind_version() -> str:
    """Raises `PagefindError` if it is not installed."""
    _program()
    return version("pagefind-bin")


def index_files(records: Iterable[Record], language: str) -> dict[str, bytes]:
    """The files of an index by path below Pagefind's folder, without the interfaces that it brings along.

    `language` decides how words are reduced to their stems. Raises `PagefindError`.
    """
    messages = list(_messages(records, language.replace("_", "-")))
    try:
        files = _ask(messages)["files"]
        made = {str(file["path"]): b64decode(file["content"]) for file in files}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PagefindError(f"Pagefind does not work here ({error})") from error
    return {path: content for path, content in sorted(made.items()) if _is_kept(path)}


def _program() -> Path:
    """The program that the package `pagefind-bin` holds."""
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415 - without it sites are built too
    except ImportError as error:
        raise PagefindError("Pagefind is not installed") from error
    try:
        program: Path = get_executable()
    except FileNotFoundError as error:
        raise PagefindError("Pagefind's package has no program for this machine") from error
    return program


def _messages(records: Iterable[Record], language: str) -> Iterator[dict[str, object]]:
    yield {"type": "NewIndex", "config": {"force_language": language, "keep_index_url": True}}
    for record in records:
        text = searchable(language, record.name, record.text)
        named = {"title": record.name, "kind": record.kind}
        yield {
            "type": "AddRecord",
            "index_id": 0,
            "url": _address(record),
            "content": text or record.name,  # what has no text is left out by Pagefind
            "language": language,
            "meta": {key: value for key, value in named.items() if value},
        }
    yield {"type": "GetFiles", "index_id": 0}


def _address(record: Record) -> str:
    """Where the place is, with what the window tells of it. An address is not searched; meta data would be.

    Filters would do too, but with them no two indexes are the same (version 1.5.2).
    """
    told = {"page": record.page, "section": record.section, "closed": "yes" if record.closed else ""}
    path, _, place = record.url.partition("#")
    query = urlencode({key: value for key, value in told.items() if value})
    return f"{path}?{query}#{place}"


def _ask(messages: list[dict[str, object]]) -> dict[str, list[dict[str, str]]]:
    """Send all messages; the answer to the last one. The service stops when its input ends, so that stays open."""
    with subprocess.Popen(
        [_program(), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as service:
        assert service.stdin is not None
        assert service.stdout is not None
        sender = Thread(target=_send, args=(service.stdin, messages), daemon=True)
        sender.start()
        try:
            return _last_answer(service.stdout, len(messages))
        finally:
            service.kill()


def _send(stream: IO[bytes], messages: list[dict[str, object]]) -> None:
    try:
        for number, message in enumerate(messages):
            request = json.dumps({"message_id": number, "payload": message})
            stream.write(b64encode(request.encode()) + b",")
        stream.flush()
    except OSError:
        pass  # it has ended: whoever reads its answers sees that too


def _last_answer(stream: IO[bytes], count: int) -> dict[str, list[dict[str, str]]]:
    last: dict[str, list[dict[str, str]]] | None = None
    answers = _answers(stream)
    for _ in range(count):
        answer = next(answers, None)
        if answer is None:
            raise PagefindError("Pagefind ended before its work was done")
        payload = json.loads(b64decode(answer))["payload"]
        if payload["type"] == "Error":
            raise PagefindError(f"Pagefind reports: {payload['message']}")
        if payload["type"] == "GetFiles":
            last = payload
    if last is None:
        raise PagefindError("Pagefind gave no files")
    return last


def _answers(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between the commas."""
    pieces: list[bytes] = []
    while block := stream.read1(1 << 20):  # type: ignore[attr-defined] # pipes are buffered, so they have it
        *ended, rest = block.split(b",")
        for part in ended:
            yield b"".join((*pieces, part))
            pieces.clear()
        pieces.append(rest)


def _is_kept(path: str) -> bool:
    return path.startswith(_KEPT) or path.endswith(_KEPT_ENDINGS)
