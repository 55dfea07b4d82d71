"""What a user sets so that the client talks to this Hub, as text for three kinds of windows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from shlex import quote

HIDDEN = "PASTE-YOUR-TOKEN"


def settings_text(address: str, home: Path, account: str, token: str | None) -> str:
    """The settings for bash, PowerShell and Python. A token is known only when it is new."""
    values = {"HF_ENDPOINT": address, "HF_HOME": str(home), "HF_TOKEN": token or HIDDEN}
    lines = [f"The account is {account}."]
    lines.append(
        "Its token stands below. It is not shown again; `practice-hub token` makes another one."
        if token
        else "Its token was shown at the first start. `practice-hub token` makes another one."
    )
    for title, settings in shell_settings(values):
        lines += ["", f"{title}:", "", *(f"  {line}" for line in settings)]
    return "\n".join(lines) + "\n"


def shell_settings(values: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """For each kind of window its name, and the lines that set these environment variables."""
    yield "Linux and macOS", [f"export {name}={quote(value)}" for name, value in values.items()]
    doubled = {name: value.replace("'", "''") for name, value in values.items()}
    yield "Windows (PowerShell)", [f"$env:{name} = '{value}'" for name, value in doubled.items()]
    settings = [f"os.environ[{name!r}] = {value!r}" for name, value in values.items()]
    yield "Python, before huggingface_hub is imported", ["import os", *settings]
