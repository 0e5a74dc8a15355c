"""Work every check out anew from a pathway: what the catalogue ships is this."""

from headwater.catalogue.pathway import Vintage
from headwater.core.check import Check
from headwater.workflows.checks.conference import conference_checks
from headwater.workflows.checks.fitted import fitted_checks
from headwater.workflows.checks.ground import Ground
from headwater.workflows.checks.lives import ever_checks, stock_checks
from headwater.workflows.checks.returns import return_checks
from headwater.workflows.checks.spending import spending_checks


def work_out(vintage: Vintage = "latest") -> tuple[Check, ...]:
    """Return every check of a vintage's shipped pathway, fitted ones first."""
    ground = Ground.of(vintage)
    return (
        *fitted_checks(ground),
        *stock_checks(ground),
        *ever_checks(ground),
        *return_checks(ground),
        *conference_checks(ground),
        *spending_checks(ground),
    )
