"""What a code is in the return of a year: truth has one word, and returns change theirs."""

import numpy as np

from headwater.synthesis.draws import Words

LETTERS_FROM = 2025
"""The first year in which sex is a letter and supported accommodation is K3."""
OTHERS_FROM = 2026
"""The first year in which other placements (Z1) are told apart."""
GUARDIANS_FROM = 2019
"""The first year in which special guardianship is told apart by kin."""


def sex(words: Words, year: int) -> Words:
    """Return M and F, or 1 and 2 before 2024-25."""
    return words if year >= LETTERS_FROM else np.where(words == "M", "1", "2")


def placement(place: Words, other: Words, year: int) -> Words:
    """Return the code of placements in a year."""
    supported = "K3" if year >= LETTERS_FROM else "H5"
    rest = other if year >= OTHERS_FROM else np.full(len(place), "Z1")
    return np.where(place == "H", supported, np.where(place == "Z", rest, place))


def left(rec: Words, place: Words, year: int) -> Words:
    """Return reasons for leaving; before 2018-19 guardianship had two codes, whose words are lost.

    E43 is written for former foster carers and E44 for others: assumed.
    """
    if year >= GUARDIANS_FROM:
        return rec
    guardian = np.isin(rec, ("E45", "E46", "E47", "E48"))
    old = np.where(np.char.startswith(place, "U"), "E43", "E44")
    return np.where(guardian, old, rec)


def urn(number: Words, place: Words, year: int) -> Words:
    """Return numbers at Ofsted; before 2023-24 supported accommodation has none."""
    return np.where((place == "H") & (year < LETTERS_FROM - 1), "", number)
