"""What must be known of a test to say how often luck decides it: the agreement's `[odds]`."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from headwater.core.model import Frozen

Rate = Annotated[float, Field(ge=0.0)]
Number = Annotated[float, Field(strict=False)]


class Comparator(Frozen):
    """What the treated are compared with.

    Parameters
    ----------
    kind
        "concurrent": others at the same time. "historic": others before. "known": a number taken as
        given.
    per_case
        Concurrent: people compared for each one treated.
    people
        Historic: how many the baseline was measured on.
    drift, drift_sd
        By how much the rate without the service is expected to fall by itself, and the standard
        deviation of that; a concurrent comparison is free of it.
    """

    kind: Literal["concurrent", "historic", "known"]
    per_case: Annotated[float, Field(gt=0.0)] = 1.0
    people: int | None = Field(default=None, ge=1)
    drift: Number = 0.0
    drift_sd: Rate = 0.0

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kind == "historic") != (self.people is not None):
            msg = "'people' stands with kind = 'historic', and it needs them"
            raise ValueError(msg)
        return self


class Odds(Frozen):
    """A test of a service, before it is run.

    Parameters
    ----------
    outcome
        "share": of people who have it. "events": a rate for each person, compared as a ratio.
    good
        Whether the service is to lower it ("fall") or raise it ("rise").
    without
        The share, or the events a person, without the service.
    promised
        By how much the service changes it: points of 1 for a share, part of the rate for events.
    people
        Treated.
    cluster_size, icc
        People in a family or a site, and how alike they are (intraclass correlation).
    dispersion
        Variance of a person's events over their mean; 1: Poisson.
    missing
        Share of people whose outcome will not be known.
    trigger
        The estimated change from which the agreement pays.
    worth
        Pounds that one outcome more is worth to the payer.
    flagged, used, evidence_most
        For the implied baseline: how many were said to be at risk, how many had the outcome, and
        the largest part of it that any such service was shown to prevent.
    because
        Where the numbers are from.
    """

    outcome: Literal["share", "events"] = "share"
    good: Literal["fall", "rise"] = "fall"
    without: Rate
    promised: Annotated[float, Field(gt=0.0)]
    people: int = Field(ge=2, le=10_000_000)
    comparator: Comparator
    cluster_size: Annotated[float, Field(ge=1.0)] = 1.0
    icc: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    dispersion: Annotated[float, Field(gt=0.0)] = 1.0
    missing: Annotated[float, Field(ge=0.0, lt=1.0)] = 0.0
    trigger: Number | None = None
    worth: Annotated[float, Field(gt=0.0)] | None = None
    flagged: int | None = Field(default=None, ge=1)
    used: int | None = Field(default=None, ge=0)
    evidence_most: Annotated[float, Field(gt=0.0, le=1.0)] | None = None
    because: str = Field(min_length=1)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.outcome == "share":
            if self.without > 1.0:
                msg = f"without = {self.without:g} is no share: write 44.8% as 0.448"
                raise ValueError(msg)
            reached = self.without + (self.promised if self.good == "rise" else -self.promised)
            if not 0.0 <= reached <= 1.0:
                msg = f"the promise takes the share from {self.without:g} to {reached:g}"
                raise ValueError(msg)
        elif self.good == "fall" and self.promised >= 1.0:
            msg = "promised is the part by which events fall: write 10% as 0.1"
            raise ValueError(msg)
        return self

    @property
    def counted(self) -> float:
        """People whose outcomes count as if each were independent."""
        design = 1.0 + (self.cluster_size - 1.0) * self.icc
        return self.people * (1.0 - self.missing) / design
