"""The images of a card, for its page. (`resolve` hands large files out under another name of this machine.)"""

from __future__ import annotations

from starlette.responses import Response

from practice_hub.api.content import content_response
from practice_hub.call import Call
from practice_hub.errors import no_entry
from practice_hub.pages.page import shows
from practice_hub.revisions import find_revision
from practice_hub.routing import Need

TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",  # a drawing runs nothing as an image, nor alone: `content_response` sees to that
    "webp": "image/webp",
}
"""By the ending of a file's name; browsers look into raster images themselves."""


def image(call: Call) -> Response:
    path = call.parts["path"]
    entry = call.git.files(find_revision(call.git, call.parts["revision"])).files.get(path)
    kind = TYPES.get(path.rpartition(".")[2].lower())
    if entry is None or kind is None:
        raise no_entry(f"There is no image {path}.")
    content = call.hub.descriptions.content(call.repository, call.git, entry)
    return content_response(call, content, {"Cache-Control": "private, no-cache"}, kind)


ROUTES = (shows("{web}/{repo}/image/{revision}/{path*}", image, Need.FILES),)
