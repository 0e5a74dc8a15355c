"""`ReturnRule`: a published check of a statutory return, by its number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReturnRule:
    """One rule that the publisher holds a return against.

    Parameters
    ----------
    fields, tables
        What it looks at, in the publisher's names.
    first
        End year of the first rule set read that has it; the oldest read is that of 2022-23.
    changed
        End years of later rule sets that state it anew.
    """

    number: str
    fields: tuple[str, ...]
    tables: tuple[str, ...]
    first: int
    changed: tuple[int, ...] = ()
