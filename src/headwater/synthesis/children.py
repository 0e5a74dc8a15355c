"""Who the made-up children are: families, births, sexes, opaque keys, pupil numbers."""

from dataclasses import dataclass

import numpy as np

from headwater.core.arrays import BoolArray, IntArray
from headwater.synthesis.days import MARCH_31, birthday, day_of_year
from headwater.synthesis.draws import Words, pick

LETTERS = np.array(list("BCDFGHJKLMNPQRSTVWXZ"))
"""Letters of keys: no vowels, so that no word comes out."""
KEY_LENGTH = 8
FAMILY = (0.45, 0.32, 0.16, 0.07)
"""Share of families with one to four children known: assumed."""
APART = (500, 1500)
"""Days between siblings, from and to: assumed."""
INFANTS = 0.12
"""Share of first referrals under one year old, the rest being of any age to 17: assumed."""
BOYS = 0.52
"""Share of boys: assumed."""
UASC_BOYS = 0.93
"""Share of boys among unaccompanied children: assumed."""
ETHNIC = {
    "WBRI": 0.70,
    "WOTH": 0.05,
    "WROM": 0.01,
    "MWBC": 0.03,
    "MWBA": 0.02,
    "MWAS": 0.02,
    "MOTH": 0.03,
    "AIND": 0.01,
    "APKN": 0.02,
    "AOTH": 0.02,
    "BCRB": 0.02,
    "BAFR": 0.04,
    "OOTH": 0.02,
    "NOBT": 0.01,
}
UASC_ETHNIC = {"OOTH": 0.45, "AOTH": 0.25, "BAFR": 0.25, "WOTH": 0.05}
NEEDS = {"N1": 0.57, "N2": 0.08, "N3": 0.03, "N4": 0.09, "N5": 0.15, "N6": 0.04, "N7": 0.01}
"""Shares of categories of need (N8, absent parenting, is for unaccompanied children): assumed."""
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters of a pupil number, by remainder; formats rule 1510 of the CIN census."""
UNKNOWN_UPN = 0.03
"""Share of children at school whose number is not known: assumed."""


@dataclass(frozen=True, slots=True)
class Made:
    """Made-up children; every array is (child,).

    Parameters
    ----------
    born, referred
        Days since 1 January 1970; `referred` is that of the first referral.
    asylum
        Whether unaccompanied and seeking asylum.
    risk
        How likely the child is to enter care, beside the average child: what nobody records.
    """

    key: Words
    family: IntArray
    born: IntArray
    sex: Words
    ethnic: Words
    need: Words
    upn: Words
    asylum: BoolArray
    referred: IntArray
    risk: IntArray

    def __len__(self) -> int:
        """Return how many children there are."""
        return len(self.key)

    def kept(self, rows: IntArray) -> "Made":
        """Return some of the children."""
        fields = (getattr(self, name)[rows] for name in self.__slots__)
        return Made(*fields)


def make_children(
    rng: np.random.Generator, n: int, *, first: int, last: int, asylum: float, number: str
) -> Made:
    """Return n children, first referred between two days, family by family.

    Parameters
    ----------
    asylum
        Share who are unaccompanied.
    number
        The authority's number, which stands in pupil numbers.
    """
    sizes = 1 + rng.choice(len(FAMILY), size=n, p=FAMILY)
    family = np.repeat(np.arange(n), sizes)[:n]
    place = np.arange(n) - np.searchsorted(family, family)
    referred = (first + rng.random(n) * (last - first))[family].astype(np.int64)
    alone = rng.random(n)[family] < asylum
    alone &= place == 0
    born = _births(rng, family, place, referred)
    born = np.where(alone, referred - (365.25 * (15 + 2.4 * rng.random(n))).astype(int), born)
    born += day_of_year(born) == MARCH_31
    sex = np.where(rng.random(n) < np.where(alone, UASC_BOYS, BOYS), "M", "F")
    ethnic = pick(rng, list(ETHNIC), list(ETHNIC.values()), n)
    theirs = pick(rng, list(UASC_ETHNIC), list(UASC_ETHNIC.values()), n)
    need = pick(rng, list(NEEDS), list(NEEDS.values()), n)
    return Made(
        key=keys(rng, n),
        family=family,
        born=born,
        sex=sex,
        ethnic=np.where(alone, theirs, ethnic),
        need=np.where(alone, "N8", need),
        upn=pupil_numbers(rng, n, number, alone),
        asylum=alone,
        referred=referred,
        risk=(100 * rng.gamma(2.0, 0.5, n)).astype(np.int64),
    )


def _births(
    rng: np.random.Generator, family: IntArray, place: IntArray, referred: IntArray
) -> IntArray:
    """Return births: the eldest's age is drawn, the others follow; none is born after referral."""
    n = len(family)
    infant = rng.random(n) < INFANTS
    age = np.where(infant, 365 * rng.random(n), 365 + 16.5 * 365.25 * rng.random(n))[family]
    gaps = rng.uniform(*APART, n) * place
    young = 20 + 340 * rng.random(n)
    return (referred - np.where(age - gaps < 0, young, age - gaps)).astype(np.int64)


def keys(rng: np.random.Generator, n: int) -> Words:
    """Return n different opaque keys of eight consonants: no digit, so that no sheet reads one."""
    base = len(LETTERS)
    drawn = np.unique(rng.integers(0, base**KEY_LENGTH, size=n + n // 50 + 20))
    number = rng.permutation(drawn)[:n]
    digits = number[:, None] // base ** np.arange(KEY_LENGTH) % base
    return np.ascontiguousarray(LETTERS[digits]).view(f"U{KEY_LENGTH}").reshape(-1)


def pupil_numbers(rng: np.random.Generator, n: int, number: str, alone: BoolArray) -> Words:
    """Return different pupil numbers with a right check letter, or codes for an unknown one."""
    lea = [int(digit) for digit in f"{int(number or 0):03d}"]
    serial = rng.permutation(10**7)[:n] if n <= 10**7 else np.arange(n)
    rest = serial[:, None] // 10 ** np.arange(8, -1, -1) % 10
    digits = np.hstack([np.tile(lea, (n, 1)), rest])
    remainder = (digits * np.arange(2, 14)).sum(axis=1) % 23
    letters = np.array(list(UPN_LETTERS))[remainder]
    body = np.ascontiguousarray(digits.astype("U1")).view("U12").reshape(-1)
    whole = np.char.add(letters, body)
    return np.where(alone | (rng.random(n) < UNKNOWN_UPN), "UN5", whole)


def of_age(children: Made, who: IntArray, years: int) -> IntArray:
    """Return the day on which children reach an age."""
    return birthday(children.born[who], years)
