"""What becomes of the claims: paid, not counted and why, held, left out."""

from collections.abc import Sequence

import numpy as np

from headwater.contracts.accepted import COUNTS, STATES
from headwater.contracts.periods import of_day
from headwater.core.claims import NO_DAY, UNIT_PLACES, VERDICTS
from headwater.core.exact import decimal
from headwater.reporting.account import Account, Cell
from headwater.workflows.settle.answer import Worked
from headwater.workflows.settle.result import Statement

WHY = {
    "counts": "verified, in time and once: what is due is worked out from these",
    "not counted: claimed": "held: nobody has verified it yet",
    "not counted: rejected": "the verifier has refused it",
    "not counted: disputed": "held until the dispute is settled",
    "not counted: withdrawn": "taken back by whoever made it",
    "not counted: late": "made later than the agreement allows",
    "not counted: no evidence": "the agreement wants evidence, and none is named",
    "not counted: replaced by a correction": "another claim says it again, corrected",
    "not counted: a copy": "the same claim stands in a later row",
    "not counted: the same outcome again": "the outcome is paid for under another claim",
    "stopped": "left out: it cannot be used until it is mended",
}
"""What each state means to whoever made the claim."""
MOST_FINDINGS = 100
"""Findings that a page shows."""


def states_table(worked: Worked, said: Statement) -> Account:
    """Return how many claims there are of each fate."""
    rows: list[tuple[Cell, ...]] = [
        (
            state.state.replace("stopped", "left out"),
            state.claims,
            WHY[state.state],
        )
        for state in said.claims
    ]
    later = _later(worked)
    note = f"{later:,} of those that count are settled in a later period." if later else ""
    return Account(
        "claims",
        "What becomes of the claims",
        ("of the claims", "how many", "why"),
        rows,
        note=note,
    )


def _later(worked: Worked) -> int:
    """Return how many claims count and lie after the last period settled."""
    return int((worked.accepted.state == COUNTS).sum()) - len(worked.settled.outcomes.source)


def findings_table(worked: Worked) -> Account:
    """Return what was found in the file: what stops a row first."""
    found = sorted(worked.findings, key=lambda one: (not one.stops, int(one.row or 0)))
    rows: list[tuple[Cell, ...]] = [
        (
            f"row {one.row}" if one.row else "the file",
            f"{one.column} {one.value}".strip(),
            f"{one.rule} {one.remedy}".strip(),
            "left out" if one.stops else "a note",
        )
        for one in found
    ]
    names = ("where", "what stands there", "what was found", "so it is")
    return Account("findings", "What was found in the file", names, rows, most=MOST_FINDINGS)


def claims_table(worked: Worked) -> Account:
    """Return every claim that could be read, and what becomes of it."""
    claims, state = worked.accepted.claims, worked.accepted.state
    periods = _periods(worked)
    why = {int(one.row or 0): one.rule for one in worked.findings}
    rows: list[tuple[Cell, ...]] = [
        (
            str(claims.claim[i]),
            f"{claims.row[i]:,}",
            claims.metric.word(i),
            claims.who.word(i),
            claims.cohort.word(i),
            claims.group.word(i),
            _day(claims.first_day[i]),
            _day(claims.last_day[i]),
            decimal(int(claims.units[i]), UNIT_PLACES),
            VERDICTS[claims.verdict[i]],
            str(claims.evidence[i]),
            claims.corrects.word(i),
            STATES[state[i]].replace("stopped", "left out"),
            periods[i] if state[i] == COUNTS else "",
            why.get(int(claims.row[i]), "") if state[i] != COUNTS else "",
        )
        for i in range(len(claims))
    ]
    names = (
        "claim",
        "row of the file",
        "metric",
        "who",
        "cohort",
        "group",
        "first day",
        "last day",
        "units",
        "verdict",
        "evidence",
        "corrects",
        "what becomes of it",
        "settled in",
        "why",
    )
    return Account("every-claim", "Every claim, and what becomes of it", names, rows)


def _periods(worked: Worked) -> Sequence[str]:
    """Return in which period each claim is settled."""
    outcomes, periods = worked.settled.outcomes, worked.settled.periods
    found = ["a later period"] * len(worked.accepted.claims)
    ends = np.array([(p.last_day.toordinal() - of_day(0).toordinal()) for p in periods])
    places = np.searchsorted(ends, outcomes.counted_on, side="left")
    for at, period in zip(outcomes.source.tolist(), places.tolist(), strict=True):
        found[at] = str(periods[period])
    return found


def _day(number: int) -> str:
    return "" if number == NO_DAY else str(of_day(int(number)))
