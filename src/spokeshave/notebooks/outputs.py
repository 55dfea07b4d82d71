"""What a code block printed and drew, as the outputs of a notebook's cell."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from spokeshave.snippets.snippet import Outcome

Output = dict[str, Any]
"""In the form of nbformat 4: https://nbformat.readthedocs.io/en/latest/format_description.html"""


def outputs(outcome: Outcome) -> list[Output]:
    """The outputs of a cell, in the order in which Jupyter shows them."""
    found: list[Output] = []
    if outcome.stdout:
        found.append(_stream("stdout", outcome.stdout))
    if outcome.stderr or outcome.warnings:
        found.append(_stream("stderr", outcome.stderr + outcome.warnings))
    found += [_figure(image) for image in outcome.figures]
    if outcome.error and outcome.snippet.language == "python":
        found.append(_error(outcome.error))
    return found


def _stream(name: str, text: str) -> Output:
    return {"output_type": "stream", "name": name, "text": text if text.endswith("\n") else text + "\n"}


def _figure(image: bytes) -> Output:
    data = {"image/png": b64encode(image).decode("ascii") + "\n"}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _error(line: str) -> Output:
    """An exception, without the frames: those name places on the machine that ran it."""
    name, _, message = line.partition(": ")
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": [line]}
