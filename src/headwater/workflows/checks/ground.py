"""What every check starts from: a pathway, the published facts, and an expected life in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from headwater.catalogue.files import read_json
from headwater.catalogue.pathway import Vintage, file_of, national, national_facts
from headwater.core.arrays import FloatArray
from headwater.core.check import Check
from headwater.core.pathway import YEAR, National, Pathway
from headwater.pathways.expected import Expected, course
from headwater.pathways.fit import AGES, Facts, as_published, by_band, newborn, published_targets

ENTER_CARE = (3, 6, 8, 12)
LEAVE_CARE = (9, 10, 11)
"""Moves into care and out of it, in the order of the national pathway."""
WHOLE = 0.5
"""Half of a published whole per cent."""
TENTH = 0.05
"""Half of a tenth of a per cent."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A pathway and the facts it is held against.

    Parameters
    ----------
    entries
        The facts as shipped: value, unit, source, period.
    life
        The expected course of one newborn.
    births
        Children born a year in the steady state.
    """

    national: National
    facts: Facts
    entries: Mapping[str, Mapping[str, Any]]
    targets: Mapping[str, FloatArray]
    life: Expected
    births: float

    @classmethod
    def of(
        cls,
        vintage: Vintage,
        *,
        nation: National | None = None,
        facts: Facts | None = None,
    ) -> "Ground":
        """Return the ground of a vintage; of another fit to it, or of other facts, where given."""
        nation, facts = nation or national(vintage), facts or national_facts(vintage)
        return cls(
            national=nation,
            facts=facts,
            entries=read_json(file_of("england", vintage)),
            targets=published_targets(facts),
            life=course(nation.pathway, newborn(nation.pathway), horizon=18 * YEAR),
            births=float(facts["population"][0]) / 18,
        )

    @property
    def pathway(self) -> Pathway:
        """The national pathway."""
        return self.national.pathway

    @property
    def stocks(self) -> FloatArray:
        """Children by state and published band of age, array (state, band)."""
        return self.births * as_published(self.life.days_by(AGES)) / YEAR

    @property
    def flows(self) -> FloatArray:
        """Moves a year by published band of age, array (transition, band)."""
        return self.births * as_published(by_band(self.life))

    def value(self, name: str) -> float:
        """Return a fact of one number, or the sum of one by age."""
        return float(np.sum(self.facts[name]))

    def check(  # noqa: PLR0913 - what a check says, by name
        self,
        name: str,
        unit: str,
        *,
        rests_on: tuple[str, ...],
        published: float,
        modelled: float,
        within: float,
        fitted: bool = False,
        reason: str = "",
        basis: Literal["published", "computed"] = "published",
        like_for_like: tuple[float, str] | None = None,
    ) -> Check:
        """Return a check; its time and sources are those of the facts it rests on, first first."""
        near, how = like_for_like or (None, "")
        return Check(
            name=name,
            unit=unit,
            period=str(self.entries[rests_on[0]]["period"]),
            published=float(published),
            modelled=float(modelled),
            within=float(within),
            fitted=fitted,
            sources=tuple(dict.fromkeys(str(self.entries[fact]["source"]) for fact in rests_on)),
            reason=reason,
            basis=basis,
            like_for_like=near,
            like_for_like_is=how,
        )
