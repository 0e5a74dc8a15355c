"""Random agreements of every kind of term, and random claims under them."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from random_terms import (
    COHORTS,
    DAYS,
    FIRST,
    GROUPS,
    LAST,
    MAKERS,
    METRICS,
    NUMBERS,
    POUNDS,
    READS,
    SHARES,
    TAKES,
    WHOS,
    Maker,
    bands,
    maybe,
    wheres,
)
from slow_values import Claim, Term

from headwater.contracts.agreement import Contract
from headwater.contracts.check_agreement import agreement_faults
from headwater.contracts.outcomes import Outcomes
from headwater.contracts.periods import day_number


@st.composite
def agreements(
    draw, kinds: frozenset[str] = frozenset(MAKERS), most: int = 7, variations: int = 0
) -> dict[str, Any]:
    """Return a random valid agreement as it is written, of some kinds of term.

    It has as many variations as are asked for, or now and then one.
    """
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
    has = Maker()
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
    if variations or draw(st.integers(0, 2)) == 0:
        _vary(draw, said, variations or 1)
    return said


KINDS_OF_PEOPLE = [(c, g) for c in ("", *COHORTS) for g in ("", *GROUPS)]


def _add(draw, said: dict[str, Any], has: Maker, kind: str) -> None:
    """Add a term, if it is well among the others."""
    term = {"id": f"t{len(said['term'])}", "kind": kind, "where": {}}
    term |= MAKERS[kind](draw, has)
    if kind not in {"block_payment", "best_of"}:
        term["where"] = draw(wheres())
    if draw(st.integers(0, 5)) == 0:
        term["first_day"] = draw(maybe(DAYS, 2))
        term["last_day"] = draw(maybe(DAYS, 2))
        if kind == "threshold":
            term["outside"] = draw(st.sampled_from(["through", "not_met"]))
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


def _vary(draw, said: dict[str, Any], times: int) -> None:
    """Add variations: another price, and another number in a term."""
    days = sorted(draw(st.sets(DAYS, min_size=times, max_size=times)))
    for day in days:
        price = said["price"][0] | {"amount": draw(st.fractions(0, 500, max_denominator=1000))}
        varied = {"cap", "floor", "block_payment"}
        changed = [
            term | {"amount": draw(POUNDS)}
            for term in said["term"]
            if not said["variation"] and term["kind"] in varied and draw(st.booleans())
        ]
        said["variation"].append(
            {
                "first_day": day,
                "because": "agreed",
                "price": [price],
                "term": changed,
                "change": draw(_changes([t for t in said["term"] if t not in changed])),
                "drop": [],
                "earlier_units": draw(st.sampled_from(["stays", "stays", "priced_anew"])),
            }
        )
        if is_faulty(said):
            said["variation"].pop()


@st.composite
def _changes(draw, terms: list[Term]) -> list[dict[str, Any]]:
    """Return changes of some terms: another amount or part, or another place."""
    found = []
    for term in terms:
        one = {"term": term["id"]}
        if draw(st.integers(0, 2)) == 0:
            one |= draw(_other_numbers(term))
        elif draw(st.integers(0, 2)):
            continue
        others = [other["id"] for other in terms if other is not term]
        if others and draw(st.booleans()):
            one[draw(st.sampled_from(["before", "after"]))] = draw(st.sampled_from(others))
        if len(one) > 1:
            found.append(one)
    return found


@st.composite
def _other_numbers(draw, term: Term) -> dict[str, Any]:
    """Return another price, part, table or weight of a term."""
    kind = term["kind"]
    if kind == "table":
        small = term["gives"] != "pounds"
        made = draw(bands(term["reading"]))
        return {"band": [b | {"value": b["value"] / 300} for b in made] if small else made}
    if kind == "share_of_saving":
        return {"unit_cost": draw(st.fractions(0, 300, max_denominator=100))}
    if kind == "measure":
        weighted = {"weights": [draw(NUMBERS) for _ in term["of"]]}
        most = {"most": draw(maybe(st.integers(3, 9).map(Fraction), 2)), "places": 2}
        return weighted if term["how"] == "weighted" else most if term["how"] == "sum" else {}
    if kind in {"cap", "floor"}:
        return {"amount": draw(POUNDS)}
    if term.get("amount") is not None:
        return {"amount": draw(st.fractions(0, 500, max_denominator=1000))}
    return {"share": draw(SHARES)} if term.get("share") is not None else {}


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
def claims(draw, most: int = 9, late: int = 0) -> list[Claim]:
    """Return outcomes of four people over the agreement, claimed up to some days late."""
    found = []
    for i in range(draw(st.integers(0, most))):
        metric, who = draw(st.sampled_from(list(METRICS))), draw(st.sampled_from(list(WHOS)))
        last = draw(DAYS)
        first = max(FIRST, last - timedelta(days=draw(st.integers(0, 100))))
        units = Fraction(draw(st.integers(0, 9 * 10 ** METRICS[metric])), 10 ** METRICS[metric])
        days = draw(st.integers(0, late)) if late else 0
        found.append(Claim(i, metric, who, *WHOS[who], first, last, units, days))
    return found


def outcomes_of(rows: list[Claim], units: np.ndarray | None = None) -> Outcomes:
    """Return claims as the engine reads them; `units` by draw and claim instead of their own."""
    own = np.array([[int(r.units * 10 ** METRICS[r.metric]) for r in rows]], dtype=np.int64)
    columns = {
        "metric": [list(METRICS).index(row.metric) for row in rows],
        "who": [list(WHOS).index(row.who) for row in rows],
        "cohort": [("", *COHORTS).index(row.cohort) for row in rows],
        "group": [("", *GROUPS).index(row.group) for row in rows],
        "first_day": [day_number(row.first_day) for row in rows],
        "last_day": [day_number(row.last_day) for row in rows],
        "counted_on": [day_number(row.last_day) + row.late for row in rows],
        "source": [row.name for row in rows],
    }
    return Outcomes(
        units=own if units is None else units,
        **{name: np.array(values, dtype=np.int64) for name, values in columns.items()},
        metrics=tuple(METRICS),
        whos=tuple(WHOS),
        cohorts=("", *COHORTS),
        groups=("", *GROUPS),
    )
