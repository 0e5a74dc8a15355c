"""Placements: who provides each, its number at Ofsted and its address, all made up."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from headwater.core.arrays import IntArray
from headwater.core.layout import ReturnYear
from headwater.synthesis.care_rates import PROVIDERS
from headwater.synthesis.days import day_of
from headwater.synthesis.draws import Words, pick

if TYPE_CHECKING:
    from headwater.synthesis.lives import CareRows

INDEPENDENT_UNTIL = day_of(ReturnYear(2024).first_day) + 210
"""27 October 2023: the last day of independent living (P2), by rule 217t."""
NEEDS_NUMBER = ("A3", "A4", "A5", "A6", "K1", "K2", "R3", "S1", "U1", "U2", "U3", "U4", "U5", "U6")
"""Placements that have a number at Ofsted, by rule 218; supported accommodation from 28 October
2023 on."""
INWARD = np.array(list("ABDEFGHJLNPQRSTUWXYZ"))
"""Letters that end a postcode."""


@dataclass(frozen=True, slots=True)
class Homes:
    """Placements; every array is (home,).

    Parameters
    ----------
    urn
        Its number at Ofsted, made up; "" where it needs none.
    other
        Which code it has from 2025-26 on, were it one of the other placements (Z1 before).
    """

    provider: Words
    postcode: Words
    urn: Words
    other: Words


def make_homes(rng: np.random.Generator, care: "CareRows") -> tuple["CareRows", Homes]:
    """Return episodes with homes numbered from 0, and the homes.

    Independent living that lasts beyond its last day becomes supported accommodation throughout.
    """
    late = (care.place == "P2") & (care.stop > INDEPENDENT_UNTIL)
    place = np.where((care.place == "P2") & np.isin(care.home, care.home[late]), "H", care.place)
    _, first, home = np.unique(care.home, return_index=True, return_inverse=True)
    kind = place[first]
    last_day = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(last_day, home, care.stop)
    supported = (kind == "H") & (last_day > INDEPENDENT_UNTIL)
    n = len(first)
    number = rng.integers(0, 10**5, n)
    urn = np.char.add("SC", (900_000 + number).astype("U6"))
    homes = Homes(
        provider=_providers(rng, kind),
        postcode=postcodes(2 * rng.permutation(n)),
        urn=np.where(np.isin(kind, NEEDS_NUMBER) | supported, urn, ""),
        other=pick(rng, ("Z11", "Z12", "Z13", "Z14"), (0.4, 0.2, 0.2, 0.2), n),
    )
    return replace(care, place=place, home=home.astype(np.int64)), homes


def _providers(rng: np.random.Generator, kind: Words) -> Words:
    provider = np.full(len(kind), "   ")
    for prefix in sorted(PROVIDERS, key=len):
        at = np.char.startswith(kind, prefix)
        shares = PROVIDERS[prefix]
        provider[at] = pick(rng, list(shares), list(shares.values()), int(at.sum()))
    provider = np.where(np.char.startswith(kind, "A"), "PR1", provider)
    provider = np.where(kind == "P1", "PR0", provider)
    return np.where(np.isin(kind, ("T0", "T1", "T2", "T3", "Z")), "", provider)


def postcodes(number: IntArray) -> Words:
    """Return postcodes of the right form in the area ZZ, which does not exist.

    Families have odd numbers and placements even ones, so that no placement is at home.
    """
    letters = len(INWARD)
    area = np.char.add("ZZ", (1 + number // (10 * letters**2) % 99).astype("U9"))
    sector = (number // letters**2 % 10).astype("U9")
    unit = np.char.add(INWARD[number // letters % letters], INWARD[number % letters])
    return np.char.add(np.char.add(np.char.add(area, " "), sector), unit)
