"""`headwater`: one command per job, each a thin face of the workflow with its name."""

import sys

import typer

from headwater.cli import business_case, places, programmes
from headwater.cli.output import complaints, stop
from headwater.core.errors import HeadwaterError

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
    """Would helping families early work here, what would it cost and save, and how sure are we?"""


places.register(app)
programmes.register(app)
business_case.register(app)


def run() -> None:
    """Run the command line; the exit status is 0, 2 (put right and try again) or 130 (stopped)."""
    try:
        app(standalone_mode=True)
    except HeadwaterError as error:
        sys.exit(stop(error))
    except KeyboardInterrupt:
        complaints.print("stopped; nothing was written", style="dim")
        sys.exit(130)
