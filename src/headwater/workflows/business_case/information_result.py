"""What the value of information says: every number a `Figure`, every block a frozen row type."""

from dataclasses import dataclass

from headwater.core.figure import Figure

LEAST = 0.5
"""Pounds below which knowing something is worth nothing worth showing."""


@dataclass(frozen=True, slots=True)
class ShareLine:
    """The decision, and what knowing every input would be worth, at one cashable share."""

    for_whom: str
    """the council, or all public budgets"""
    share: Figure
    """share of average costs taken to fall away"""
    now: str
    """the better bet on what is known today: buy, do not buy, or breaks even"""
    net: Figure
    """net present value of buying for this cohort"""
    here: Figure
    """value of knowing every input, for this cohort"""
    england: Figure
    """the same for a year's children in England"""


@dataclass(frozen=True, slots=True)
class InputLine:
    """What knowing one input, or a group of them, would be worth; those worth nothing left out."""

    for_whom: str
    """the council, or all public budgets"""
    input: str
    """the input, or "all" and the group"""
    kind: str
    """the group it belongs to"""
    closest: Figure
    """for this cohort, at the share at which knowing everything is worth most"""
    england: Figure
    """the same for a year's children in England"""
    whole: Figure
    """for this cohort, if every pound of average costs falls away"""
    by_share: tuple[Figure, ...]
    """for this cohort, at each share in the order of `shares`"""


@dataclass(frozen=True, slots=True)
class PilotLine:
    """What a pilot would be worth at one cashable share, and what to do."""

    for_whom: str
    """the council, or all public budgets"""
    share: Figure
    """share of average costs taken to fall away"""
    year_here: Figure
    """value of its result for a year of children like this cohort's, before its cost"""
    net_here: Figure
    """value of testing first against deciding now: less its cost and what waiting forgoes"""
    pays_from_here: Figure
    """years of such children from which testing first is worth more than deciding now"""
    advice_here: str
    """what to do with this cohort"""
    year_england: Figure
    """value of its result for a year's children in England, before its cost"""
    net_england: Figure
    """value of testing first in England against deciding now"""
    pays_from_england: Figure
    """years of England's children from which testing first is worth more than deciding now"""
    advice_england: str
    """what to do in England"""

    @property
    def tells(self) -> bool:
        """Whether its result is worth anything at this share, here or in England."""
        return max(self.year_here.value or 0.0, self.year_england.value or 0.0) >= LEAST


@dataclass(frozen=True, slots=True)
class PilotAnswer:
    """What a pilot, run as a trial, would tell and be worth."""

    families: Figure
    """in both arms together"""
    cost: Figure
    """what it costs"""
    delay: Figure
    """months until its result is acted on"""
    years: Figure
    """years of children that the decision is for"""
    effect_resolved: Figure
    """share of the variance of the effect that its result resolves"""
    risk_resolved: Figure
    """share of the variance of the risk without the programme that its control arm resolves"""
    lines: tuple[PilotLine, ...]
    """by budget and share"""
    rule_of_thumb: str
    """when testing first is right, in words"""
    cautions: tuple[str, ...]
    """where the pilot, as it was asked about, can hardly tell, or is hardly what it says"""


@dataclass(frozen=True, slots=True)
class Information:
    """What it would be worth to know more before deciding."""

    verdict: tuple[str, ...]
    """what to do over the cashable share, and whether the pilot pays: a line a budget"""
    in_words: tuple[str, ...]
    eligible: Figure
    """children a year in England at the cohort's level of need and ages"""
    luck: Figure
    """share of the variance of the net present value that no input explains: chance in children"""
    shares: tuple[ShareLine, ...]
    """by budget and cashable share"""
    inputs: tuple[InputLine, ...]
    """by budget, worth most first"""
    pilot: PilotAnswer | None
    """what a pilot would be worth; null if none was asked of"""
