"""Slow terms that take up amounts: limits, conditions, what is kept or taken back."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from slow_cells import SlowCells
from slow_values import NEVER, Cells, Key, years_between


class SlowAmounts(SlowCells):
    """Terms that let amounts through, or a part of them."""

    def _money(self, work: Any) -> Cells:
        """Return what a rule gives for each cell and what it takes up."""
        grain = self._grain()
        amounts = self._amounts(grain)
        return Cells(grain, {key: work(key, value) for key, value in amounts.items()}, money=True)

    def _span(self) -> object:
        within = self.term["within"]
        if within == "agreement":
            return "agreement"
        if within == "period":
            return "period", self.number
        return "year", years_between(self.said["first_day"], self.end)

    def _deadweight(self) -> Cells:
        term = self.term
        if term["share"] is not None:
            return self._money(lambda _, value: self.pence(value * (1 - term["share"])))
        (name,) = term["of"]
        column = self._column(name, term["where"])
        grain = term["per"] or column.grain
        cells = self._gathered("of", name, grain, term["where"])
        left = {key: max(value - term["units"], Fraction(0)) for key, value in cells.items()}
        return Cells(grain, left, to_date=column.to_date, places=column.places)

    def _cap(self) -> Cells:
        def kept(key: Key, value: int) -> int:
            place, most = (self.id, self._span(), key), self.term["amount"] * 100
            if self.term["paid_before"] == "stays":
                most = max(most, self.memory[place])
            if self.term["excess"] == "carried":
                value += self.memory[self.id, "carried", key]
                out = min(value, most - self.memory[place])
                self.memory[self.id, "carried", key] = value - out
            else:
                # What is taken back comes off what was lost first; what was lost stays lost.
                lost = self.memory[(*place, "lost")]
                off = min(lost, max(-value, 0))
                due = self.memory[place] + value + off
                out = min(due, most) - self.memory[place]
                self.memory[(*place, "lost")] = lost - off + max(due - most, 0)
            self.memory[place] += out
            return out

        return self._money(kept)

    def _floor(self) -> Cells:
        least = self.term["amount"] * 100

        def raised(key: Key, value: int) -> int:
            if self.term["within"] == "period":
                so_far = self._sum_up(f"in period {self.number}", key, value)
                return self._growth(f"due in period {self.number}", key, max(so_far, least))
            so_far = self._sum_up(repr(self._span()), key, value)
            after = self.end + timedelta(days=1)
            years = [years_between(self.said["first_day"], day) for day in (self.end, after)]
            ends = self.final or (
                self.closes and self.term["within"] == "year" and years[0] < years[1]
            )
            return value + (max(least - so_far, 0) if ends else 0)

        return self._money(raised)

    def _met(self, test: dict[str, Any], key: Key, grain: str) -> bool:
        cells = self._column(test["measure"], {})
        value = cells.values[self._above(key, grain, cells.grain)]
        known = self._above(key, grain, cells.grain) not in cells.unknown
        return (
            known
            and (test["at_least"] is None or value >= test["at_least"])
            and (test["more_than"] is None or value > test["more_than"])
            and (test["at_most"] is None or value <= test["at_most"])
            and (test["less_than"] is None or value < test["less_than"])
        )

    def _threshold(self) -> Cells:
        term, grain = self.term, self._grain()
        inside = self._between_its_days()
        need = all if term["need"] == "all" else any

        def through(key: Key, value: int) -> int:
            met = inside and need([self._met(test, key, grain) for test in term["test"]])
            if term["missed"] == "lost":
                return value if met else self.pence(value * term["else_part"])
            due = self._sum_up("in", key, value)
            out = self.memory[self.id, "out", key]
            now = due if met else max(self.pence(due * term["else_part"]), out)
            return self._growth("out", key, now)

        return self._money(through)

    def _indexation(self) -> Cells:
        term = self.term
        years = years_between(term["base"], self.end) if self.end >= term["base"] else 0
        if term["yearly"] is not None:
            factor = (1 + term["yearly"]) ** years
        else:
            factor = term["index"][min(years, len(term["index"]) - 1)] / term["index"][0]
        return self._money(lambda _, value: self.pence(value * factor))

    def _retention(self) -> Cells:
        term = self.term
        on = term["release_on"]

        def kept_back(key: Key, value: int) -> int:
            # In the period in which all is released before its end, nothing more is kept.
            kept = 0 if on is not None and self.end > on else self.pence(value * term["share"])
            out = value - kept
            held = self._sum_up("kept", key, kept)
            due = self.final if on is None or on > self.end else self.closes
            if due:
                self.memory[self.id, "kept", key] = 0
                met = term["release_if"] is None or self._met(
                    term["release_if"], key, self._grain()
                )
                out += held if met else 0
            return out

        return self._money(kept_back)

    def _clawback(self) -> Cells:
        term = self.term

        def taken_back(key: Key, value: int) -> int:
            paid = self._sum_up("paid", key, value)
            if term["event"]:
                back = any(
                    c.who == key and c.metric == term["event"] and c.units for c in self.mine
                )
                if term["since"] and back:
                    event, since = (self._first(term[n], key) for n in ("event", "since"))
                    days = (event - since).days
                    back = since != NEVER and 0 <= days <= term["within_days"]
            else:
                back = self.final and not self._met(term["unless"], key, "all")
            gone = self.pence(paid * term["share"]) if back else 0
            self.memory[self.id, "paid", key] = paid - gone
            return value - gone

        return self._money(taken_back)

    def _best_of(self) -> Cells:
        grain = self._grain()
        routes = [self._amounts(grain, [name]) for name in self.term["of"]]
        out = {}
        for key in self._keys(grain):
            come = [self._sum_up(f"route {i}", key, cells[key]) for i, cells in enumerate(routes)]
            out[key] = self._growth("best", key, max(come))
        return Cells(grain, out, money=True)

    def _return_unspent(self) -> Cells:
        term = self.term

        def returned(key: Key, value: int) -> int:
            paid = self._sum_up("paid", key, value)
            if not self.final:
                return value
            spent = self.pence(self.found[term["spent"]].values["all"] * 100)
            unspent = max(paid - spent, 0)
            return value - (unspent - self.pence(unspent * term["keep"]))

        return self._money(returned)
