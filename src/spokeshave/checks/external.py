"""Links to the web: do they exist? With `--external` only, as it takes minutes and needs the web."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from spokeshave.checks.addresses import Address
from spokeshave.checks.finding import Finding, finding
from spokeshave.checks.gathered import GatheredLesson
from spokeshave.checks.web import Answer, ask
from spokeshave.checks.web_memory import WebMemory
from spokeshave.problems import LessonError, Problem

_AT_ONCE = 16
"""Servers that are asked at the same time; each one gets its questions one after another."""
RESERVED = tuple(
    f"http*://{host}{rest}"
    for host in ("localhost", "127.0.0.1", "example.org", "*.example.org", "example.com", "*.example.com")
    for rest in ("", "/*", ":*")
)
"""Patterns of addresses that lead to this machine, or are reserved for examples (RFC 2606)."""
Place = tuple[str, Address]


def check_external(
    gathered: GatheredLesson,
    memory: WebMemory,
    ignored: Sequence[str] = RESERVED,
    ask: Callable[[str], Answer] = ask,
) -> Iterator[Finding]:
    """Links and images of the web that are not there. `ignored` are patterns as of a shell (`*`, `?`)."""
    places = _places(gathered, ignored)
    wanted = [address for address in places if not memory.knows(address)]
    by_server: dict[str, list[str]] = defaultdict(list)
    for address in wanted:
        by_server[_server(address)].append(address)
    answers: dict[str, Answer] = {}

    def ask_one_server(addresses: list[str]) -> None:
        for address in addresses:
            answers[address] = ask(address)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(ask_one_server, by_server.values()))
    for address in wanted:
        if answers[address].exists:
            memory.add(address)
        else:
            yield from (_finding(place, answers[address]) for place in places[address])
    memory.write()


def read_ignored(path: Path) -> tuple[str, ...]:
    """The patterns in a file: one a line; what follows a blank and `#` is the reason.

    Raises `LessonError` if the file cannot be read, or a pattern comes without a reason.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(str(path), 0, f"the file cannot be read ({error})", "Name a text file you may read")
        raise LessonError(problem) from error
    patterns: list[str] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        pattern, _, reason = (part.strip() for part in line.partition(" #"))
        if not pattern or pattern.startswith("#"):
            continue
        patterns.append(pattern)
        if not reason:
            fix = f"Write it like this: {pattern} # why it is not asked for"
            problems.append(Problem(str(path), number, "this pattern comes without a reason", fix))
    if problems:
        raise LessonError(*problems)
    return tuple(patterns)


def _places(gathered: GatheredLesson, ignored: Sequence[str]) -> dict[str, list[Place]]:
    """Where each address of the web stands in the lesson."""
    places: dict[str, list[Place]] = defaultdict(list)
    for page in gathered.pages:
        for address in page.addresses:
            target = urldefrag(address.target)[0]
            if address.scheme in ("http", "https") and not any(fnmatchcase(target, one) for one in ignored):
                places[target].append((page.page.path, address))
    return places


def _server(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _finding(place: Place, answer: Answer) -> Finding:
    path, address = place
    if answer.is_gone:
        rule, fix = "dead-link", "Find where the page has gone, or link to another one"
    else:
        rule, fix = "unreached-link", "Look at it in a browser; some servers do not answer programs"
    message = f"{address.target}: {answer.reason}"
    return finding(path, address.line, address.column, rule, message, fix)
