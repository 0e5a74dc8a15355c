"""Settlement once more, slowly: claim by claim and person by person, in fractions and plain dicts.

Written from what the terms are said to do, to hold the engine to it. It knows the kinds of term
that random agreements are made of.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

Key = Any


@dataclass(frozen=True)
class Claim:
    """One outcome that counts."""

    name: int
    metric: str
    who: str
    cohort: str
    day: date
    units: int


def rounded(number: Fraction, mode: str) -> int:
    """Return a whole number by a rule of rounding."""
    size = abs(number)
    whole = size.numerator // size.denominator
    rest = size - whole
    up = {
        "down": False,
        "up": rest > 0,
        "half_up": rest >= Fraction(1, 2),
        "half_even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1),
    }[mode]
    return (whole + up) * (1 if number >= 0 else -1)


@dataclass
class Slow:
    """An agreement's terms, worked one period after the other."""

    terms: list[dict[str, Any]]
    prices: dict[tuple[str, str], Fraction]
    mode: str
    to_pound: bool
    first_day: date
    memory: dict[Any, Any] = field(default_factory=lambda: defaultdict(int))

    def pence(self, amount: Fraction) -> int:
        """Return pence, rounded by the agreement's rule."""
        if self.to_pound:
            return 100 * rounded(amount / 100, self.mode)
        return rounded(amount, self.mode)

    def settle(self, claims: list[Claim], ends: list[date]) -> list[int]:
        """Return what is due in each period, in pence."""
        due, before = [], date.min
        for i, end in enumerate(ends):
            inside = [claim for claim in claims if before < claim.day <= end]
            due.append(self._period(inside, end, last=i == len(ends) - 1, number=i))
            before = end
        return due

    def _period(self, claims: list[Claim], end: date, *, last: bool, number: int) -> int:
        found: dict[str, dict[Key, int]] = {}
        taken: set[str] = set()
        self.whos = {claim.who for claim in claims}
        for term in self.terms:
            work = getattr(self, f"_{term['kind']}")
            found[term["id"]] = work(term, claims, found, (end, last, number))
            taken.update(name for name in term["of"] if name in found)
        sinks = [t["id"] for t in self.terms if t["id"] not in taken and t["kind"] != "measure"]
        return sum(sum(found[name].values()) for name in sinks)

    def _key(self, claim: Claim, per: str) -> Key:
        return {"claim": claim, "who": claim.who, "cohort": claim.cohort, "all": "all"}[per]

    def _cells(self, term: dict[str, Any], found: dict[str, dict[Key, int]], per: str) -> dict:
        """Return amounts that a term takes up, added up by its cells."""
        cells: dict[Key, int] = defaultdict(int)
        for name in term["of"]:
            for key, amount in found[name].items():
                cells[self._up(key, per)] += amount
        if per == "who":
            for who in self.whos:
                cells.setdefault(who, 0)
        if per == "all":
            cells.setdefault("all", 0)
        return cells

    def _up(self, key: Key, per: str) -> Key:
        if isinstance(key, Claim):
            return self._key(key, per)
        return "all" if per == "all" else key

    def _outcome_payment(self, term, claims, found, now) -> dict[Key, int]:
        del found, now
        return {
            claim: self.pence(claim.units * self.prices[claim.metric, claim.cohort] * 100)
            for claim in claims
            if claim.metric in term["of"]
        }

    def _measure(self, term, claims, found, now) -> dict[Key, int]:
        del found, now
        units = sum(claim.units for claim in claims if claim.metric in term["of"])
        self.memory[term["id"]] += units
        return {"all": self.memory[term["id"]]}

    def _deadweight(self, term, claims, found, now) -> dict[Key, int]:
        del claims, now
        cells = self._cells(term, found, term["per"])
        return {key: self.pence(value * (1 - term["share"])) for key, value in cells.items()}

    def _cap(self, term, claims, found, now) -> dict[Key, int]:
        del claims
        out = {}
        for key, value in self._cells(term, found, term["per"]).items():
            place = (term["id"], key, self._span(term, now))
            self.memory[(*place, "due")] += value
            paid = min(self.memory[(*place, "due")], term["amount"] * 100) - self.memory[place]
            self.memory[place] += paid
            out[key] = paid
        return out

    def _span(self, term, now) -> object:
        end, _, number = now
        if term["within"] == "agreement":
            return ""
        if term["within"] == "period":
            return number
        year = end.year - self.first_day.year
        return year - ((end.month, end.day) < (self.first_day.month, self.first_day.day))

    def _floor(self, term, claims, found, now) -> dict[Key, int]:
        del claims, now
        (value,) = self._cells(term, found, "all").values()
        return {"all": max(value, term["amount"] * 100)}

    def _threshold(self, term, claims, found, now) -> dict[Key, int]:
        del claims, now
        met = found[term["measure"]]["all"] >= term["at_least"]
        if term["missed"] == "lost":
            per = term["per"]
            cells = self._cells(term, found, per)
            return {
                key: value if met else self.pence(value * term["else_part"])
                for key, value in cells.items()
            }
        (value,) = self._cells(term, found, "all").values()
        self.memory[term["id"], "in"] += value
        due, paid = self.memory[term["id"], "in"], self.memory[term["id"], "out"]
        out = due if met else max(self.pence(due * term["else_part"]), paid)
        self.memory[term["id"], "out"] = out
        return {"all": out - paid}

    def _indexation(self, term, claims, found, now) -> dict[Key, int]:
        del claims
        base, end = term["base"], now[0]
        years = end.year - base.year - ((end.month, end.day) < (base.month, base.day))
        factor = (1 + term["yearly"]) ** max(years, 0)
        cells = self._cells(term, found, term["per"])
        return {key: self.pence(value * factor) for key, value in cells.items()}

    def _retention(self, term, claims, found, now) -> dict[Key, int]:
        del claims
        (value,) = self._cells(term, found, "all").values()
        kept = self.pence(value * term["share"])
        self.memory[term["id"]] += kept
        out = value - kept
        if now[1]:
            out += self.memory[term["id"]]
            self.memory[term["id"]] = 0
        return {"all": out}

    def _best_of(self, term, claims, found, now) -> dict[Key, int]:
        del claims, now
        routes = []
        for name in term["of"]:
            cells = self._cells({"of": [name]}, found, term["per"])
            for key, value in cells.items():
                self.memory[term["id"], name, key] += value
            routes.append(cells)
        keys = {key for cells in routes for key in cells}
        out = {}
        for key in keys:
            best = max(self.memory[term["id"], name, key] for name in term["of"])
            out[key] = best - self.memory[term["id"], "best", key]
            self.memory[term["id"], "best", key] = best
        return out
