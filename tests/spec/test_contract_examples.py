"""Every worked agreement by hand, against the engine: a mechanism is used, not only named."""

from pathlib import Path

import pytest

from agreements_by_hand import FILES, agreement, read
from headwater.contracts.settle import settle
from headwater.finance.waterfall import waterfall
from headwater.workflows.contracts.outcomes_of import outcomes_of
from headwater.workflows.contracts.published import Row
from headwater.workflows.waterfall.receipts import deal_of, placed


def examples() -> list:
    return [
        pytest.param(path, example, id=f"{path.stem}: {example['name']}")
        for path in FILES
        for example in read(path)["example"]
    ]


@pytest.mark.parametrize(("path", "example"), examples())
def test_what_is_due_is_what_a_hand_works_out(path: Path, example: dict) -> None:
    contract = agreement(path)
    rows = tuple(Row.model_validate(row) for row in example["claims"])
    settled = settle(contract, outcomes_of(contract, rows), with_lines=True)
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
    if "nets" in example:
        deal = deal_of(contract, path.stem)
        flowed = waterfall(deal, placed(contract, settled, deal.timeline))
        nets = {name: int(flowed.of_instrument(name).sum()) for name in example["nets"]}
        assert nets == example["nets"]
