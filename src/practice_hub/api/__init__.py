"""The Hub's HTTP interface, one area a file. To add a call, add a `Route` to the area's ROUTES.

What the calls must answer was read from the client that asks them: `huggingface_hub` 2.4.
"""

from practice_hub.api import (
    access,
    accounts,
    cards,
    commits,
    discussions,
    git,
    large_files,
    lfs,
    listing,
    reading,
    repositories,
    resolve,
    revisions,
    xet,
)
from practice_hub.routing import Route

ROUTES: tuple[Route, ...] = (
    *accounts.ROUTES,
    *repositories.ROUTES,
    *cards.ROUTES,
    *listing.ROUTES,
    *reading.ROUTES,
    *revisions.ROUTES,
    *commits.ROUTES,
    *discussions.ROUTES,
    *access.ROUTES,
    *large_files.ROUTES,
    *lfs.ROUTES,
    *xet.ROUTES,
    *git.ROUTES,
    *resolve.ROUTES,
)
