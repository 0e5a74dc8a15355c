"""What is amiss in a statutory return: a finding with its rule, its child and what it may move."""

from dataclasses import dataclass

from headwater.core.finding import Finding


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach of a rule.

    Parameters
    ----------
    number
        The publisher's number of the rule, "501"; or what the shape of the return asks for:
        "date", "code", "blank", "number", "column", "file", "year".
    child
        The child's local identifier; "" where it is of no one child.
    days
        Care days that it may move, at most.
    """

    number: str
    finding: Finding
    child: str = ""
    days: int = 0
