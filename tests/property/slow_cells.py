"""What slow terms stand on: cells of claims, keys, cohorts and groups, and measures of them."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from slow_values import GRAINS, NEVER, Cells, Claim, Key, rounded


@dataclass
class SlowCells:
    """One step of an agreement: what is counted, added up and remembered."""

    said: dict[str, Any]
    claims: list[Claim]
    memory: dict[Any, Any] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.mode = self.said["rounding"]["mode"]
        self.grid = 100 if self.said["rounding"]["to"] == "pound" else 1
        self.metrics = {metric["id"]: metric["places"] for metric in self.said["metric"]}
        self.cohorts = ["", *(cohort["id"] for cohort in self.said["cohort"])]
        self.groups = ["", *self.said["groups"]]
        self.starts = [date.min, *(v["first_day"] for v in self.said["variation"])]
        self.lines: list[tuple[int, str, int]] = []
        self.standing = False

    def pence(self, amount: Fraction) -> int:
        """Return pence, rounded by the agreement's rule."""
        return rounded(Fraction(amount) / self.grid, self.mode) * self.grid

    # Cells

    def _keys(self, grain: str) -> list[Key]:
        return {
            "claim": [claim.name for claim in self.mine],
            "who": self.whos,
            "cohort": self.cohorts,
            "group": self.groups,
            "all": ["all"],
        }[grain]

    def _above(self, key: Key, at: str, to: str) -> Key:
        """Return the coarser cell in which a cell lies."""
        if at == to:
            return key
        if to == "all":
            return "all"
        if at == "claim":
            return next(getattr(claim, to) for claim in self.claims if claim.name == key)
        # All outcomes of a key are of one cohort and one group here.
        return next(getattr(claim, to) for claim in self.claims if claim.who == key)

    def _finest(self, grains: list[str]) -> str:
        finer = {"claim": 0, "who": 1, "cohort": 2, "group": 2, "all": 3}
        if {"cohort", "group"} <= set(grains):
            return "all"
        return max(grains, key=lambda grain: finer[grain])

    def _grain(self) -> str:
        term = self.term
        fixed = {"sustainment": "who", "block_payment": "all", "return_unspent": "all"}
        if term["kind"] in fixed:
            return fixed[term["kind"]]
        if term["kind"] == "clawback":
            return "who" if term.get("event") else "all"
        if term["kind"] in {"measure", "best_of", "retention"}:
            return term["per"]
        own = [self.found[n].grain if n in self.found else "claim" for n in term["of"]]
        return term.get("per") or self._finest(own)

    def _column(self, name: str, where: dict[str, Any]) -> Cells:
        """Return what a metric or an earlier term gives, of what a filter lets count."""
        if name not in self.found:
            units = {
                claim.name: claim.units if self._fits(claim, name, where) else Fraction(0)
                for claim in self.mine
            }
            return Cells("claim", units, places=self.metrics[name])
        cells = self.found[name]
        kept = {}
        for key, value in cells.values.items():
            right = all(
                self._above(key, cells.grain, field) in where[field]
                for field in ("cohort", "group")
                if where.get(field)
            )
            kept[key] = value if right else value * 0
        return replace(cells, values=kept)

    def _fits(self, claim: Claim, metric: str, where: dict[str, Any]) -> bool:
        days = (claim.last_day - claim.first_day).days + 1
        return (
            claim.metric == metric
            and (not where.get("cohort") or claim.cohort in where["cohort"])
            and (not where.get("group") or claim.group in where["group"])
            and days >= where.get("least_days", 0)
            and days <= where.get("most_days", 10**9)
            and claim.units >= where.get("least_units", 0)
            and claim.units <= where.get("most_units", 10**9)
            and claim.last_day >= where.get("first_day", date.min)
            and claim.last_day <= where.get("last_day", date.max)
            and (not where.get("after") or claim.first_day > self._first(where["after"], claim.who))
            and all(claim.last_day < self._first(m, claim.who) for m in where.get("not_after", []))
        )

    def _first(self, metric: str, who: str) -> date:
        days = [c.last_day for c in self.claims if (c.metric, c.who) == (metric, who) and c.units]
        return min(days, default=NEVER)

    def _amounts(
        self, grain: str, names: list[str] | None = None, where: dict[str, Any] | None = None
    ) -> dict[Key, int]:
        """Return what a term takes up, added up by its cells."""
        cells = dict.fromkeys(self._keys(grain), 0)
        for name in self.term["of"] if names is None else names:
            column = self._column(name, self.term["where"] if where is None else where)
            for key, amount in column.values.items():
                cells[self._above(key, column.grain, grain)] += amount
        return cells

    def _gathered(self, place: str, name: str, grain: str, where: dict[str, Any]) -> dict[Key, Any]:
        """Return a quantity by cells: one to date has everybody's, as it last stood."""
        column = self._column(name, where)
        if column.to_date:
            held = self.memory[self.id, "of", place] or {}
            held = self.memory[self.id, "of", place] = held | column.values
            if column.grain in {"claim", "who"} and grain != column.grain:
                column = Cells(column.grain, held, places=column.places)
        cells = {key: Fraction(0) for key in self._keys(grain)}
        if GRAINS.index(column.grain) > GRAINS.index(grain):
            return {key: column.values[self._above(key, grain, column.grain)] for key in cells}
        for key, value in column.values.items():
            above = self._above(key, column.grain, grain)
            if above in cells:
                cells[above] += value
        return cells

    def _sum_up(self, tag: str, key: Key, value: Any) -> Any:
        """Return a sum to date."""
        self.memory[self.id, tag, key] += value
        return self.memory[self.id, tag, key]

    def _growth(self, tag: str, key: Key, value: Any) -> Any:
        """Return by how much something has grown since it was last worked out."""
        before = self.memory[self.id, tag, key]
        self.memory[self.id, tag, key] = value
        return value - before

    def _between_its_days(self) -> bool:
        """Whether the term is in force on the period's last day."""
        first, last = self.term.get("first_day"), self.term.get("last_day")
        return (first is None or self.end >= first) and (last is None or self.end <= last)

    def _paid_growth(self, tag: str, key: Key, due: int) -> int:
        """Return what is paid of what is due to date; what was paid before stays, or comes back."""
        if self.term["paid_before"] == "stays":
            place = self.id, tag, key, "most"
            self.memory[place] = max(self.memory[place], due)
            due = self.memory[place] + min(due, 0)
        return self._growth(tag, key, due)

    # Quantities

    def _to_date(self) -> bool:
        term = self.term
        if term.get("over") == "to_date":
            return True
        return any(name in self.found and self.found[name].to_date for name in term["of"])

    def _measure(self) -> Cells:
        term, how, where = self.term, self.term["how"], self.term["where"]
        sides: dict[str, list[dict[Key, Fraction]]] = {}
        for side in ("of", "against"):
            sides[side] = []
            for i, name in enumerate(term[side]):
                cells = self._gathered(f"{side} {i}", name, term["per"], where)
                if term["over"] == "to_date":
                    tag = f"{side} {i}"
                    new = {key: 0 if self.standing else value for key, value in cells.items()}
                    cells = {key: self._sum_up(tag, key, value) for key, value in new.items()}
                sides[side].append(cells)
        places, unknown = term["places"], set()
        values = {}
        for key in self._keys(term["per"]):
            parts = [cells[key] for cells in sides["of"]]
            number = term["number"]
            against = sum(cells[key] for cells in sides["against"]) if number is None else number
            value = self._made(how, parts, against)
            if term["least"] is not None:
                value = max(value, term["least"])
            if term["most"] is not None:
                value = min(value, term["most"])
            values[key] = Fraction(value)
            if how in {"ratio", "reduction"} and against == 0:
                unknown.add(key)
        cells = Cells(term["per"], values, to_date=self._to_date(), places=places)
        return replace(cells, unknown=frozenset(unknown))

    def _to_places(self, value: Fraction, places: int) -> Fraction:
        return Fraction(rounded(value * 10**places, self.mode), 10**places)

    def _made(self, how: str, parts: list[Fraction], against: Fraction) -> Fraction:
        places = self.term["places"]
        if how == "weighted":
            pairs = zip(parts, self.term["weights"], strict=True)
            return sum(self._to_places(part * weight, places) for part, weight in pairs)
        return self._to_places(self._compared(how, parts, against), places)

    def _compared(self, how: str, parts: list[Fraction], against: Fraction) -> Fraction:
        whole = sum(parts)
        if how == "sum":
            return whole
        if how == "highest":
            return max(parts)
        if how == "at_least":
            return Fraction(whole >= against)
        if how == "difference":
            return whole - against
        if against == 0:
            return Fraction(0)
        return whole / against if how == "ratio" else (against - whole) / against
