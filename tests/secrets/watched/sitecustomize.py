"""In a process that finds this on its PYTHONPATH, writes down what is done to files of the watched folders.

WATCHED_FOLDERS are their paths, WATCHED_LOG the file to add lines to: the event, and the path.
"""

import os
import sys

_FOLDERS = tuple(os.environ["WATCHED_FOLDERS"].split(os.pathsep))
_LOG = os.open(os.environ["WATCHED_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
_EVENTS = ("open", "os.", "shutil.", "glob.", "sqlite3.", "pathlib.", "tempfile.", "subprocess.")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_EVENTS):
        for argument in arguments:
            if isinstance(argument, str | bytes | os.PathLike):
                path = os.path.abspath(os.fsdecode(argument))
                if any(path == folder or path.startswith(folder + os.sep) for folder in _FOLDERS):
                    os.write(_LOG, f"{event} {path}\n".encode(errors="surrogateescape"))


os.write(_LOG, b"watched: " + os.fsencode(sys.executable) + b"\n")
sys.addaudithook(_watch)
