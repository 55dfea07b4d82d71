"""The sheet of a class: what each person needs, as text and as a page to print and cut up."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from practice_hub.classroom import Seat
from practice_hub.pages.assets import assets
from practice_hub.pages.page import environment
from practice_hub.settings import shell_settings


def _values(address: str, seat: Seat) -> dict[str, str]:
    return {"HF_ENDPOINT": address, "HF_TOKEN": seat.token or ""}


def sheet_text(address: str, seats: Iterable[Seat]) -> str:
    """Name, token and settings of everybody whose token is new."""
    lines: list[str] = []
    for seat in seats:
        if seat.token is None:
            continue
        lines += [f"---- {seat.name} ----", "", f"Address: {address}", f"Token:   {seat.token}"]
        for title, settings in shell_settings(_values(address, seat)):
            lines += ["", f"{title}:", "", *(f"  {line}" for line in settings)]
        lines.append("")
    return "\n".join(lines)


def sheet_page(address: str, seats: Iterable[Seat]) -> str:
    """The same as a page of HTML, with everything in it: one strip to cut out for each person."""
    strips = [(seat, list(shell_settings(_values(address, seat)))) for seat in seats if seat.token]
    style = Markup(assets()["spokeshave.css"].decode() + assets()["sheet.css"].decode())
    return environment().get_template("sheet.html").render(address=address, strips=strips, style=style)
