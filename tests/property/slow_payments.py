"""Slow terms that make amounts of what was counted: payments, tables, savings, instalments."""

from bisect import bisect_right
from datetime import timedelta
from fractions import Fraction

from slow_cells import SlowCells
from slow_values import MONTHS, Cells, Claim, Key, months_later


class SlowPayments(SlowCells):
    """Terms whose amounts come from claims, measures or days."""

    def _price(self, claim: Claim) -> Fraction:
        for cohort, group in (
            (claim.cohort, claim.group),
            (claim.cohort, ""),
            ("", claim.group),
            ("", ""),
        ):
            if (claim.metric, cohort, group) in self.prices:
                return self.prices[claim.metric, cohort, group]
        return Fraction(0)

    def _outcome_payment(self) -> Cells:
        grain, term = self._grain(), self.term
        paid = dict.fromkeys(self._keys(grain), 0)
        for name in term["of"]:
            column = self._column(name, term["where"])
            for key, units in column.values.items():
                if term["amount"] is not None:
                    price = term["amount"]
                else:
                    price = self._price(next(c for c in self.mine if c.name == key))
                pence = self.pence(units * price * 100)
                if column.to_date:
                    pence = self._paid_growth(f"due {name}", key, pence)
                paid[self._above(key, column.grain, grain)] += pence
        return Cells(grain, paid, money=True)

    def _table(self) -> Cells:
        (name,) = self.term["of"]
        column = self._column(name, self.term["where"])
        paid = {}
        for key, x in column.values.items():
            pence = 0 if key in column.unknown else self._read(x, key, column)
            if column.to_date and self.term["pays"] == "growth":
                pence = self._paid_growth("due", key, pence)
            elif column.to_date:
                pence = self._growth(f"due in period {self.number}", key, pence)
            paid[key] = pence
        return Cells(column.grain, paid, money=True)

    def _read(self, x: Fraction, key: Key, column: Cells) -> int:
        term, bands = self.term, self.term["band"]
        below_all = x < bands[0]["at_least"]
        last = bands[-1]["less_than"]
        outside = (below_all and term["below"] is None) or (last is not None and x >= last)
        if outside and term["reading"] != "slices":
            return 0
        value = self._value(x)
        if term["gives"] == "pounds":
            return self.pence(value * 100)
        if term["times"] is not None:
            whole = Fraction(term["times"] * 100)
        else:
            base = self._gathered("times", term["times_of"], column.grain, {})
            whole = Fraction(self.pence(base[key] * 100))
        if term["gives"] == "share":
            return self.pence(whole * value)
        grown = whole
        for _ in range(term["years"]):
            grown += self.pence(grown * value)
        return int(grown if term["with_capital"] else grown - whole)

    def _value(self, x: Fraction) -> Fraction:
        """Return a table's value."""
        bands, reading = self.term["band"], self.term["reading"]
        starts = [band["at_least"] for band in bands]
        if reading == "slices":
            total = Fraction(0)
            for i, band in enumerate(bands):
                end = starts[i + 1] if i + 1 < len(bands) else band["less_than"]
                inside = max(x - starts[i], 0)
                if end is not None:
                    inside = min(inside, end - starts[i])
                total += inside * band["value"]
            return total
        at = bisect_right(starts, x) - 1
        if at < 0:
            return self.term["below"] or Fraction(0)
        if reading == "straight_line" and at + 1 < len(bands):
            part = (x - starts[at]) / (starts[at + 1] - starts[at])
            return bands[at]["value"] + part * (bands[at + 1]["value"] - bands[at]["value"])
        return bands[at]["value"]

    def _share_of_saving(self) -> Cells:
        term = self.term
        (name,) = term["of"]
        column = self._column(name, term["where"])
        paid = {}
        for key, units in column.values.items():
            saving = self.pence(units * term["unit_cost"] * 100)
            if column.to_date:
                saving = self._paid_growth("saving", key, saving)
            out = self.pence(saving * term["share"])
            if term["once_paid"] is not None:
                room = max(int(term["once_paid"] * 100) - self.memory[self.id, "paid"], 0)
                if out > room:
                    used = self.pence(room / term["share"])
                    out = room + self.pence((saving - used) * term["then_share"])
                self.memory[self.id, "paid"] += out
            paid[key] = out
        return Cells(column.grain, paid, money=True)

    def _sustainment(self) -> Cells:
        (name,) = self.term["of"]
        units = self._column(name, self.term["where"]).values
        paid = dict.fromkeys(self.whos, 0)
        for claim in self.mine:
            for i, one in enumerate(self.term["instalment"]):
                if one["days"] is not None:
                    until = claim.first_day + timedelta(days=max(one["days"] - 1, 0))
                else:
                    until = months_later(claim.first_day, one["months"])
                    until -= timedelta(days=one["months"] > 0)
                place = self.id, "instalment", i, claim.who
                if units[claim.name] > 0 and claim.last_day >= until and not self.memory[place]:
                    self.memory[place] = 1
                    paid[claim.who] += self.pence(one["amount"] * 100)
        return Cells("who", paid, money=True)

    def _block_payment(self) -> Cells:
        term = self.term
        start = term.get("first_day") or self.said["first_day"]
        end = term.get("last_day") or self.said["last_day"]
        days = [day for day in term["on"] if start <= day <= end]
        if term["each"]:
            count = 0
            while (begins := months_later(start, count * MONTHS[term["each"]])) <= end:
                count += 1
                after = months_later(start, count * MONTHS[term["each"]])
                days.append(begins if term["advance"] else min(after - timedelta(days=1), end))
        low, high = max(self.begin, self.span[0]), min(self.end, self.span[1])
        times = len([day for day in days if low <= day <= high])
        return Cells("all", {"all": times * self.pence(term["amount"] * 100)}, money=True)
