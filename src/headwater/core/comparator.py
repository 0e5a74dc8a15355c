"""What a result is compared with: people at the same time, a baseline, earlier people, or both."""

from typing import Annotated, Literal

from pydantic import Field

from headwater.core.given import Given, GivenAmount, GivenPart, Positive
from headwater.core.model import Frozen


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
