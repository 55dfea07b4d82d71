"""How much a Hub takes. Each refusal names its limit."""

from __future__ import annotations

from dataclasses import dataclass

from practice_hub.errors import too_large

MEGABYTE = 1_000_000
UNITS = ("bytes", "kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class Limits:
    """All sizes in bytes."""

    large_file: int = 20_000 * MEGABYTE
    regular_file: int = 10 * 1024 * 1024  # larger ones are large files
    request: int = 20 * MEGABYTE
    commit: int = 1_000 * MEGABYTE
    xorb: int = 70 * MEGABYTE  # the protocol's own limit is 64 MiB, and a footer
    part: int = 16 * 1024 * 1024  # of a large file that is uploaded in parts
    failed_logins: int = 30  # in a minute, from one address

    def check_large_file(self, path: str, size: int) -> None:
        """Raises HubError (413)."""
        if size > self.large_file:
            raise too_large(
                f"{path} has {readable(size)}; this Hub takes files of up to {readable(self.large_file)}."
            )


def readable(size: int) -> str:
    """A size for people: 1.5 MB."""
    number, unit = float(size), 0
    while number >= 1000 and unit < len(UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.3g} {UNITS[unit]}" if number < 1000 else f"{number:.0f} {UNITS[unit]}"
