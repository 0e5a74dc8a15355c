"""Random terms of every kind, of what there is to take up."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from slow_values import Term

from headwater.contracts.terms import KINDS

FIRST, LAST = date(2020, 4, 1), date(2022, 9, 30)
SPAN = (LAST - FIRST).days
METRICS = {"a": 0, "b": 2, "e": 0}
COHORTS, GROUPS = ("c1", "c2"), ("g1", "g2")
WHOS = {"p": ("c1", "g1"), "q": ("c1", "g2"), "r": ("c2", "g1"), "s": ("c2", "")}
"""Everybody's cohort and group."""
MONOTONE = {"outcome_payment", "cap", "floor", "deadweight", "block_payment", "sustainment"}
"""Kinds under which more of an outcome is never worth less, where nothing is rounded by grain."""

SHARES = st.fractions(0, 1, max_denominator=12)
POUNDS = st.integers(0, 3000).map(Fraction)
NUMBERS = st.fractions(0, 20, max_denominator=4)
DAYS = st.integers(0, SPAN).map(lambda n: FIRST + timedelta(days=n))
BEFORE = st.sampled_from(["stays", "taken_back"])
PER = st.sampled_from(["claim", "who", "cohort", "group", "all"])


def maybe(strategy: st.SearchStrategy[Any], often: int = 3) -> st.SearchStrategy[Any]:
    """Return nothing, or one time in some a value."""
    return st.integers(1, often).flatmap(lambda n: strategy if n == 1 else st.none())


@st.composite
def wheres(draw) -> dict[str, Any]:
    """Return a filter."""
    if draw(st.integers(0, 3)):
        return {}
    said = {
        "cohort": draw(maybe(st.lists(st.sampled_from(COHORTS), min_size=1, max_size=2))),
        "group": draw(maybe(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2))),
        "least_days": draw(maybe(st.integers(1, 60))),
        "most_days": draw(maybe(st.integers(1, 90))),
        "least_units": draw(maybe(st.integers(0, 6))),
        "most_units": draw(maybe(st.integers(2, 9))),
        "first_day": draw(maybe(DAYS)),
        "last_day": draw(maybe(DAYS)),
        "after": draw(maybe(st.sampled_from(list(METRICS)))),
        "not_after": draw(maybe(st.lists(st.sampled_from(list(METRICS)), min_size=1, max_size=2))),
    }
    return {key: value for key, value in said.items() if value is not None}


@st.composite
def tests(draw, measure: str) -> dict[str, Any]:
    """Return a condition on a measure."""
    limits = {name: draw(maybe(NUMBERS)) for name in ("more_than", "at_most", "less_than")}
    said = {"measure": measure, "at_least": draw(maybe(NUMBERS, 2)), **limits}
    if all(value is None for name, value in said.items() if name != "measure"):
        said["at_least"] = draw(NUMBERS)
    return said


@st.composite
def bands(draw, reading: str) -> list[dict[str, Any]]:
    """Return the bands of a table."""
    starts = sorted(draw(st.sets(NUMBERS, min_size=1, max_size=4)))
    values = [draw(st.fractions(0, 200, max_denominator=30)) for _ in starts]
    end = draw(maybe(st.just(starts[-1] + 5)))
    del reading
    return [
        {"at_least": start, "less_than": None, "value": value}
        for start, value in zip(starts[:-1], values[:-1], strict=True)
    ] + [{"at_least": starts[-1], "less_than": end, "value": values[-1]}]


class Maker:
    """What there is to take up while an agreement is made."""

    def __init__(self) -> None:
        self.measures: list[str] = []
        self.to_date: list[str] = []
        self.open: list[str] = []


def _measure(draw, has: Maker) -> Term:
    pools = [list(METRICS), *([pool] for pool in has.measures)]
    pool = draw(st.sampled_from(pools))
    chosen = st.lists(st.sampled_from(pool), min_size=1, max_size=2)
    how = draw(
        st.sampled_from(
            ["sum", "ratio", "reduction", "difference", "weighted", "at_least", "highest"]
        )
    )
    of, compares = draw(chosen), how in {"ratio", "reduction", "difference"}
    against = draw(chosen) if compares and draw(st.booleans()) else []
    number = draw(st.fractions(Fraction(1, 4), 9, max_denominator=4))
    return {
        "of": of,
        "how": how,
        "against": against,
        "number": number if how == "at_least" or (compares and not against) else None,
        "weights": [draw(NUMBERS) for _ in of] if how == "weighted" else [],
        "per": draw(PER),
        "over": draw(st.sampled_from(["period", "to_date"])),
        "places": 0 if how == "at_least" else draw(st.integers(0, 6)),
        "least": draw(maybe(st.integers(0, 3).map(Fraction), 5)),
        "most": draw(maybe(st.integers(3, 9).map(Fraction), 5)),
    }


def _outcome_payment(draw, has: Maker) -> Term:
    pools = [list(METRICS), *([name] for name in has.measures)]
    pool = draw(st.sampled_from(pools))
    of = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True))
    own = draw(st.booleans()) or pool[0] in has.measures
    price = st.fractions(0, 500, max_denominator=1000)
    return {"of": of, "amount": draw(price) if own else None, "paid_before": draw(BEFORE)}


def _table(draw, has: Maker) -> Term:
    reading = draw(st.sampled_from(["steps", "straight_line", "slices"]))
    gives = draw(st.sampled_from(["pounds", "share", "yearly_return"]))
    other = draw(st.booleans()) and gives != "pounds"
    small = gives != "pounds"
    made = draw(bands(reading))
    if small:
        made = [band | {"value": band["value"] / 300} for band in made]
    return {
        "of": [draw(st.sampled_from(has.measures))],
        "band": made,
        "reading": reading,
        "gives": gives,
        "times": None if other or gives == "pounds" else draw(POUNDS),
        "times_of": draw(st.sampled_from(has.measures)) if other else None,
        "years": draw(st.integers(1, 4)),
        "with_capital": draw(st.booleans()),
        "below": draw(maybe(st.fractions(0, 1, max_denominator=7))),
        "pays": draw(st.sampled_from(["growth", "anew"])),
        "paid_before": draw(BEFORE),
    }


def _share_of_saving(draw, has: Maker) -> Term:
    stepped = draw(st.booleans())
    return {
        "of": [draw(st.sampled_from(has.measures))],
        "unit_cost": draw(st.fractions(0, 300, max_denominator=100)),
        "share": draw(SHARES),
        "once_paid": draw(POUNDS) if stepped else None,
        "then_share": draw(SHARES) if stepped else None,
        "paid_before": draw(BEFORE),
    }


def _sustainment(draw, has: Maker) -> Term:
    del has
    one = st.builds(
        lambda by_months, length, amount: {
            "months": length % 4 if by_months else None,
            "days": None if by_months else length,
            "amount": amount,
        },
        st.booleans(),
        st.integers(0, 90),
        POUNDS,
    )
    return {
        "of": [draw(st.sampled_from(list(METRICS)))],
        "instalment": draw(st.lists(one, min_size=1, max_size=3)),
    }


def _block_payment(draw, has: Maker) -> Term:
    del has
    each = draw(maybe(st.sampled_from(["month", "quarter", "half_year", "year"]), 2))
    on = [] if each else draw(st.lists(DAYS, min_size=1, max_size=3, unique=True))
    amount = draw(st.fractions(0, 500, max_denominator=100))
    return {"of": [], "amount": amount, "on": on, "each": each, "advance": draw(st.booleans())}


def _taking(draw, has: Maker, least: int = 1) -> list[str]:
    return draw(st.lists(st.sampled_from(has.open), min_size=least, max_size=3, unique=True))


def _cap(draw, has: Maker) -> Term:
    return {
        "of": _taking(draw, has),
        "amount": draw(POUNDS),
        "per": draw(maybe(PER, 2)),
        "within": draw(st.sampled_from(["period", "year", "agreement"])),
        "excess": draw(st.sampled_from(["lost", "carried"])),
        "paid_before": draw(BEFORE),
    }


def _floor(draw, has: Maker) -> Term:
    within = draw(st.sampled_from(["period", "year", "agreement"]))
    per = draw(maybe(PER, 2))
    return {"of": _taking(draw, has), "amount": draw(POUNDS), "per": per, "within": within}


def _threshold(draw, has: Maker) -> Term:
    names = st.lists(st.sampled_from(has.measures), min_size=1, max_size=2)
    return {
        "of": _taking(draw, has),
        "test": [draw(tests(name)) for name in draw(names)],
        "need": draw(st.sampled_from(["all", "any"])),
        "else_part": draw(SHARES),
        "per": draw(maybe(PER, 2)),
        "missed": draw(st.sampled_from(["lost", "held"])),
    }


def _indexation(draw, has: Maker) -> Term:
    index = draw(maybe(st.lists(st.fractions(Fraction(1, 2), 2), min_size=1, max_size=3), 2))
    yearly = None if index else draw(st.fractions(0, Fraction(1, 10), max_denominator=100))
    base = FIRST + timedelta(days=draw(st.integers(-900, 500)))
    return {"of": _taking(draw, has), "base": base, "yearly": yearly, "index": index or []}


def _retention(draw, has: Maker) -> Term:
    condition = draw(maybe(st.sampled_from(has.measures).flatmap(tests), 2))
    return {
        "of": _taking(draw, has),
        "share": draw(SHARES),
        "per": draw(PER),
        "release_on": draw(maybe(DAYS, 2)),
        "release_if": condition,
    }


def _clawback(draw, has: Maker) -> Term:
    event = draw(maybe(st.just("e"), 2))
    window = draw(maybe(st.integers(0, 200), 2)) if event else None
    return {
        "of": _taking(draw, has),
        "share": draw(SHARES),
        "event": event,
        "within_days": window,
        "since": None if window is None else draw(st.sampled_from(["a", "b"])),
        "unless": None if event else draw(st.sampled_from(has.measures).flatmap(tests)),
    }


def _best_of(draw, has: Maker) -> Term:
    return {"of": _taking(draw, has, 2), "per": draw(PER)}


def _deadweight(draw, has: Maker) -> Term:
    if draw(st.booleans()):
        return {
            "of": _taking(draw, has),
            "share": draw(SHARES),
            "units": None,
            "per": draw(maybe(PER)),
        }
    of = [draw(st.sampled_from([*METRICS, *has.measures]))]
    units = Fraction(draw(st.integers(0, 5)))
    return {"of": of, "share": None, "units": units, "per": draw(maybe(PER))}


def _return_unspent(draw, has: Maker) -> Term:
    return {
        "of": _taking(draw, has),
        "spent": draw(st.sampled_from(has.measures)),
        "keep": draw(SHARES),
    }


MAKERS = {
    "measure": _measure,
    "outcome_payment": _outcome_payment,
    "table": _table,
    "share_of_saving": _share_of_saving,
    "sustainment": _sustainment,
    "block_payment": _block_payment,
    "cap": _cap,
    "floor": _floor,
    "threshold": _threshold,
    "indexation": _indexation,
    "retention": _retention,
    "clawback": _clawback,
    "best_of": _best_of,
    "deadweight": _deadweight,
    "return_unspent": _return_unspent,
}
assert set(MAKERS) == set(KINDS)
TAKES = {"cap", "floor", "threshold", "indexation", "retention", "clawback", "best_of"}
TAKES |= {"deadweight", "return_unspent"}
READS = {"table", "share_of_saving", "threshold", "retention", "clawback", "return_unspent"}
