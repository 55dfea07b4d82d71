"""A real browser, Chromium without a window, driven over a pipe by its own protocol.

https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any

from tests.browser.chromium import ADDRESS_BAR, browser_path

PATIENCE = 60  # seconds without a word from the browser
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-extensions"),
    *("--disable-dev-shm-usage", "--remote-debugging-pipe"),
    f"--disable-features={','.join(ADDRESS_BAR)}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # loopback alone is reached
)


class Browser:
    """One page of a running browser. `dialogs` are the texts of alerts that were opened."""

    def __init__(self, answers: FileIO, commands: FileIO) -> None:
        self._reading = answers
        self._writing = commands
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.dialogs: list[str] = []
        self.requested: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command, and wait for its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._writing.write(json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            pass
        assert "error" not in answer, (method, answer)
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._reading], [], [], PATIENCE)
            assert ready, "the browser does not answer"
            piece = self._reading.read(1 << 16)
            assert piece, "the browser ended"
            self._buffer += piece
        text, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        match message.get("method"):
            case "Page.javascriptDialogOpening":
                self.dialogs.append(message["params"]["message"])
                self._number += 1
                dismiss = {
                    "id": self._number,
                    "method": "Page.handleJavaScriptDialog",
                    "params": {"accept": True},
                }
                self._writing.write(json.dumps({**dismiss, "sessionId": self._session}).encode() + b"\0")
            case "Network.requestWillBeSent":
                self.requested.append(message["params"]["request"]["url"])
        return message

    def open(self, address: str) -> None:
        """Go to a page, and wait until all of it is loaded."""
        self.ask("Page.navigate", url=address)
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def evaluate(self, script: str) -> Any:
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def look(self, width: int, scheme: str) -> None:
        """Be a window of this width, of a visitor who likes this color scheme: light or dark."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", features=features)

    def picture(self, path: Path) -> None:
        data = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))


@contextmanager
def running_browser(profile: Path) -> Iterator[Browser]:
    """A browser with a new profile in this folder."""
    for_browser, writing = os.pipe()
    reading, from_browser = os.pipe()
    options = [*OPTIONS, f"--user-data-dir={profile}"]
    # The browser's own protocol wants descriptors 3 and 4. The shell puts them there.
    script = f'exec "$@" 3<&{for_browser} 4>&{from_browser}'
    process = subprocess.Popen(
        ["bash", "-c", script, "bash", browser_path(), *options],
        pass_fds=(for_browser, from_browser),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(for_browser)
    os.close(from_browser)
    try:
        with (
            os.fdopen(reading, "rb", buffering=0) as answers,
            os.fdopen(writing, "wb", buffering=0) as commands,
        ):
            yield Browser(answers, commands)
    finally:
        process.terminate()
        process.wait()
