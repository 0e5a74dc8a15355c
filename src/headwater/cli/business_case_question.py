"""What the command line asks about knowing more: `--value-of-information` and `--pilot`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.workflows.business_case import Question


def asked(
    *,
    value_of_information: bool,
    pilot: int | None,
    cost: float | None,
    delay_months: float | None,
    years: int | None,
) -> "Question | None":
    """Return what is asked, or None where nothing is.

    Raises
    ------
    InputError
        If something is said of a pilot that is not asked for.
    """
    from headwater.core.errors import InputError, Problem

    options = {"--pilot": pilot, "--pilot-cost": cost}
    options |= {"--pilot-delay": delay_months, "--pilot-years": years}
    said = [name for name, value in options.items() if value is not None]
    if said and not value_of_information:
        what = "asks about a pilot, but not what knowing more is worth."
        raise InputError(Problem(said[0], what, "Give --value-of-information too."))
    if said and pilot is None:
        what = "is said of a pilot that is not asked for."
        raise InputError(Problem(said[0], what, "Give --pilot too."))
    if not value_of_information:
        return None
    from headwater.workflows.business_case import Pilot, Question

    return Question(None if pilot is None else Pilot(pilot, cost, delay_months, years))
