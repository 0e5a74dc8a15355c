"""`Check`: a published figure beside the model's, and in plain words why they part."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Check:
    """One published figure beside the model's, whether or not the model was fitted to it.

    Parameters
    ----------
    period
        The time that the published figure is of.
    within
        How far the two may stand apart and still be said to agree, in `unit`: the publisher's
        rounding or own range; for what is fitted, how closely the fit closes.
    fitted
        Whether the model was fitted to the figure or made from it.
    reason
        Why they part, in plain words; may be empty only where they agree.
    basis
        Whether `published` was read as it stands or worked out from published figures.
    like_for_like
        The published figure as nearly as it can be had of the children and spending that the model
        holds, where that is not the figure itself; `like_for_like_is` says how.

    Raises
    ------
    ValueError
        If they part and no reason is given: our mistake, not a user's error.
    """

    name: str
    unit: str
    period: str
    published: float
    modelled: float
    within: float
    fitted: bool
    sources: tuple[str, ...]
    reason: str = ""
    basis: Literal["published", "computed"] = "published"
    like_for_like: float | None = None
    like_for_like_is: str = ""

    def __post_init__(self) -> None:
        """Refuse figures that part in silence."""
        for fault, found in (
            ("they part, but not why", not self.agrees and not self.reason),
            ("no source", not self.sources),
            (
                "like for like, but not how",
                (self.like_for_like is None) != (not self.like_for_like_is),
            ),
        ):
            if found:
                msg = f"{fault}: {self}"
                raise ValueError(msg)

    @property
    def agrees(self) -> bool:
        """Whether model and published figure stand as near as is stated."""
        return abs(self.modelled - self.published) <= self.within

    @property
    def apart(self) -> float:
        """How far the model stands from the published figure, as a share of it."""
        return self.modelled / self.published - 1.0
