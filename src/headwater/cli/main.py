"""`headwater`: one command per job, each a thin face of the workflow with its name."""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

import typer

from headwater.cli import business_case, places, programmes
from headwater.cli.output import stop, unfinished
from headwater.core.errors import HeadwaterError

STOPPED = 130
"""Exit status after Ctrl-C."""

app = typer.Typer(
    name="headwater",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def about() -> None:
    """Would helping families early work here? What would it cost and save, and how sure are we?

    Start with a shipped case:

        headwater business-case stronger-families-norfolk

    or make your own: find a place and a programme, then put them together.

        headwater places norfolk
        headwater programmes family_group_conference
        headwater business-case --place norfolk --programme family_group_conference --cohort 150 --cost-per-child 2000

    Every number is shown gross and net, with its unit and source; what is assumed says so.
    """  # noqa: D400, E501 - the first line is a question; commands stay on one line


places.register(app)
programmes.register(app)
business_case.register(app)


def run() -> None:
    """Run the command line; the exit status is 0, 2 (put right and try again) or 130 (stopped)."""
    signal.signal(signal.SIGINT, _stopped)
    try:
        app()
    except HeadwaterError as error:
        sys.exit(stop(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _stopped(_signal: int, _frame: FrameType | None) -> None:
    """End at once on Ctrl-C, without a file in half.

    Straight to the terminal and out: the work may be inside compiled code, or hold the lock of the
    console that would say so.
    """
    for name in unfinished:
        with suppress(OSError):
            Path(name).unlink()
    show_cursor = b"\r\x1b[?25h\x1b[K" if sys.stderr.isatty() else b""
    os.write(sys.stderr.fileno(), show_cursor + b"stopped; no file was left in half\n")
    os._exit(STOPPED)
