"""Every figure of a few results, held: a number that somebody may have quoted stays, or is said.

To accept a change: `uv run python tests/functional/test_headlines.py`, and say so in the changelog.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headwater.reporting.documents import document
from headwater.workflows.business_case import BusinessCase, Case, read_case, run_business_case

BASELINE = Path(__file__).parents[1] / "baseline/headlines.json"
DRAWS = 200
FIGURES = 4
"""Significant figures kept: as many as are printed, fewer than another processor rounds."""


def amount(pounds: int) -> dict[str, Any]:
    return {"amount": str(pounds), "price_base": "2024-25", "source": "baseline"}


def cases() -> dict[str, Case]:
    conference = {
        "place": "norfolk",
        "programme": "family_group_conference",
        "draws": DRAWS,
        "cohort": {"children": 150},
        "delivery": {"cost_per_child": amount(2000)},
    }
    in_two_years = {
        "place": "hackney",
        "programme": "homebuilders",
        "draws": DRAWS,
        "price_year": "2019-20",
        "cohort": {
            "children": 300,
            "level": "pre_proceedings",
            "starts": [{"year": "2025-26", "children": 200}, {"year": "2027-28", "children": 100}],
        },
        "delivery": {"cost_per_child": amount(6000)},
        "options": {"after_follow_up": "fade"},
        "cashability": [
            {
                "line": "looked_after_foster",
                "marginal_per_child_month": amount(900),
                "fixed_per_step_month": amount(3000),
                "step_children": 4,
                "notice_months": 3,
                "ramp_months": 6,
                "backfill": 0.2,
            }
        ],
    }
    home = {
        "place": "kent",
        "programme": "family_drug_and_alcohol_court",
        "draws": DRAWS,
        "force_mismatch": True,
        "cohort": {"children": 100, "level": "looked_after", "ages": [5, 12]},
        "delivery": {"cost_per_child": amount(4000)},
        "effect": {
            "scale": "hazard_ratio",
            "value": 1.5,
            "low": 1.1,
            "high": 2.0,
            "months": 18,
            "source": "baseline",
        },
    }
    made = {"conference": conference, "starts in two years": in_two_years, "going home": home}
    promised = read_case("stronger-families-norfolk").model_copy(update={"draws": DRAWS})
    return {
        **{name: Case.model_validate(entry) for name, entry in made.items()},
        "stronger-families-norfolk": promised,
    }


def held(result: BusinessCase) -> dict[str, list[float | None]]:
    """Return value, low and high of every figure of a result, by where it stands."""
    return dict(_figures(document(result), ""))


def _figures(part: Any, place: str) -> Iterator[tuple[str, list[float | None]]]:
    if isinstance(part, dict) and "basis" in part:
        yield place, [_rounded(part.get(name)) for name in ("value", "low", "high")]
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from _figures(inner, f"{place}.{name}".lstrip("."))
    elif isinstance(part, list):
        for i, inner in enumerate(part):
            yield from _figures(inner, f"{place}.{i}")


def _rounded(number: float | str | None) -> float | None:
    return None if number is None else float(f"{float(number):.{FIGURES}g}")


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
def test_results_are_what_they_were(name: str):
    before = json.loads(BASELINE.read_text(encoding="utf-8"))[name]
    moved = changes(before, held(run_business_case(cases()[name])))
    assert not moved, (
        "results changed. A change that alters a number belongs in the changelog under"
        " Changes results; then run `uv run python tests/functional/test_headlines.py`.\n  "
        + "\n  ".join(moved)
    )


if __name__ == "__main__":
    body = {name: held(run_business_case(case)) for name, case in cases().items()}
    text = json.dumps(body, indent=1)
    BASELINE.write_text(re.sub(r"\[\s+(.*?),\s+(.*?),\s+(.*?)\s+\]", r"[\1, \2, \3]", text) + "\n")
