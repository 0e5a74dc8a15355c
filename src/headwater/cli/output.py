"""Writing to screen and to files: whole files or none, and errors without a traceback."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.text import Text

from headwater.cli.start import unfinished
from headwater.core.errors import CONTROLS, InputError, Problem

CONTROL = dict.fromkeys(CONTROLS)
"""Characters that would command a terminal or turn its text round; an option may hold some."""


class Screen(Console):
    """A console that prints text, never what text tells a terminal to do."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Return text to print, less its control characters."""
        return super().render_str(text.translate(CONTROL), **options)

    def on_broken_pipe(self) -> None:
        """End well: whoever read the output has seen enough."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0)


console = Screen(highlight=False)
complaints = Screen(stderr=True, highlight=False)


def check_writable(*paths: Path | None, reading: str = "", kind: str = "case") -> None:
    """Refuse, before any long work, a path that cannot be written.

    Parameters
    ----------
    reading
        A file that is read: nothing is written over it.
    kind
        What that file is called.

    Raises
    ------
    InputError
        One problem for each path whose folder is missing or closed, or that is a folder.
    """
    given = [path for path in paths if path is not None]
    problems = [problem for path in given for problem in _faults(path)]
    real = [os.path.realpath(path) for path in given]
    twice = {str(path) for path, one in zip(given, real, strict=True) if real.count(one) > 1}
    problems += [Problem(name, "is named twice.", "One file each.") for name in sorted(twice)]
    own = os.path.realpath(reading) if reading else ""
    problems += [
        Problem(str(path), f"is the {kind} file itself.", "Name another file.")
        for path, one in zip(given, real, strict=True)
        if one == own
    ]
    if problems:
        raise InputError(problems)


def _faults(path: Path) -> list[Problem]:
    try:
        return _closed(path)
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "its links lead in a circle"
        return [Problem(str(path), f"cannot be written ({why}).", "Choose another place.")]


def _closed(path: Path) -> list[Problem]:
    folder = path.resolve().parent
    if str(path) == "-":
        return [Problem("-", "is no file: nothing is written to the screen.", "Name a file.")]
    if path.is_dir():
        return [Problem(str(path), "is a folder.", "Name a file.")]
    if path.exists() and not path.is_file():
        return [Problem(str(path), "is a device, not a file.", "Name a file.")]
    if not folder.is_dir():
        return [Problem(str(path), f"there is no folder '{folder}'.", "Create it first.")]
    closed = not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK))
    return [Problem(str(path), "cannot be written.", "Choose another place.")] if closed else []


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file so that an interruption leaves the old one or the new one, never a half."""
    data, shown = content.encode() if isinstance(content, str) else content, path
    try:
        path = path.resolve()  # a link keeps leading to the file it names
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        unfinished.add(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        finally:
            unfinished.discard(name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            Problem(str(shown), f"cannot be written ({reason}).", "Choose another place.")
        ) from error
    complaints.print(f"wrote {shown}", style="dim", markup=False)


def make_folder(path: Path) -> None:
    """Make a folder if there is none.

    Raises
    ------
    InputError
        If it cannot be made.
    """
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            Problem(str(path), f"cannot be made ({reason}).", "Choose another place.")
        ) from error


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None]]:
    """Show on stderr what is being done, where somebody is watching."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(
        *columns, console=complaints, transient=True, disable=not complaints.is_terminal
    ) as bar:
        task = bar.add_task("starting")

        def tell(what: str, part: float) -> None:
            done = f" {part:.0%}" if part > 0 else ""
            bar.update(task, description=f"{what}{done}")

        yield tell


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def stop(error: Exception) -> int:
    """Print a user's error, without a traceback, and return the exit status."""
    lines = str(error).splitlines() or [type(error).__name__]
    for line in lines:
        complaints.print(line, markup=False, soft_wrap=not sys.stderr.isatty())
    return 2
