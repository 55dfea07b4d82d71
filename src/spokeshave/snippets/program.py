"""Runs the Python blocks of one page in one namespace, as the cells of a notebook are run."""

from __future__ import annotations
import __future__

import ast
import builtins
import io
import linecache
import sys
import tokenize
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import CodeType, ModuleType, TracebackType

_FUTURES = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception of a block: its last lines, the whole traceback, and the line of the page."""

    error: str = ""
    traceback: str = ""
    line: int = 0


@dataclass(slots=True)
class Program:
    """The program that a page is. `path` is the name of the page in tracebacks."""

    path: str
    warnings: list[str] = field(default_factory=list)
    _module: ModuleType = field(default_factory=lambda: ModuleType("__main__"))
    _futures: int = 0

    def start(self, blocks: Sequence[tuple[int, str]]) -> None:
        """Take the place of this process's main program. `blocks` are (line of the fence, code)."""
        sys.modules["__main__"] = self._module
        self._module.__dict__["__builtins__"] = builtins
        lines: list[str] = []
        for line, code in blocks:
            own = code.splitlines(keepends=True)
            lines += ["\n"] * (line + len(own) - len(lines))
            lines[line : line + len(own)] = own
        # Without a time, Python never compares the entry with a file.
        linecache.cache[self.path] = (sum(map(len, lines)), None, lines, self.path)
        warnings.showwarning = self._keep_warning  # type: ignore[assignment] # its place has no name here
        # The figures are shown: only matplotlib does not know, where the code chose a backend itself.
        warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")

    def run(self, line: int, code: str) -> Failure | None:
        """Run the block whose fence is in `line`. What it displays goes to standard output."""
        self.warnings.clear()
        try:
            self._run(line, code)
        except BaseException as error:  # what ends a program must not end this one
            return self._failure(error)
        return None

    def _run(self, line: int, code: str) -> None:
        compiled = [
            self._compile(part, mode) for part, mode in _parts("\n" * line + code, self.path, self._futures)
        ]
        names = self._module.__dict__
        value = None
        for part in compiled:
            self._futures |= part.co_flags & _FUTURES
            value = eval(part, names)
        if value is not None:
            print(repr(value))

    def _compile(self, part: ast.Module | ast.Expression, mode: str) -> CodeType:
        code: CodeType = compile(part, self.path, mode, flags=self._futures, dont_inherit=True)
        return code

    def _keep_warning(self, message: Warning | str, category: type[Warning], *_: object) -> None:
        """Without its place: that is a path of this machine, or a line that moves with every edit."""
        self.warnings.append(f"{category.__name__}: {message}\n")

    def _failure(self, error: BaseException) -> Failure:
        shown = traceback.TracebackException(
            type(error), error, _without_runner(error.__traceback__), compact=True
        )
        own = "".join(shown.format_exception_only()).strip("\n")
        lines = [frame.lineno for frame in shown.stack if frame.filename == self.path and frame.lineno]
        if isinstance(error, SyntaxError) and error.filename == self.path:
            own = own.splitlines()[-1]
            lines.append(error.lineno or 0)
        return Failure(own, "".join(shown.format()), lines[-1] if lines else 0)


def _parts(source: str, path: str, futures: int) -> list[tuple[ast.Module | ast.Expression, str]]:
    """The statements of a block, and apart from them the last expression, if it is to be shown."""
    tree = compile(source, path, "exec", ast.PyCF_ONLY_AST | futures, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr) or _ends_with_semicolon(source):
        return [(tree, "exec")]
    tree.body.pop()
    return [(tree, "exec"), (ast.Expression(last.value), "eval")]


def _ends_with_semicolon(source: str) -> bool:
    """Whether the last sign of code is `;`, which hides a display in notebooks."""
    space = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.DEDENT, tokenize.ENDMARKER)
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    last = [token.string for token in tokens if token.type not in space]
    return last[-1:] == [";"]


def _without_runner(trace: TracebackType | None) -> TracebackType | None:
    """The traceback without the frames of this file, which are at its top."""
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    return trace
