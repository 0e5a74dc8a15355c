"""The year of a return as people write it."""

import re

from headwater.core.errors import InputError, Problem
from headwater.core.layout import FIRST_YEAR, LAST_YEAR, ReturnYear

WRITTEN = re.compile(r"^(\d{4})\s*(?:-|/|to)\s*(\d{2}|\d{4})$")


def read_year(text: str) -> int | None:
    """Return the end year of "2025-26", "2025/26" or "2025 to 2026"; None for nothing.

    Raises
    ------
    InputError
        If it is a single year, which might be either end, or none that is known.
    """
    if not text.strip():
        return None
    found = WRITTEN.match(text.strip())
    end = int(found.group(1)) + 1 if found else 0
    if not found or end % 100 != int(found.group(2)) % 100:
        raise InputError(
            Problem("--year", f"'{text}' is no year of return.", "Name both its ends: 2025-26.")
        )
    if not FIRST_YEAR <= end <= LAST_YEAR:
        known = f"{ReturnYear(FIRST_YEAR)} to {ReturnYear(LAST_YEAR)}"
        raise InputError(Problem("--year", f"{text} is not known.", f"Known are {known}."))
    return end
