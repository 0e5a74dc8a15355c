"""Units in words: one day, two days."""

IRREGULAR = {"child": "children", "person": "people", "woman": "women", "man": "men"}
ALIKE = {"cent", "GBP", "EUR", "USD"}
"""Last words of units that are the same for one and for several."""


def several(unit: str) -> str:
    """Return a unit as it is called of several: "children", "families", "percentage points"."""
    rest, blank, word = unit.rpartition(" ")
    if not word.isalpha() or word in ALIKE or word.endswith("s"):
        return unit
    if word in IRREGULAR:
        many = IRREGULAR[word]
    elif word.endswith("y") and word[-2:-1] not in set("aeiou"):
        many = f"{word[:-1]}ies"
    else:
        many = f"{word}es" if word.endswith(("x", "ch", "sh")) else f"{word}s"
    return f"{rest}{blank}{many}"


def units_said(number: str, unit: str) -> str:
    """Return a written number with its unit: "1 day", "82 days", "0.5 days"."""
    return f"{number} {unit if number in {'1', '−1'} else several(unit)}".rstrip()
