"""`headwater`: one command per job, each a thin face of the workflow with its name."""

import typer

from headwater.cli import (
    business_case,
    care_days,
    check_return,
    claims,
    contracts,
    fit_pathway,
    forecast,
    indigo,
    lint,
    measure,
    odds,
    places,
    programmes,
    pseudonymise,
    settle,
    synthesise,
    waterfall,
)

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

    How many children will need help here, and what will it cost?

        headwater forecast norfolk

    What did real outcomes contracts pay for, and can what was published be worked out again?

        headwater contracts

    Every number is shown gross and net, with its unit and source; what is assumed says so.
    """  # noqa: D400, E501 - the first line is a question; commands stay on one line


places.register(app)
programmes.register(app)
business_case.register(app)
forecast.register(app)
contracts.register(app)
settle.register(app)
lint.register(app)
check_return.register(app)
measure.register(app)
care_days.register(app)
fit_pathway.register(app)
claims.register(app)
pseudonymise.register(app)
synthesise.register(app)
odds.register(app)
waterfall.register(app)
indigo.register(app)
