"""Sending the bytes of a file, or a range of them."""

from __future__ import annotations

import re

from starlette.responses import Response, StreamingResponse

from practice_hub.call import Call
from practice_hub.errors import HubError
from practice_hub.store.large import Content

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
# What people upload must not act as a page of this Hub, whatever it is.
HARMLESS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


def asked_range(header: str | None, size: int) -> tuple[int, int] | None:
    """The range of bytes that is asked for, as start and stop; None for the whole, also if it is not understood.

    RFC 9110, section 14. Raises HubError (416) if it begins behind the end.
    """
    found = RANGE.fullmatch(header or "")
    if not found or not (found[1] or found[2]):
        return None
    if found[1]:
        start, stop = int(found[1]), min(int(found[2]) + 1, size) if found[2] else size
        if found[2] and int(found[2]) < start:
            return None
    else:
        start, stop = max(size - int(found[2]), 0), size
    if start >= size:
        raise HubError(416, "Range Not Satisfiable", None, size=size)
    return start, stop


def content_response(
    call: Call, content: Content, headers: dict[str, str], media_type: str = "application/octet-stream"
) -> Response:
    """The file, or the range of it that is asked for."""
    headers = {**headers, **HARMLESS, "Accept-Ranges": "bytes"}
    wanted = asked_range(call.headers.get("range"), content.size)
    start, stop = wanted or (0, content.size)
    if wanted:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{content.size}"
    headers["Content-Length"] = str(stop - start)
    status = 206 if wanted else 200
    if call.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=media_type)
    return StreamingResponse(content.read(start, stop), status, headers, media_type)
