"""Every worked agreement by hand, against the engine: a mechanism is used, not only named."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from headwater.contracts.agreement import Contract
from headwater.contracts.check_agreement import agreement_faults
from headwater.contracts.settle import settle
from headwater.workflows.contracts.published import Row
from headwater.workflows.contracts.tally_of import tally_of

FILES = sorted((Path(__file__).parent / "contracts").glob("*.toml"))
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


def read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def examples() -> list:
    return [
        pytest.param(path, example, id=f"{path.stem}: {example['name']}")
        for path in FILES
        for example in read(path)["example"]
    ]


def agreement(path: Path) -> Contract:
    written = {"id": path.stem, "name": path.stem, **PARTIES, **read(path)["agreement"]}
    made = Contract.model_validate(written)
    assert list(agreement_faults(made)) == []
    return made


@pytest.mark.parametrize(("path", "example"), examples())
def test_what_is_due_is_what_a_hand_works_out(path: Path, example: dict) -> None:
    contract = agreement(path)
    rows = tuple(Row.model_validate(row) for row in example["claims"])
    settled = settle(contract, tally_of(contract, rows), with_lines=True)
    due = {
        str(period.last_day): int(pence)
        for period, pence in zip(settled.periods, settled.total[0], strict=True)
        if pence
    }
    assert settled.unknown == {}
    assert due == example["due"]
    assert settled.total.sum() == example["total"]
    lines = sum(int(line.pence.sum()) for line in settled.lines)
    assert lines == example["total"], "the lines of all terms add to what is due"
