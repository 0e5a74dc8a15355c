"""Slow terms that make amounts of what was counted: payments, tables, savings, instalments."""

from bisect import bisect_right
from datetime import timedelta
from fractions import Fraction

from slow_cells import SlowCells
from slow_values import MONTHS, Cells, Claim, Key, Layer, Seen, Term, months_later


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
                if column.to_date:
                    due = self._in_layers(name, key, (units, None), column.grain)
                    pence = self._paid_growth(f"due {name}", key, due)
                else:
                    price = term["amount"]
                    if price is None:
                        price = self._price(next(c for c in self.mine if c.name == key))
                    pence = self.pence(units * price * 100)
                paid[self._above(key, column.grain, grain)] += pence
        return Cells(grain, paid, money=True)

    def _table(self) -> Cells:
        (name,) = self.term["of"]
        column = self._column(name, self.term["where"])
        paid = {}
        for key in column.values:
            if column.to_date and self.term["pays"] == "growth":
                due = self._in_layers("", key, self._seen(key, column), column.grain)
                paid[key] = self._paid_growth("due", key, due)
                continue
            pence = self._worth(self.term, self._seen(key, column))
            if column.to_date:
                pence = self._growth(f"due in period {self.number}", key, pence)
            paid[key] = pence
        return Cells(column.grain, paid, money=True)

    def _seen(self, key: Key, column: Cells) -> Seen:
        """Return what a table reads of a cell, and in pence what its value may be a part of."""
        whole = None
        if self.term["times_of"] is not None:
            base = self._gathered("times", self.term["times_of"], column.grain, {})
            whole = self.pence(base[key] * 100)
        return None if key in column.unknown else column.values[key], whole

    def _worth(self, term: Term, seen: Seen) -> int:
        """Return what a term gives for a quantity, in pence."""
        if seen[0] is None:
            return 0
        if term["kind"] == "table":
            return self._read(term, *seen)
        price = term["amount" if term["kind"] == "outcome_payment" else "unit_cost"]
        return self.pence(seen[0] * price * 100)

    def _read(self, term: Term, x: Fraction, whole: int | None) -> int:
        bands = term["band"]
        below_all = x < bands[0]["at_least"]
        last = bands[-1]["less_than"]
        outside = (below_all and term["below"] is None) or (last is not None and x >= last)
        if outside and term["reading"] != "slices":
            return 0
        value = self._value(term, x)
        if term["gives"] == "pounds":
            return self.pence(value * 100)
        if term["times"] is not None:
            whole = Fraction(term["times"] * 100)
        if term["gives"] == "share":
            return self.pence(whole * value)
        grown = whole
        for _ in range(term["years"]):
            grown += self.pence(grown * value)
        return int(grown if term["with_capital"] else grown - whole)

    def _value(self, term: Term, x: Fraction) -> Fraction:
        """Return a table's value."""
        bands, reading = term["band"], term["reading"]
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
            return term["below"] or Fraction(0)
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
            saving = self._worth(term, (units, None))
            if column.to_date:
                due = self._in_layers("", key, (units, None), column.grain)
                saving = self._paid_growth("saving", key, due)
            out = self.pence(saving * term["share"])
            if term["once_paid"] is not None:
                room = max(int(term["once_paid"] * 100) - self.memory[self.id, "paid"], 0)
                if out > room:
                    used = self.pence(room / term["share"])
                    out = room + self.pence((saving - used) * term["then_share"])
                self.memory[self.id, "paid"] += out
            paid[key] = out
        return Cells(column.grain, paid, money=True)

    # Quantities to date where terms have changed

    def _in_layers(self, place: str, key: Key, now: Seen, grain: str) -> int:
        """Return what is due to date: each unit by the terms of its day."""
        layers = self.layers.get((self.id, place, grain), [])
        due = self._down(self.term, layers, key, now)
        self.memory[self.id, "taken up", place, grain, key] = 1
        return due

    def _down(self, term: Term, layers: list[Layer], key: Key, now: Seen) -> int:
        if not layers or not layers[-1].seen[key]:
            return self._worth(term, now)
        if now[0] is None:
            return 0
        top = layers[-1]
        (stood, whole), (was, old) = top.stood[key], top.was[key]
        known = stood is not None
        stood, was = stood or Fraction(0), was or Fraction(0)
        # What it is a part of counts in the same way where that is to date too.
        if now[1] is not None and not top.whole_to_date:
            whole = now[1] if whole is not None else None
            old = now[1] if old is not None else None
        more = now[1] if whole is None or now[1] is None else max(now[1], whole)
        due = self._between(term, (stood if known else None, whole), (max(now[0], stood), more))
        if top.before is not None:
            if old is not None and whole is not None and now[1] is not None:
                old -= max(whole - now[1], 0)
            fallen = was - max(stood - now[0], Fraction(0))
            below = None if top.was[key][0] is None else fallen
            due += self._down(top.before, layers[:-1], key, (below, old))
        return due

    def _between(self, term: Term, low: Seen, high: Seen) -> int:
        """Return what lies between is worth: units by their price, a table by its two readings."""
        if term["kind"] == "table":
            return self._worth(term, high) - self._worth(term, low)
        return self._worth(term, (high[0] - low[0], None))

    def _sustainment(self) -> Cells:
        (name,) = self.term["of"]
        units = self._column(name, self.term["where"]).values
        paid = dict.fromkeys(self.whos, 0)
        for claim in self.mine:
            before: list[object] = []
            for one in self.term["instalment"]:
                length = one["months"], one["days"]
                before.append(length)
                if one["days"] is not None:
                    until = claim.first_day + timedelta(days=max(one["days"] - 1, 0))
                else:
                    until = months_later(claim.first_day, one["months"])
                    until -= timedelta(days=one["months"] > 0)
                place = self.id, length, before.count(length), claim.who
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
