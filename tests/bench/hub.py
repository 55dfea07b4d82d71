"""How fast practice-hub is, how soon it is back, and how much memory it takes: `python -m tests.bench.hub`.

The Hub runs in a process of its own, as learners run it. Compare the ratios: seconds depend on the machine, on its
disk (a commit waits until the disk has it) and on what else it does.
"""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import click

from tests.practice_hub.processes import GUARD, HubProcess, caller, start_hub, text_file
from tests.practice_hub.weights import REPOSITORY, WAYS, download_time, move, sha256_of, write_weights

MEGABYTES = 200
MEMORY_LIMIT = 150  # MB
RESTART_LIMIT = 2  # seconds
COMMITS = 60
ROUNDS = 5


def commits(hub: HubProcess, clients: int) -> float:
    """Commits in a second, of one small file each, to one repository."""
    name = f"commits-{clients}"
    with caller(hub.address, hub.first_token) as call:
        assert call.create(name).status == 200

    def commit(client: int) -> None:
        with caller(hub.address, hub.first_token) as own:
            for number in range(COMMITS // clients):
                line = text_file(f"{client}/{number}.txt", f"{number}")
                assert own.commit(f"your-username/{name}", f"{number}", line).status == 200

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        list(threads.map(commit, range(clients)))
    return COMMITS // clients * clients / (time.perf_counter() - began)


def syncs(folder: Path) -> float:
    """How often in a second the disk takes a small file for good, with its name: what bounds the commits."""
    began = time.perf_counter()
    for number in range(COMMITS):
        with (folder / f"sync-{number}").open("wb") as file:
            file.write(b"x" * 200)
            file.flush()
            os.fsync(file.fileno())
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    return COMMITS / (time.perf_counter() - began)


def plain_server(weights: Path) -> float:
    """Seconds that a download takes from Python's `http.server`, the best of some."""
    command = [
        sys.executable,
        "-u",
        "-m",
        "http.server",
        "0",
        "--bind",
        "127.0.0.1",
        "--directory",
        str(weights.parent),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            port = int(server.stdout.readline().split("port ")[1].split()[0])
            return min(_download(f"127.0.0.1:{port}", f"/{weights.name}", weights) for _ in range(ROUNDS))
        finally:
            server.terminate()


def hub_server(hub: HubProcess, weights: Path) -> float:
    """Seconds that the same download takes from the Hub, the best of some."""
    with caller(hub.address, hub.first_token) as call:
        location = call("GET", f"/{REPOSITORY}/resolve/main/weights.bin").headers["location"]
    place = location.partition("/_files/")[2]
    return min(_download(urlsplit(hub.address).netloc, f"/_files/{place}", weights) for _ in range(ROUNDS))


def _download(address: str, path: str, weights: Path) -> float:
    connection = http.client.HTTPConnection(address, timeout=GUARD)
    try:
        return download_time(connection, path, sha256_of(weights))
    finally:
        connection.close()


def restart(data: Path, logs: Path, hub: HubProcess, token: str) -> tuple[float, HubProcess]:
    """Seconds from SIGKILL to the first answer that needs the store."""
    hub.kill()
    began = time.perf_counter()
    again = start_hub(data, logs, hub.port)
    with caller(again.address, token) as call:
        assert call("GET", "/your-username/commits-1/resolve/main/0/0.txt").status == 200
    return time.perf_counter() - began, again


def large_files(folder: Path, weights: Path) -> bool:
    """Print speed and memory for each way to move a large file, each with a Hub of its own. Whether all fit."""
    fits = True
    for way in WAYS:
        with start_hub(folder / way, folder / f"{way}-logs") as hub:
            with caller(hub.address, hub.first_token) as call:
                assert call.create(REPOSITORY.partition("/")[2]).status == 200
            moved = move(hub, weights, way, folder / f"{way}-client")
            peak = hub.peak_memory()
            fits = fits and peak <= MEMORY_LIMIT
            click.echo(
                f"{MEGABYTES} MB, {way:9}  up {MEGABYTES / moved.up:4.0f} MB/s  down {MEGABYTES / moved.down:4.0f} MB/s"
                f"  server's peak memory {peak:4.0f} MB (limit {MEMORY_LIMIT})"
            )
            if way == "multipart":
                ours, plain = hub_server(hub, weights), plain_server(weights)
                click.echo(
                    f"{MEGABYTES} MB, download alone  {MEGABYTES / ours:4.0f} MB/s  http.server"
                    f" {MEGABYTES / plain:4.0f} MB/s = {plain / ours:.2f} x"
                )
    return fits


def main() -> None:
    """Print all figures; end with an error if memory or restart are over their limits."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hub = start_hub(folder / "data", folder / "logs")
        disk = syncs(folder)
        for clients in (1, 8):
            speed = commits(hub, clients)
            click.echo(
                f"{clients} client{'s' if clients > 1 else ' '}  {speed:6.1f} commits/s"
                f"  the disk alone {disk:6.0f} synced files/s = {disk / speed:.1f} files a commit"
            )
        times, token = [], hub.first_token
        for _ in range(ROUNDS):
            seconds, hub = restart(folder / "data", folder / "logs", hub, token)
            times.append(seconds)
        hub.kill()
        python = _python_start()
        click.echo(
            f"back after SIGKILL in {statistics.median(times):.2f} s (slowest {max(times):.2f}, limit {RESTART_LIMIT})"
            f"  starting Python alone {python:.2f} s"
        )
        weights = folder / "weights.bin"
        write_weights(weights, MEGABYTES)
        fits = large_files(folder, weights)
    sys.exit(not fits or max(times) > RESTART_LIMIT)


def _python_start() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", ""], check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
