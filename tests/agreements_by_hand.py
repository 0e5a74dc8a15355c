"""Agreements worked by hand: the files of `spec/contracts`, read as agreements."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from headwater.contracts.agreement import Contract
from headwater.contracts.check_agreement import agreement_faults

FILES = sorted((Path(__file__).parent / "spec/contracts").glob("*.toml"))
PARTIES = {
    "agreement": "contract",
    "currency": "GBP",
    "payee": "provider",
    "party": [
        {"id": "council", "name": "Council", "role": "outcome_payer"},
        {"id": "provider", "name": "Provider", "role": "provider"},
    ],
    "payer": [{"party": "council", "share": 1}],
}


def read(path: Path) -> dict[str, Any]:
    """Return a file's plain values, decimals as they are written."""
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def agreement(path: Path) -> Contract:
    """Return a file's agreement, between a council and a provider if it names no others."""
    written = {"id": path.stem, "name": path.stem, **PARTIES, **read(path)["agreement"]}
    made = Contract.model_validate(written)
    assert list(agreement_faults(made)) == []
    return made
