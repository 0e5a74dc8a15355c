"""Tables of odds to change: the conference trial's rates, and Peterborough's."""

from typing import Any

from headwater.core.odds import Odds
from headwater.evaluation.rule import Rule
from headwater.evaluation.rules import RuleList
from headwater.evaluation.study import Study, study_of
from headwater.workflows.odds.read import Asked
from headwater.workflows.odds.table import read_table


def given(value: float, **more: Any) -> dict[str, Any]:
    return {"value": value, "because": "made up", **more}


CONCURRENT = {"kind": "concurrent", "controls_per_case": 1}
FOUR = {"kind": "concurrent", "controls_per_case": 4}
KNOWN = {"kind": "known", "drift_sd": given(0)}
HISTORIC = {"kind": "historic", "people": 200, "drift_sd": given(0.05)}
LINE = {"kind": "point_threshold", "threshold": 0.05, "pays": 1000}


def table(**changes: Any) -> dict[str, Any]:
    entry = {
        "title": "made up",
        "outcome": "share",
        "unit": "child in care",
        "better": "lower",
        "people": 200,
        "baseline": given(0.448),
        "promised": given(0.086),
        "comparator": CONCURRENT,
        "price_base": "2025-26",
        "rule": [LINE],
        **changes,
    }
    return {key: value for key, value in entry.items() if value is not None}


def asked(**changes: Any) -> Asked:
    odds, rules = read_table({"odds": table(**changes)}, "made up", "")
    return Asked(odds, rules, "made up")


def study(**changes: Any) -> Study:
    return study_of(Odds.model_validate(table(**changes)))


def peterborough(people: int, dispersion: float, **changes: Any) -> Study:
    events = {
        "outcome": "events",
        "unit": "reconviction",
        "people": people,
        "baseline": given(1.55),
        "promised": given(0.1, scale="relative"),
        "dispersion": given(dispersion),
        "comparator": {"kind": "concurrent", "controls_per_case": 10},
    }
    return study(**{**events, **changes})


def rule(**entry: Any) -> Rule:
    return RuleList.model_validate({"rule": [entry]}).rule[0]
