"""Random agreements of every kind of term, and random claims under them."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from slow_settlement import Claim, Term

from headwater.contracts.agreement import Contract
from headwater.contracts.check_agreement import agreement_faults
from headwater.contracts.periods import day_number
from headwater.contracts.tally import Tally
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


class _Maker:
    """What there is to take up while an agreement is made."""

    def __init__(self) -> None:
        self.measures: list[str] = []
        self.to_date: list[str] = []
        self.open: list[str] = []


def _measure(draw, has: _Maker) -> Term:
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


def _outcome_payment(draw, has: _Maker) -> Term:
    pools = [list(METRICS), *([name] for name in has.measures)]
    pool = draw(st.sampled_from(pools))
    of = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True))
    own = draw(st.booleans()) or pool[0] in has.measures
    price = st.fractions(0, 500, max_denominator=1000)
    return {"of": of, "amount": draw(price) if own else None}


def _table(draw, has: _Maker) -> Term:
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
    }


def _share_of_saving(draw, has: _Maker) -> Term:
    stepped = draw(st.booleans())
    return {
        "of": [draw(st.sampled_from(has.measures))],
        "unit_cost": draw(st.fractions(0, 300, max_denominator=100)),
        "share": draw(SHARES),
        "once_paid": draw(POUNDS) if stepped else None,
        "then_share": draw(SHARES) if stepped else None,
    }


def _sustainment(draw, has: _Maker) -> Term:
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


def _block_payment(draw, has: _Maker) -> Term:
    del has
    each = draw(maybe(st.sampled_from(["month", "quarter", "half_year", "year"]), 2))
    on = [] if each else draw(st.lists(DAYS, min_size=1, max_size=3, unique=True))
    amount = draw(st.fractions(0, 500, max_denominator=100))
    return {"of": [], "amount": amount, "on": on, "each": each, "advance": draw(st.booleans())}


def _taking(draw, has: _Maker, least: int = 1) -> list[str]:
    return draw(st.lists(st.sampled_from(has.open), min_size=least, max_size=3, unique=True))


def _cap(draw, has: _Maker) -> Term:
    return {
        "of": _taking(draw, has),
        "amount": draw(POUNDS),
        "per": draw(maybe(PER, 2)),
        "within": draw(st.sampled_from(["period", "year", "agreement"])),
        "excess": draw(st.sampled_from(["lost", "carried"])),
    }


def _floor(draw, has: _Maker) -> Term:
    within = draw(st.sampled_from(["period", "year", "agreement"]))
    per = draw(maybe(PER, 2))
    return {"of": _taking(draw, has), "amount": draw(POUNDS), "per": per, "within": within}


def _threshold(draw, has: _Maker) -> Term:
    names = st.lists(st.sampled_from(has.measures), min_size=1, max_size=2)
    return {
        "of": _taking(draw, has),
        "test": [draw(tests(name)) for name in draw(names)],
        "need": draw(st.sampled_from(["all", "any"])),
        "else_part": draw(SHARES),
        "per": draw(maybe(PER, 2)),
        "missed": draw(st.sampled_from(["lost", "held"])),
    }


def _indexation(draw, has: _Maker) -> Term:
    index = draw(maybe(st.lists(st.fractions(Fraction(1, 2), 2), min_size=1, max_size=3), 2))
    yearly = None if index else draw(st.fractions(0, Fraction(1, 10), max_denominator=100))
    base = FIRST + timedelta(days=draw(st.integers(-900, 500)))
    return {"of": _taking(draw, has), "base": base, "yearly": yearly, "index": index or []}


def _retention(draw, has: _Maker) -> Term:
    condition = draw(maybe(st.sampled_from(has.measures).flatmap(tests), 2))
    return {
        "of": _taking(draw, has),
        "share": draw(SHARES),
        "per": draw(PER),
        "release_on": draw(maybe(DAYS, 2)),
        "release_if": condition,
    }


def _clawback(draw, has: _Maker) -> Term:
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


def _best_of(draw, has: _Maker) -> Term:
    return {"of": _taking(draw, has, 2), "per": draw(PER)}


def _deadweight(draw, has: _Maker) -> Term:
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


def _return_unspent(draw, has: _Maker) -> Term:
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


@st.composite
def agreements(draw, kinds: frozenset[str] = frozenset(MAKERS), most: int = 7) -> dict[str, Any]:
    """Return a random valid agreement as it is written, of some kinds of term."""
    payers = draw(st.integers(1, 3))
    parts = [draw(st.integers(1, 5)) for _ in range(payers)]
    limits = [None, *(draw(maybe(POUNDS, 2)) for _ in range(payers - 1))]
    prices = {
        (metric, cohort, group): draw(st.fractions(0, 500, max_denominator=1000))
        for metric in METRICS
        for cohort, group in {
            ("", ""),
            *draw(st.sets(st.sampled_from(KINDS_OF_PEOPLE), max_size=3)),
        }
    }
    said: dict[str, Any] = {
        "agreement": "contract",
        "id": "any",
        "name": "any",
        "currency": "GBP",
        "first_day": FIRST,
        "last_day": LAST,
        "payee": "x",
        "groups": list(GROUPS),
        "party": [{"id": "x", "name": "x", "role": "provider"}]
        + [{"id": f"y{i}", "name": "y", "role": "outcome_payer"} for i in range(payers)],
        "payer": [
            {"party": f"y{i}", "share": Fraction(part, sum(parts)), "most": limit}
            for i, (part, limit) in enumerate(zip(parts, limits, strict=True))
        ],
        "metric": [
            {"id": name, "name": name, "about": "person", "unit": "one", "places": places}
            for name, places in METRICS.items()
        ],
        "cohort": [{"id": c, "first_day": FIRST, "last_day": LAST} for c in COHORTS],
        "price": [
            {"metric": m, "cohort": c, "group": g, "amount": amount, "per": "one"}
            for (m, c, g), amount in prices.items()
        ],
        "settlement": {"every": draw(st.sampled_from(["quarter", "half_year", "year", "once"]))},
        "rounding": {
            "mode": draw(st.sampled_from(["half_up", "half_even", "down", "up"])),
            "to": draw(st.sampled_from(["penny", "penny", "pound"])),
        },
        "term": [],
        "variation": [],
    }
    has = _Maker()
    _add(draw, said, has, "outcome_payment")
    for _ in range(draw(st.integers(0, 2)) if "measure" in kinds else 0):
        _add(draw, said, has, "measure")
    for _ in range(draw(st.integers(0, most))):
        known = [
            kind
            for kind in sorted(kinds)
            for _ in range(3 if kind in READS else 1)  # they fit less often
            if (kind not in TAKES or has.open or kind == "deadweight")
            and (kind not in READS or has.measures)
            and (kind != "best_of" or len(has.open) > 1)
            and (kind != "deadweight" or has.open)
        ]
        _add(draw, said, has, draw(st.sampled_from(known)))
    if draw(st.integers(0, 2)) == 0:
        _vary(draw, said)
    return said


KINDS_OF_PEOPLE = [(c, g) for c in ("", *COHORTS) for g in ("", *GROUPS)]


def _add(draw, said: dict[str, Any], has: _Maker, kind: str) -> None:
    """Add a term, if it is well among the others."""
    term = {"id": f"t{len(said['term'])}", "kind": kind, "where": {}}
    term |= MAKERS[kind](draw, has)
    if kind not in {"block_payment", "best_of"}:
        term["where"] = draw(wheres())
    if draw(st.integers(0, 5)) == 0:
        term["first_day"] = draw(maybe(DAYS, 2))
        term["last_day"] = draw(maybe(DAYS, 2))
    if kind in {"measure", "deadweight", "table"} and _mixes(said, term):
        return
    said["term"].append(term)
    if is_faulty(said):
        said["term"].pop()
        return
    quantity = kind == "measure" or (kind == "deadweight" and term["units"] is not None)
    if quantity:
        has.measures.append(term["id"])
    else:
        has.open = [name for name in has.open if name not in term["of"]] + [term["id"]]


def _mixes(said: dict[str, Any], term: Term) -> bool:
    """Whether a term compares what is of the period with what is to date."""
    over = {
        one["id"]: one.get("over") == "to_date" or _reaches_back(said, one) for one in said["term"]
    }
    names = [*term["of"], *term.get("against", ())]
    if term.get("over") == "to_date":
        return False
    return len({over.get(name, False) for name in names}) > 1


def _reaches_back(said: dict[str, Any], term: Term) -> bool:
    by_name = {one["id"]: one for one in said["term"]}
    return any(
        by_name[name].get("over") == "to_date" or _reaches_back(said, by_name[name])
        for name in term["of"]
        if name in by_name
    )


def _vary(draw, said: dict[str, Any]) -> None:
    """Add a variation: another price, and another number in a term."""
    price = said["price"][0] | {"amount": draw(st.fractions(0, 500, max_denominator=1000))}
    varied = {"cap", "floor", "block_payment"}
    changed = [
        term | {"amount": draw(POUNDS)}
        for term in said["term"]
        if term["kind"] in varied and draw(st.booleans())
    ]
    said["variation"] = [
        {
            "first_day": draw(DAYS),
            "because": "agreed",
            "price": [price],
            "term": changed,
            "drop": [],
        }
    ]
    if is_faulty(said):
        said["variation"] = []


def is_faulty(said: dict[str, Any]) -> bool:
    """Whether an agreement would be refused."""
    try:
        return bool(list(agreement_faults(contract_of(said))))
    except ValueError:
        return True


def contract_of(said: dict[str, Any]) -> Contract:
    """Return an agreement as the engine reads it."""
    return Contract.model_validate(_plain(said))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Fraction) else value


@st.composite
def claims(draw, most: int = 9) -> list[Claim]:
    """Return outcomes of four people over the agreement."""
    found = []
    for i in range(draw(st.integers(0, most))):
        metric, who = draw(st.sampled_from(list(METRICS))), draw(st.sampled_from(list(WHOS)))
        last = draw(DAYS)
        first = max(FIRST, last - timedelta(days=draw(st.integers(0, 100))))
        units = Fraction(draw(st.integers(0, 9 * 10 ** METRICS[metric])), 10 ** METRICS[metric])
        found.append(Claim(i, metric, who, *WHOS[who], first, last, units))
    return found


def tally_of(rows: list[Claim], units: np.ndarray | None = None) -> Tally:
    """Return claims as the engine reads them; `units` by draw and claim instead of their own."""
    own = np.array([[int(r.units * 10 ** METRICS[r.metric]) for r in rows]], dtype=np.int64)
    columns = {
        "metric": [list(METRICS).index(row.metric) for row in rows],
        "who": [list(WHOS).index(row.who) for row in rows],
        "cohort": [("", *COHORTS).index(row.cohort) for row in rows],
        "group": [("", *GROUPS).index(row.group) for row in rows],
        "first_day": [day_number(row.first_day) for row in rows],
        "last_day": [day_number(row.last_day) for row in rows],
        "counted_on": [day_number(row.last_day) for row in rows],
        "source": [row.name for row in rows],
    }
    return Tally(
        units=own if units is None else units,
        **{name: np.array(values, dtype=np.int64) for name, values in columns.items()},
        metrics=tuple(METRICS),
        whos=tuple(WHOS),
        cohorts=("", *COHORTS),
        groups=("", *GROUPS),
    )
