"""What people write of a payment trigger: the `[odds]` table of an agreement.

Effects are improvements: above nought is better, whichever way the outcome counts. They stand in
the *scale of the result*: for a share of people, points as a part of one (0.05 is five points); for
events per person, the part by which they fall or rise (0.10 is ten per cent); for a mean, its unit.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from headwater.core.comparator import BeforeAndAfter, Comparator
from headwater.core.given import Chance, Given, GivenAmount, GivenPart, GivenSize, Number
from headwater.core.model import Frozen

Words = Annotated[str, Field(min_length=1)]
Outcome = Literal["share", "events", "mean"]
"""A share of people, events per person, or a mean of what is measured of each."""
COMPARATORS = frozenset({"concurrent", "known", "historic", "difference_in_differences"})
"""Kinds of what a result is compared with."""
SCALE = "Check its scale: five points are 0.05."
Fault = tuple[tuple[str | int, ...], tuple[str, str]]
"""Where, what is wrong, and what to do."""


class PromisedEffect(GivenSize):
    """The improvement that is promised.

    Parameters
    ----------
    scale
        "difference": in points, units, or events per person; "relative": as a part of the baseline.
    """

    scale: Literal["difference", "relative"] = "difference"


class Clusters(Frozen):
    """People who share their luck: siblings, or families of one team.

    Parameters
    ----------
    size
        Mean number in a cluster.
    icc
        How alike they are: intra-class correlation.
    size_cv
        How unequal clusters are: standard deviation ÷ mean of their sizes; equal if not given.
    """

    size: GivenSize
    icc: GivenPart
    size_cv: GivenAmount | None = None


class Selection(Frozen):
    """How people were chosen by a score that goes up and down by itself.

    Parameters
    ----------
    correlation
        Of the score with itself at the time of the result, without help; from people not served.
    cutoff
        The score from which they were chosen.
    mean, sd
        Of the score among all who might have been chosen.
    chosen
        Whether those above or below the cut-off were chosen.
    improvement
        What is claimed, in the unit of the score.
    shifts_estimate
        Whether the result is a change of this very score, so that what was to be expected anyway
        enters the estimate as drift; for a mean against a known or historic baseline.
    """

    correlation: GivenPart
    cutoff: Given
    mean: Given
    sd: GivenSize
    chosen: Literal["above", "below"] = "above"
    improvement: GivenSize | None = None
    shifts_estimate: bool = False


class Implied(Frozen):
    """The baseline that is paid against, for a check against trials.

    Parameters
    ----------
    paid_baseline
        Cases, or the rate, taken as what would have happened anyway.
    observed
        The same as it came, or as promised, in the same unit.
    evidence_upper
        The largest part of cases that the best trials of its kind prevented.
    """

    paid_baseline: GivenSize
    observed: GivenAmount
    evidence_upper: GivenPart


class Worth(GivenAmount):
    """What one outcome is worth to the payer, in the table's `currency`.

    Parameters
    ----------
    per
        One of what: "child kept out of care".
    """

    per: Words


class Accepts(Frozen):
    """What the parties can live with.

    Parameters
    ----------
    spread
        Standard deviation ÷ mean of the payment, if the promise is kept, that whoever bears the
        risk can carry.
    power
        Least chance of payment if the promise is kept.
    significance
        Of the test, two-sided, for the number of people needed.
    """

    spread: GivenSize | None = None
    power: Chance = 0.8
    significance: Chance = 0.05


class Odds(Frozen):
    """A promise, how it is measured, and the payment rules to set side by side.

    Parameters
    ----------
    title
        What the screen calls it.
    outcome
        "share" of people, "events" per person, or a "mean" of something measured.
    unit
        One of what: "child in care at 12 months", "reconviction".
    better
        Whether fewer or more of it is better.
    people
        People helped, whose results are counted.
    baseline
        The share, events per person or mean without the service.
    promised
        The improvement promised.
    comparator
        What the result is compared with.
    clusters
        People who share their luck; each alone if not given.
    dispersion
        Variance ÷ mean of each person's events; 1 if by chance alone.
    sd
        Standard deviation between people of what is measured.
    missing
        Part of people whose outcome is not known at the end.
    worth
        What one outcome is worth to the payer.
    at_risk
        What whoever bears the risk has spent and loses unless paid, in `currency`.
    price_base
        The year in whose prices every amount stands, or "cash".
    currency
        Of every amount: three letters; or "per cent" of the full payment, where nobody published
        amounts.
    accepts
        What the parties can live with.
    effects
        True effects to show, in the scale of the result; from harm to all that is promised if not
        given.
    selection
        How people were chosen by a score, to see how much better it would have become anyway.
    implied
        The baseline that is paid against, to hold what it claims against trials.
    rule
        Payment rules, each with its kind; the first is the one in question, unless the agreement
        itself is worked out and stands before them.
    """

    title: Words
    outcome: Outcome
    unit: Words
    better: Literal["lower", "higher"]
    people: int = Field(ge=2, le=10_000_000)
    baseline: GivenAmount
    promised: PromisedEffect
    comparator: Comparator
    clusters: Clusters | None = None
    dispersion: GivenAmount | None = None
    sd: GivenSize | None = None
    missing: GivenPart | None = None
    worth: Worth | None = None
    at_risk: GivenSize | None = None
    price_base: Annotated[str, Field(pattern=r"^((19|20)\d\d-\d\d|(19|20)\d\d|cash)$")]
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3}|per cent)$")] = "GBP"
    accepts: Accepts = Accepts()
    effects: tuple[Number, ...] = ()
    selection: Selection | None = None
    implied: Implied | None = None
    rule: tuple[dict[str, Any], ...] = ()

    @property
    def effect(self) -> float:
        """The promised improvement in the scale of the result."""
        value, relative = self.promised.value, self.promised.scale == "relative"
        if self.outcome == "events":
            return value if relative else value / self.baseline.value
        return value * self.baseline.value if relative else value


def odds_faults(odds: Odds) -> Iterator[Fault]:
    """Yield what is wrong in a table whose every field is well by itself."""
    yield from _measured(odds)
    yield from _within(odds)
    yield from _twice(odds)
    yield from _clustered(odds)
    if odds.missing is not None and odds.missing.value >= 1:
        yield ("missing",), ("leaves nobody whose outcome is known.", "Give a part below 1.")
    if odds.selection is not None and odds.selection.shifts_estimate and odds.outcome != "mean":
        yield (
            ("selection", "shifts_estimate"),
            (f"is for a mean, not for {odds.outcome}.", "Give the drift itself as drift_mean."),
        )


def _clustered(odds: Odds) -> Iterator[Fault]:
    """Yield clusters that cannot be, or that leave fewer than one person's worth of luck."""
    if odds.clusters is None:
        return
    size = odds.clusters.size.value
    cv = odds.clusters.size_cv.value if odds.clusters.size_cv is not None else 0.0
    if size < 1:
        yield ("clusters", "size"), (f"{size:g} is below 1.", "One is alone.")
    elif (1 + cv**2) * size > odds.people / 2:
        said = f"clusters of {size:g} among {odds.people:,} people leave hardly two of them."
        yield ("clusters", "size"), (said, "Nothing can be said of so few.")


def _measured(odds: Odds) -> Iterator[Fault]:
    """Yield what the kind of outcome needs and lacks, or has for nothing."""
    if odds.outcome == "events":
        if odds.dispersion is None:
            why = "is missing: events of some people come in runs."
            yield ("dispersion",), (why, "Add variance ÷ mean of each person's events.")
        elif odds.dispersion.value < 1:
            why = f"{odds.dispersion.value:g} is below 1: events would come evenly."
            yield ("dispersion",), (why, "Give 1 or more.")
    elif odds.dispersion is not None:
        yield ("dispersion",), (f"is for events, not for a {odds.outcome}.", "Take it out.")
    if odds.outcome == "mean" and odds.sd is None:
        why = "is missing: a mean needs the standard deviation between people."
        yield ("sd",), (why, 'Add sd = { value = …, source = "…" }.')
    elif odds.outcome != "mean" and odds.sd is not None:
        yield ("sd",), (f"is for a mean, not for {odds.outcome}.", "Take it out.")


def _twice(odds: Odds) -> Iterator[Fault]:
    """Yield people counted twice who cannot have been."""
    kind = odds.comparator
    if not isinstance(kind, BeforeAndAfter) or kind.correlation is None:
        return
    loc = ("comparator", "correlation")
    if odds.outcome != "mean":
        yield loc, (f"is for a mean, not for {odds.outcome}.", "Take it out.")
    elif kind.people_before != odds.people:
        same = f"the same people are {kind.people_before:,} before and {odds.people:,} after."
        yield loc, (same, "Give as many before, or take it out.")


def _within(odds: Odds) -> Iterator[Fault]:
    """Yield rates that cannot be."""
    base = odds.baseline.value
    if odds.outcome == "share" and not 0 < base < 1:
        yield (
            ("baseline",),
            (f"{base:g} is no share of people, above 0 and below 1.", "Write 44.8% as 0.448."),
        )
    elif odds.outcome != "share" and base == 0:
        yield ("baseline",), ("0 leaves nothing to compare with.", "Give the rate without help.")
    else:
        drift = getattr(odds.comparator, "drift_mean", None)
        if drift is not None and impossible(odds, drift.value):
            much = f"{base:g} made better by {drift.value:g} is {reached(odds, drift.value):g}"
            yield ("comparator", "drift_mean"), (f"cannot be: {much}.", "Check its scale.")
        for loc, effect in (("promised", odds.effect), *(("effects", e) for e in odds.effects)):
            if impossible(odds, effect):
                much = f"{base:g} made better by {effect:g} is {reached(odds, effect):g}"
                yield (loc,), (f"cannot be: {much}.", SCALE)


def reached(odds: Odds, effect: float) -> float:
    """Return the rate among those helped if the service has this effect."""
    sign = -1.0 if odds.better == "lower" else 1.0
    base = odds.baseline.value
    return base * (1 + sign * effect) if odds.outcome == "events" else base + sign * effect


def impossible(odds: Odds, effect: float) -> bool:
    """Whether no service could have this effect: a rate below nought, or a share above all."""
    rate = reached(odds, effect)
    if odds.outcome == "mean":
        return False
    return (
        rate < 0
        or (odds.outcome == "share" and rate > 1)
        or (odds.outcome == "events" and rate == 0)
    )
