"""The evidence sorted by what it found: nulls and harms stand as large as the rest."""

from dataclasses import dataclass

FOUND = (
    ("favours control", "Found harm, or favoured the comparison group"),
    ("no detectable effect", "Found no detectable effect"),
    ("favours programme", "Favoured the programme"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of finding and the lines that report it."""

    name: str
    lines: tuple[str, ...]


def evidence(lines: tuple[str, ...]) -> tuple[Finding, ...]:
    """Sort lines that begin with a direction; those that fit none come under their own name."""
    found = [
        Finding(name, tuple(_rest(line) for line in lines if line.startswith(f"{direction}:")))
        for direction, name in FOUND
    ]
    known = tuple(f"{direction}:" for direction, _ in FOUND)
    other = tuple(line for line in lines if not line.startswith(known))
    return (*found, Finding("Unclear or not stated", other)) if other else tuple(found)


def _rest(line: str) -> str:
    words = line.partition(": ")[2]
    return words[:1].upper() + words[1:]
