"""The headline results, held: a number that somebody may have quoted does not move unnoticed.

To accept a change: `uv run python tests/functional/test_headlines.py`, and say so in the changelog.
"""

import json
from pathlib import Path

import pytest

from headwater.core.figure import Figure
from headwater.workflows.business_case import BusinessCase, Case, read_case, run_business_case

BASELINE = Path(__file__).parents[1] / "baseline/headlines.json"
DRAWS = 200
FIGURES = 4
"""Significant figures kept: as many as are printed, fewer than another processor rounds."""


def cases() -> dict[str, Case]:
    conference = {
        "place": "norfolk",
        "programme": "family_group_conference",
        "draws": DRAWS,
        "cohort": {"children": 150},
        "delivery": {
            "cost_per_child": {"amount": "2000", "price_base": "2024-25", "source": "baseline"}
        },
    }
    promised = read_case("stronger-families-norfolk").model_copy(update={"draws": DRAWS})
    return {
        "family_group_conference in norfolk": Case.model_validate(conference),
        "stronger-families-norfolk": promised,
    }


def rounded(figure: Figure) -> list[float | None]:
    """Return value, low and high to a few significant figures."""
    return [
        None if number is None else float(f"{number:.{FIGURES}g}")
        for number in (figure.value, figure.low, figure.high)
    ]


def headlines(result: BusinessCase) -> dict[str, list[float | None]]:
    """Return every figure of the first page, the reverse answers and the promise, by name."""
    head, back = result.headline, result.reverse
    found = {
        name: getattr(part, name)
        for part in (head, back)
        for name in type(part).__dataclass_fields__
        if isinstance(getattr(part, name), Figure)
    }
    found |= {f"most per child: {name}": figure for name, figure in back.most_per_child}
    found |= {f"worth: {w.for_whom}": w.net_present_value for w in result.worth}
    for row in result.promise.rows if result.promise else ():
        risk = f"{row.risk.value:.0f}%"
        found |= {
            f"promise at {risk}, before payments": row.effect_if_before,
            f"promise at {risk}, after payments": row.effect_if_after,
        }
    return {name: rounded(figure) for name, figure in found.items()}


def same(before: list[float | None], now: list[float | None]) -> bool:
    """Whether both are the same but for the last of the figures kept."""
    return len(before) == len(now) and all(
        one is other
        or (None not in (one, other) and one == pytest.approx(other, rel=2e-3, abs=1e-9))
        for one, other in zip(before, now, strict=True)
    )


def changes(before: dict, now: dict) -> list[str]:
    """Return every figure that is not what it was, in words."""
    return [
        f"{name}: {before.get(name, 'none')} became {now.get(name, 'none')}"
        for name in dict.fromkeys([*before, *now])
        if not same(before.get(name, []), now.get(name, []))
    ]


def test_a_change_is_found_and_a_last_figure_is_none():
    before = {"a": [1000.0, None, 2.0], "b": [1.0, 0.0, 2.0]}
    assert not changes(before, {"a": [1001.0, None, 2.0], "b": [1.0, 0.0, 2.0]})
    assert changes(before, {"a": [1010.0, None, 2.0], "b": [1.0, 0.0, None]}) == [
        "a: [1000.0, None, 2.0] became [1010.0, None, 2.0]",
        "b: [1.0, 0.0, 2.0] became [1.0, 0.0, None]",
    ]
    assert changes({}, {"c": [1.0]}) == ["c: none became [1.0]"]


@pytest.mark.parametrize("name", cases())
def test_headline_results_are_what_they_were(name: str):
    before = json.loads(BASELINE.read_text(encoding="utf-8"))[name]
    moved = changes(before, headlines(run_business_case(cases()[name])))
    assert not moved, (
        "headline results changed. A change that alters a number belongs in the changelog under"
        " Changes results; then run `uv run python tests/functional/test_headlines.py`.\n  "
        + "\n  ".join(moved)
    )


if __name__ == "__main__":
    body = {name: headlines(run_business_case(case)) for name, case in cases().items()}
    BASELINE.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
