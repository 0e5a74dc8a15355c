# ruff: noqa: E501 - messages stand whole
"""A lender's terms that nobody published stay a gap: nothing is shared out past it."""

import pytest

from headwater.core.errors import InputError
from headwater.workflows.agreements import read_agreement, shipped_contracts
from headwater.workflows.waterfall.answer import waterfall_answer


def refused(name: str, text: str = "", folder=None) -> str:
    if text:
        (folder / name).write_text(text, encoding="utf-8")
        name = str(folder / name)
    with pytest.raises(InputError) as error:
        waterfall_answer(read_agreement(name))
    return str(error.value)


def test_a_rate_that_is_not_published_is_named_with_what_to_do() -> None:
    message = refused("roca_ma").splitlines()
    assert message == [
        "roca_ma.toml, instrument.1.yearly ('junior_loans'): is not published: what its owner gets cannot be worked out. Put a number of your own there, in a copy of the file.",
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('"unknown"', "'unknown'"),
        ("1.2", "must not be above 1"),
        ("-0.1", "must not be below 0"),
    ],
)
def test_a_rate_is_a_share_or_said_not_to_be_published(given, said, tmp_path) -> None:
    text = shipped_contracts()["roca_ma"].read_text("utf-8")
    assert said in refused("r.toml", text.replace("yearly = 0.05", f"yearly = {given}"), tmp_path)
