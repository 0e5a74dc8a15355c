"""A contract with two payers, deadweight, a threshold, a cap, a variation and a correction.

It is the one of `docs/how-to/write-a-contract.md`, where every amount is worked out by hand.
"""

import re
from datetime import date
from pathlib import Path

from headwater.workflows.agreements import read_agreement
from headwater.workflows.settle.answer import settle_claims

GUIDE = Path(__file__).parents[1] / "docs/how-to/write-a-contract.md"
BLOCK = re.compile(r"^```(?:toml|text)\n# ([\w.-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = {match[1]: match[2] for match in BLOCK.finditer(GUIDE.read_text(encoding="utf-8"))}
PARTS = ("children-at-home", "anyway", "enough", "most", "rules", "variation")
AGREEMENT = "\n".join(FILES[f"{part}.toml"] for part in PARTS)
CLAIMS = FILES["claims-2.csv"]
DUE = 1_556_400
"""Pence, by hand."""


def settled(folder: Path, *, agreement=AGREEMENT, claims=CLAIMS, ledger: bool = False, cohort=None):
    """Return the sample, settled to March 2025, and its statement."""
    (folder / "agreement.toml").write_text(agreement, encoding="utf-8")
    (folder / "claims.csv").write_text(claims, encoding="utf-8")
    return settle_claims(
        read_agreement(str(folder / "agreement.toml")),
        folder / "claims.csv",
        until=date(2025, 3, 31),
        leave_out=True,
        cohort=cohort,
        ledger=folder / "ledger.db" if ledger else None,
    )
