"""What a user sets so that the client talks to this Hub, as text for three kinds of windows."""

from __future__ import annotations

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
    lines += ["", "Linux and macOS:", ""]
    lines += [f"  export {name}={quote(value)}" for name, value in values.items()]
    lines += ["", "Windows (PowerShell):", ""]
    lines += [f"  $env:{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in values.items()]
    lines += ["", "Python, before huggingface_hub is imported:", "", "  import os"]
    lines += [f"  os.environ[{name!r}] = {value!r}" for name, value in values.items()]
    return "\n".join(lines) + "\n"
