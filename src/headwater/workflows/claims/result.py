"""Claims made from records."""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class TimeLine:
    """One row of the records on a member.

    Parameters
    ----------
    state
        What the member was in: looked after, on a plan, in need, missing.
    first_day, until
        From the first day until before the other; "" where it had not ended.
    words
        What the row says, its codes with their labels.
    where
        The file and the row.
    """

    state: str
    first_day: str
    until: str
    words: str
    where: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim.

    Parameters
    ----------
    claim
        Its name: the same records give the same.
    metric, who
        What, and of whom: an opaque key.
    first_day, last_day
        The time it is of, last day included.
    units
        What was counted.
    verdict
        "verified" where the records prove it; "disputed" where a row that it rests on is wrong;
        "claimed" where no return names the key.
    why
        The reason for any verdict but verified.
    evidence
        The files and rows that it rests on.
    proof
        Each of them, "file, row".
    timeline
        All that the records say of the member, from a year before the start on.
    """

    claim: str
    metric: str
    who: str
    first_day: str
    last_day: str
    units: Figure
    verdict: str
    why: str
    evidence: str
    proof: tuple[str, ...]
    timeline: tuple[TimeLine, ...]


@dataclass(frozen=True, slots=True)
class UnclaimedLine:
    """What is not claimed.

    Parameters
    ----------
    metric, who
        What, and of whom.
    first_day, last_day
        The time it is of.
    why
        Nothing was counted; or the records cannot tell, and why.
    """

    metric: str
    who: str
    first_day: str
    last_day: str
    why: str


@dataclass(frozen=True, slots=True)
class MadeClaims:
    """Every claim that the returns give, and what they do not.

    Parameters
    ----------
    agreement, name
        The agreement's id and name.
    hash, cohort_hash
        SHA-256 of the agreement and of the list.
    years
        Years of the returns read.
    until
        The last day claimed for.
    claims, unclaimed
        What is claimed, and what is not.
    not_counted
        Metrics of the agreement that no return is said to count.
    files
        SHA-256 of each file read.
    """

    agreement: str
    name: str
    hash: str
    cohort_hash: str
    years: tuple[str, ...]
    until: str
    claims: tuple[ClaimLine, ...]
    unclaimed: tuple[UnclaimedLine, ...]
    not_counted: tuple[str, ...]
    files: dict[str, str]
