"""Settlement once more, slowly: claim by claim and key by key, in fractions and plain dicts.

Written from what the terms are said to do, to hold the engine to it. It reads an agreement as it is
written: plain dicts, numbers as fractions.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from slow_amounts import SlowAmounts
from slow_payments import SlowPayments
from slow_values import MONTHS, Cells, Layer, Term, months_later


@dataclass
class Slow(SlowPayments, SlowAmounts):
    """An agreement, worked one period after the other."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.worked: Any = None
        self.layers: dict[Any, list[Layer]] = {}
        self.ended: dict[Any, Any] = {}

    def ends(self) -> list[date]:
        """Return the last days of the periods."""
        first, last = self.said["first_day"], self.said["last_day"]
        every = self.said["settlement"]["every"]
        if every == "once":
            return [last]
        found: list[date] = []
        while not found or found[-1] < last:
            after = months_later(first, MONTHS[every] * (len(found) + 1))
            found.append(min(after - timedelta(days=1), last))
        return found

    def settle(self) -> list[int]:
        """Return what is due in each period, in pence."""
        due, begin = [], self.said["first_day"]
        for number, end in enumerate(self.ends()):
            due.append(self._period(number, begin, end))
            begin = end + timedelta(days=1)
        return due

    def _period(self, number: int, begin: date, end: date) -> int:
        inside = [c for c in self.claims if begin <= c.last_day + timedelta(days=c.late) <= end]
        steps = []
        for version, start in enumerate(self.starts):
            mine = [c for c in inside if bisect_right(self.starts, c.last_day) - 1 == version]
            following = self.starts[version + 1] if version + 1 < len(self.starts) else date.max
            if mine or (start <= end and following > begin):
                steps.append((version, mine, (start, following - timedelta(days=1))))
        total = 0
        for i, (version, mine, span) in enumerate(steps):
            self.number, self.begin, self.end, self.span = number, begin, end, span
            self.closes = i == len(steps) - 1
            self.final = self.closes and end == self.said["last_day"]
            if self.worked is not None and self.worked[0] != version:
                self._terms_change(version)
            self.mine = mine
            total += self._step(version)
            self.worked = version, begin, end, span
        return total

    def _version(self, version: int) -> tuple[list[Term], dict[Any, Fraction]]:
        terms = {term["id"]: term for term in self.said["term"]}
        prices = {(p["metric"], p["cohort"], p["group"]): p["amount"] for p in self.said["price"]}
        for variation in self.said["variation"][:version]:
            for name in variation["drop"]:
                del terms[name]
            terms.update({term["id"]: term for term in variation["term"]})
            for change in variation["change"]:
                terms = self._changed(terms, change)
            for p in variation["price"]:
                prices[p["metric"], p["cohort"], p["group"]] = p["amount"]
        return list(terms.values()), prices

    def _changed(self, terms: dict[str, Term], change: dict[str, Any]) -> dict[str, Term]:
        """Return terms in their order after one of them has changed."""
        beside = change.get("before") or change.get("after")
        fields = {k: v for k, v in change.items() if k not in {"term", "before", "after"}}
        terms[change["term"]] = terms[change["term"]] | fields
        if beside is None:
            return terms
        order = [name for name in terms if name != change["term"]]
        order.insert(order.index(beside) + (change.get("before") is None), change["term"])
        return {name: terms[name] for name in order}

    def _step(self, version: int) -> int:
        terms, self.prices = self._version(version)
        self.whos = sorted({claim.who for claim in self.mine})
        self.found: dict[str, Cells] = {}
        taken: set[str] = set()
        for term in terms:
            self.term, self.id = term, term["id"]
            cells = getattr(self, f"_{term['kind']}")() if self._in_force() else self._passed()
            if cells.to_date and self._in_force():
                for key, value in cells.values.items():
                    self.memory[self.id, "stands at", key] = value
            self.found[self.id] = cells
            taken.update(term["of"])
            if cells.money:
                added = sum(cells.values.values())
                added -= sum(
                    sum(self.found[name].values.values())
                    for name in term["of"]
                    if name in self.found and self.found[name].money
                )
                self.lines.append((self.number, self.id, added))
        sinks = [t["id"] for t in terms if t["id"] not in taken and self.found[t["id"]].money]
        return sum(sum(self.found[name].values.values()) for name in sinks)

    def _terms_change(self, version: int) -> None:
        """Lay a layer on each quantity to date that is paid for otherwise than before."""
        kept = self.begin, self.end, self.span
        before, self.begin, self.end, self.span = self.worked
        self.ended |= self._stand(before)
        self.begin, self.end, self.span = kept
        variation = self.said["variation"][version - 1] if version else {}
        anew = variation.get("earlier_units") == "priced_anew"
        for place, (term, stood, to_date) in self._stand(version).items():
            name, of, grain = place
            old, was, _ = self.ended.get(place, (None, None, None))
            if anew:
                self.layers[place] = []
            if anew or (old == term and was == stood):
                continue
            seen = {
                key: bool(x or self.memory[name, "taken up", of, grain, key])
                for key, (x, _) in stood.items()
            }
            layer = Layer(old, stood, was or stood, seen, to_date)
            self.layers[place] = [*self.layers.get(place, []), layer]

    def _stand(self, version: int) -> dict[Any, Any]:
        """Return of every quantity to date that a version pays for where all its cells stand."""
        terms, self.prices = self._version(version)
        self.mine = [replace(claim, units=Fraction(0)) for claim in self.claims]
        self.whos = sorted({claim.who for claim in self.claims})
        self.found, self.standing = {}, True
        held = {}
        for term in terms:
            self.term, self.id = term, term["id"]
            units = term["kind"] == "deadweight" and term["units"] is not None
            if term["kind"] == "measure" or units:
                cells = getattr(self, f"_{term['kind']}")() if self._in_force() else self._passed()
                if cells.to_date and self._in_force():
                    for key, value in cells.values.items():
                        self.memory[self.id, "stands at", key] = value
                self.found[self.id] = cells
            elif term["kind"] in {"outcome_payment", "table", "share_of_saving"}:
                held |= self._held(term)
        self.standing = False
        return held

    def _held(self, term: Term) -> dict[Any, Any]:
        """Return what a term pays for to date."""
        held = {}
        for name in term["of"]:
            column = self._column(name, term["where"])
            if not column.to_date or term.get("pays") == "anew":
                continue
            table = term["kind"] == "table"
            stood = {
                key: self._seen(key, column) if table else (x, None)
                for key, x in column.values.items()
            }
            base = term.get("times_of")
            to_date = base is not None and self.found[base].to_date
            place = name if term["kind"] == "outcome_payment" else ""
            held[self.id, place, column.grain] = term, stood, to_date
        return held

    def _in_force(self) -> bool:
        always = self.term["kind"] == "block_payment" or self.term.get("outside") == "not_met"
        return always or self._between_its_days()

    def _passed(self) -> Cells:
        """Return what a term out of force lets through; a measure to date stands as it stood."""
        names = self.term["of"]
        grain = self._grain()
        if names and all(n in self.found and self.found[n].money for n in names):
            return Cells(grain, self._amounts(grain, where={}), money=True)
        if self.term["kind"] == "deadweight":
            column = self._column(names[0], {})
            cells = self._gathered("of", names[0], grain, {})
            return Cells(grain, cells, to_date=column.to_date, places=column.places)
        if self.term["kind"] == "measure":
            values = {key: Fraction(0) for key in self._keys(grain)}
            if self._to_date():
                values = {key: Fraction(self.memory[self.id, "stands at", key]) for key in values}
            return Cells(grain, values, to_date=self._to_date())
        return Cells(grain, dict.fromkeys(self._keys(grain), 0), money=True)
