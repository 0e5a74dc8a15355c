"""What could be said of the odds of payment at signature, from what was published and no more.

Where nobody published how far results vary, the question is turned round: how little would they
have to vary for the condition to tell a service that works from one that does not?
"""

from collections.abc import Iterator
from math import sqrt

from headwater.workflows.contracts.published import Hindcast

FEW = 0.05
"""How often, at most, a service that changes nothing may be paid for."""
STANDARD_ERRORS = 1.6448536269514722
"""Of the normal distribution: passed in one case in twenty."""
FIRST_UNIT = (
    "It pays from the first unit. If the measure errs as often up as down, a service that changes "
    "nothing is paid something with a chance of 50%, however many people there are."
)
CHANCES = (0.1, 0.5, 0.9)


def odds_at_signature(one: Hindcast) -> tuple[str, ...]:
    """Return what could be said of a condition's odds, in sentences."""
    if one.turns_on == "fall":
        return tuple(_fall(one))
    if one.turns_on == "count":
        return tuple(_count(one))
    if one.turns_on == "first_unit":
        return (FIRST_UNIT,)
    return ()


def largest_error(threshold: float) -> float:
    """Return the largest standard error at which no effect passes a threshold in 5% of cases."""
    return threshold / STANDARD_ERRORS


def largest_variation(threshold: float, people: float) -> float:
    """Return the largest coefficient of variation at which no effect passes in 5% of cases.

    Of two groups as large as each other, whose means are compared: the standard error of the fall,
    as a share, is about the coefficient of variation times the root of 2 ÷ people.
    """
    return largest_error(threshold) * sqrt(people / 2)


def chance_needed(threshold: int, people: int, chance: float) -> float:
    """Return each one's chance with which so many of them are reached with a chance.

    By the beta distribution, whose integral is that of the binomial.
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - slow to load

    return float(betaincinv(threshold, people - threshold + 1, chance))


def _fall(one: Hindcast) -> Iterator[str]:
    if one.threshold is None:
        return
    error = largest_error(float(one.threshold))
    said = (
        f"A service that changes nothing is paid for with a chance of at most {FEW:.0%} only if "
        f"the measured fall has a standard error of no more than {100 * error:.1f} points"
    )
    if one.people is not None:
        most = largest_variation(float(one.threshold), float(one.people))
        said += (
            f": with {float(one.people):,.0f} people and as many to compare, only if what is "
            f"counted varies between people by no more than {most:.1f} times its mean"
        )
    yield f"{said}."
    yield (
        "If the promise were the threshold itself and were just kept, it would be missed with a "
        "chance of 50%."
    )


def _count(one: Hindcast) -> Iterator[str]:
    if one.threshold is None or one.people is None:
        return
    wanted, people = int(one.threshold), int(one.people)
    each = [f"{chance_needed(wanted, people, chance):.1%}" for chance in CHANCES]
    reached = ", ".join(f"{chance:.0%}" for chance in CHANCES)
    yield (
        f"{wanted} of {people} are reached with a chance of {reached} where each of them has a "
        f"chance of {', '.join(each)}, whoever or whatever brought it about."
    )
