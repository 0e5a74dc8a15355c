"""What people write of a payment trigger: the `[odds]` table of an agreement.

Effects are improvements: above nought is better, whichever way the outcome counts. They stand in
the *scale of the result*: for a share of people, points as a part of one (0.05 is five points); for
events per person, the part by which they fall or rise (0.10 is ten per cent); for a mean, its unit.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from headwater.core.exact import read_exact
from headwater.core.model import Frozen

Outcome = Literal["share", "events", "mean"]
"""A share of people, events per person, or a mean of what is measured of each."""
Fault = tuple[tuple[str | int, ...], tuple[str, str]]
"""Where, what is wrong, and what to do."""


def read_number(given: Any) -> Any:
    """Return a number as it was written: 3, 0.05, "5/6" or "12.5%"."""
    if isinstance(given, float):
        return given
    number = read_exact(given)
    return float(number) if isinstance(number, Fraction) else number


Number = Annotated[float, BeforeValidator(read_number)]
Positive = Annotated[float, BeforeValidator(read_number), Field(gt=0)]
NotBelow = Annotated[float, BeforeValidator(read_number), Field(ge=0)]
Part = Annotated[float, BeforeValidator(read_number), Field(ge=0, le=1)]
Words = Annotated[str, Field(min_length=1)]


class Given(Frozen):
    """A number with where it was read, or why it is assumed.

    Parameters
    ----------
    value
        The number.
    source
        A key of the bibliography, or where it was read, in words.
    because
        Why it is assumed, where nobody published it.
    """

    value: Number
    source: str = ""
    because: str = ""

    @model_validator(mode="after")
    def _said(self) -> "Given":
        if not self.source and not self.because:
            msg = 'needs source = "…" (where it was read) or because = "…" (why it is assumed)'
            raise ValueError(msg)
        return self


class GivenPart(Given):
    """A part of one, 0 to 1, with its source."""

    value: Part


class GivenAmount(Given):
    """A number of 0 or more, with its source."""

    value: NotBelow


class GivenSize(Given):
    """A number above 0, with its source."""

    value: Positive


class PromisedEffect(GivenSize):
    """The improvement that is promised.

    Parameters
    ----------
    scale
        "difference": in points, units, or events per person; "relative": as a part of the baseline.
    """

    scale: Literal["difference", "relative"] = "difference"


class Concurrent(Frozen):
    """People like those helped, over the same time, without the service.

    Parameters
    ----------
    kind
        "concurrent".
    controls_per_case
        People compared, for each one helped.
    """

    kind: Literal["concurrent"]
    controls_per_case: Positive


class Known(Frozen):
    """A baseline fixed in the agreement.

    Parameters
    ----------
    kind
        "known".
    drift_sd
        How far rates move by themselves between baseline and result: a standard deviation, in the
        scale of the result; from past changes of the same rate in comparable places.
    drift_mean
        The improvement expected by itself over that time; none if not given.
    """

    kind: Literal["known"]
    drift_sd: GivenAmount
    drift_mean: Given | None = None


class Historic(Frozen):
    """Earlier people, before the service.

    Parameters
    ----------
    kind
        "historic".
    people
        How many the baseline was counted in.
    drift_sd, drift_mean
        As of a known baseline.
    """

    kind: Literal["historic"]
    people: int = Field(ge=1)
    drift_sd: GivenAmount
    drift_mean: Given | None = None


class BeforeAndAfter(Frozen):
    """Change among those helped less change among others: difference in differences.

    Parameters
    ----------
    kind
        "difference_in_differences".
    people_before
        People counted before, where the service is.
    controls_per_case, controls_before
        People compared for each one helped; people compared before.
    drift_sd
        How far the two would part by themselves: a standard deviation, in the scale of the result.
    drift_mean
        By how much those helped would gain on the others by themselves; nothing if not given.
    correlation
        Of each person's measure with the same person's before; other people if not given.
    """

    kind: Literal["difference_in_differences"]
    people_before: int = Field(ge=1)
    controls_per_case: Positive
    controls_before: int = Field(ge=1)
    drift_sd: GivenAmount
    drift_mean: Given | None = None
    correlation: GivenPart | None = None


Comparator = Annotated[Concurrent | Known | Historic | BeforeAndAfter, Field(discriminator="kind")]


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
    """What one outcome is worth to the payer, in pounds.

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
    power: Part = 0.8
    significance: Part = 0.05


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
        Pounds that whoever bears the risk has spent and loses unless paid.
    price_base
        The year in whose prices every amount stands, or "cash".
    accepts
        What the parties can live with.
    effects
        True effects to show, in the scale of the result; from harm to all that is promised if not
        given.
    selection, implied
        Two checks of what would have happened anyway.
    rule
        Payment rules, each with its kind; the first is the one in question.
    """

    title: Words
    outcome: Outcome
    unit: Words
    better: Literal["lower", "higher"]
    people: int = Field(ge=2)
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
    if odds.clusters is not None and odds.clusters.size.value < 1:
        yield ("clusters", "size"), (f"{odds.clusters.size.value:g} is below 1.", "One is alone.")
    if odds.missing is not None and odds.missing.value >= 1:
        yield ("missing",), ("leaves nobody whose outcome is known.", "Give a part below 1.")
    if not odds.rule:
        yield ("rule",), ("is missing.", 'Add [[odds.rule]] with kind = "point_threshold" or so.')
    if odds.selection is not None and odds.selection.shifts_estimate and odds.outcome != "mean":
        yield (
            ("selection", "shifts_estimate"),
            (f"is for a mean, not for {odds.outcome}.", "Give the drift itself as drift_mean."),
        )


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
        for loc, effect in (("promised", odds.effect), *(("effects", e) for e in odds.effects)):
            if _impossible(odds, effect):
                much = f"{base:g} made better by {effect:g} is {reached(odds, effect):g}"
                yield (loc,), (f"cannot be: {much}.", "Check its scale: five points are 0.05.")


def reached(odds: Odds, effect: float) -> float:
    """Return the rate among those helped if the service has this effect."""
    sign = -1.0 if odds.better == "lower" else 1.0
    base = odds.baseline.value
    return base * (1 + sign * effect) if odds.outcome == "events" else base + sign * effect


def _impossible(odds: Odds, effect: float) -> bool:
    rate = reached(odds, effect)
    if odds.outcome == "mean":
        return False
    return (
        rate < 0
        or (odds.outcome == "share" and rate > 1)
        or (odds.outcome == "events" and rate == 0)
    )
