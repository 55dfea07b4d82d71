"""Asking the web whether a page exists: with Python's own HTTP client, which one request at a time needs no more of.

A server is asked for the head of a page first and, since some do not know how to answer that, for the
page itself if that fails. What may pass (no answer, `429`, `5xx`) is asked again.
"""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urldefrag
from urllib.request import Request, build_opener

from spokeshave import __version__

_AGENT = f"Mozilla/5.0 (compatible; spokeshave/{__version__}; checks the links of a lesson)"
_TIMEOUT = 20.0
_PAUSES = (1.0, 5.0)
"""Seconds to wait before the second and the third attempt."""
_LONGEST_PAUSE = 30.0
"""Seconds that a server may ask to wait (`Retry-After`)."""
_GONE = frozenset({404, 410})
_SAFE = "/:?#[]@!$&'()*+,;=%~"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an address. `reason` says why not, where it is not `exists`."""

    exists: bool
    is_gone: bool = False
    """Whether there surely is no such page; else nobody knows."""
    may_pass: bool = False
    pause: float = 0.0
    """Seconds that the server wants to be left alone."""
    reason: str = ""


def ask(address: str, *, timeout: float = _TIMEOUT, sleep: Callable[[float], object] = time.sleep) -> Answer:
    """Whether there is a page at `address` (`http:` or `https:`), after up to three attempts."""
    answer = _attempt(address, timeout)
    for pause in _PAUSES:
        if not answer.may_pass:
            break
        sleep(min(max(pause, answer.pause), _LONGEST_PAUSE))
        answer = _attempt(address, timeout)
    return answer


def _attempt(address: str, timeout: float) -> Answer:
    head = _request(address, "HEAD", timeout)
    return head if head.exists or head.may_pass else _request(address, "GET", timeout)


def _request(address: str, method: str, timeout: float) -> Answer:
    try:
        page = quote(urldefrag(address)[0], safe=_SAFE)
        request = Request(page, method=method, headers={"User-Agent": _AGENT, "Accept": "*/*"})
        with build_opener().open(request, timeout=timeout):
            return Answer(exists=True)
    except HTTPError as error:
        error.close()
        return _refused(error)
    except URLError as error:
        return _unanswered(error.reason)
    except (OSError, http.client.HTTPException) as error:
        return _unanswered(error)
    except ValueError as error:
        return Answer(exists=False, is_gone=True, reason=f"this is no address ({error})")


def _refused(error: HTTPError) -> Answer:
    """The server's answer is a number that means no."""
    may_pass = error.code == http.client.TOO_MANY_REQUESTS or error.code >= http.client.INTERNAL_SERVER_ERROR
    wait = str(error.headers.get("Retry-After", ""))
    return Answer(
        exists=False,
        is_gone=error.code in _GONE,
        may_pass=may_pass,
        pause=float(wait) if wait.isdigit() else 0.0,
        reason=f"the server answers {error.code} {http.client.responses.get(error.code, '')}".rstrip(),
    )


def _unanswered(reason: object) -> Answer:
    """There was no answer. A name that does not exist will not do so a second later."""
    if isinstance(reason, socket.gaierror) and reason.errno == socket.EAI_NONAME:
        return Answer(exists=False, is_gone=True, reason="there is no server of this name")
    if isinstance(reason, TimeoutError):
        return Answer(exists=False, may_pass=True, reason="the server did not answer in time")
    return Answer(exists=False, may_pass=True, reason=f"no answer ({reason})")
