"""The Hub's web pages, one kind a file. To add one, add a `Route` to its ROUTES; the first that fits answers."""

from practice_hub.pages import (
    account,
    assets,
    blob,
    commits,
    front,
    images,
    repository,
    settings,
    sign_in,
)
from practice_hub.routing import Route

ROUTES: tuple[Route, ...] = (
    *assets.ROUTES,
    *sign_in.ROUTES,
    *account.ROUTES,
    *front.ROUTES,
    *repository.ROUTES,
    *commits.ROUTES,
    *blob.ROUTES,
    *images.ROUTES,
    *settings.ROUTES,
)
