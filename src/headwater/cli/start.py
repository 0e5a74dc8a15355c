"""The program: ready to be stopped before anything slow is loaded, and never a traceback.

Exit status: 0; 2 (put right and try again); 130 and the like (128 + the signal that stopped it).
"""

import codecs
import io
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

unfinished: set[str] = set()
"""Files being written beside those they will replace; swept away if the work is stopped."""

PLAIN = {
    "−": "-",
    "–": "-",
    "£": "GBP ",
    "×": "x",
    "÷": "/",
    "→": "->",
    "·": "-",
    "≤": "<=",
    "≥": ">=",
}
"""What stands for a character that the screen's encoding has not; for others a question mark."""


def run() -> None:
    """Run the command line."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stopped)
    _write_what_the_screen_can()
    from headwater.cli.main import app
    from headwater.cli.output import stop
    from headwater.core.errors import HeadwaterError

    try:
        app()
    except HeadwaterError as error:
        sys.exit(stop(error))
    except OSError as error:
        _leave(2, f"the screen or a file: cannot be written ({error.strerror or error}).")
    except SystemExit:
        try:
            sys.stdout.flush()
        except OSError as error:
            _leave(2, f"the screen: cannot be written ({error.strerror or error}).")
        raise


def _write_what_the_screen_can() -> None:
    codecs.register_error("plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plain")


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(PLAIN.get(letter, "?") for letter in lost), error.end


def _leave(status: int, words: str) -> None:
    """End without a last attempt to write what the screen did not take."""
    with suppress(OSError):
        os.write(2, words.encode() + b"\n")
    os._exit(status)


def _stopped(number: int, _frame: FrameType | None) -> None:
    """End at once on Ctrl-C, without a file in half.

    Straight to the terminal and out: the work may be inside compiled code, or hold the lock of the
    console that would say so.
    """
    for name in unfinished:
        with suppress(OSError):
            Path(name).unlink()
    show_cursor = "\r\x1b[?25h\x1b[K" if os.isatty(2) else ""
    _leave(128 + number, f"{show_cursor}stopped; no file was left in half")
