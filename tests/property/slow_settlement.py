"""Settlement once more, slowly: claim by claim and key by key, in fractions and plain dicts.

Written from what the terms are said to do, to hold the engine to it. It reads an agreement as it is
written: plain dicts, numbers as fractions.
"""

from bisect import bisect_right
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

Key = Any
Term = dict[str, Any]
GRAINS = ("claim", "who", "cohort", "group", "all")
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
NEVER = date.max


@dataclass(frozen=True)
class Claim:
    """One outcome that counts."""

    name: int
    metric: str
    who: str
    cohort: str
    group: str
    first_day: date
    last_day: date
    units: Fraction


@dataclass
class Cells:
    """What a metric or a term gives in one step."""

    grain: str
    values: dict[Key, Any]
    money: bool = False
    to_date: bool = False
    places: int = 0


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


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_between(first: date, day: date) -> int:
    """Return how many whole years have passed since a first day."""
    years = 0
    while months_later(first, 12 * (years + 1)) <= day:
        years += 1
    return years


@dataclass
class Slow:
    """An agreement, worked one period after the other."""

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

    def pence(self, amount: Fraction) -> int:
        """Return pence, rounded by the agreement's rule."""
        return rounded(Fraction(amount) / self.grid, self.mode) * self.grid

    # The fold

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
        inside = [claim for claim in self.claims if begin <= claim.last_day <= end]
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
            self.mine = mine
            total += self._step(version)
        return total

    def _version(self, version: int) -> tuple[list[Term], dict[Any, Fraction]]:
        terms = {term["id"]: term for term in self.said["term"]}
        prices = {(p["metric"], p["cohort"], p["group"]): p["amount"] for p in self.said["price"]}
        for variation in self.said["variation"][:version]:
            for name in variation["drop"]:
                del terms[name]
            terms.update({term["id"]: term for term in variation["term"]})
            for p in variation["price"]:
                prices[p["metric"], p["cohort"], p["group"]] = p["amount"]
        return list(terms.values()), prices

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

    def _in_force(self) -> bool:
        term = self.term
        if term["kind"] == "block_payment":
            return True
        first, last = term.get("first_day"), term.get("last_day")
        return (first is None or self.end >= first) and (last is None or self.end <= last)

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
        return Cells(cells.grain, kept, cells.money, cells.to_date, cells.places)

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
                    cells = {key: self._sum_up(tag, key, value) for key, value in cells.items()}
                sides[side].append(cells)
        places = term["places"]
        values = {}
        for key in self._keys(term["per"]):
            parts = [cells[key] for cells in sides["of"]]
            number = term["number"]
            against = sum(cells[key] for cells in sides["against"]) if number is None else number
            if how == "weighted":
                pairs = zip(parts, term["weights"], strict=True)
                value = sum(self._to_places(part * weight, places) for part, weight in pairs)
            else:
                value = self._to_places(self._made(how, parts, against), places)
            if term["least"] is not None:
                value = max(value, term["least"])
            if term["most"] is not None:
                value = min(value, term["most"])
            values[key] = Fraction(value)
        return Cells(term["per"], values, to_date=self._to_date(), places=places)

    def _to_places(self, value: Fraction, places: int) -> Fraction:
        return Fraction(rounded(value * 10**places, self.mode), 10**places)

    def _made(self, how: str, parts: list[Fraction], against: Fraction) -> Fraction:
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

    # Amounts made of quantities

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
                    pence = self._growth(f"due {name}", key, pence)
                paid[self._above(key, column.grain, grain)] += pence
        return Cells(grain, paid, money=True)

    def _table(self) -> Cells:
        (name,) = self.term["of"]
        column = self._column(name, self.term["where"])
        paid = {}
        for key, x in column.values.items():
            pence = self._read(x, key, column)
            if column.to_date and self.term["pays"] == "growth":
                pence = self._growth("due", key, pence)
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
                saving = self._growth("saving", key, saving)
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

    # Amounts made of amounts

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
            place = self.id, self._span(), key
            if self.term["excess"] == "carried":
                value += self.memory[self.id, "carried", key]
            out = min(value, self.term["amount"] * 100 - self.memory[place])
            self.memory[place] += out
            if self.term["excess"] == "carried":
                self.memory[self.id, "carried", key] = value - out
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
        return (
            (test["at_least"] is None or value >= test["at_least"])
            and (test["more_than"] is None or value > test["more_than"])
            and (test["at_most"] is None or value <= test["at_most"])
            and (test["less_than"] is None or value < test["less_than"])
        )

    def _threshold(self) -> Cells:
        term, grain = self.term, self._grain()
        need = all if term["need"] == "all" else any

        def through(key: Key, value: int) -> int:
            met = need([self._met(test, key, grain) for test in term["test"]])
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


def parts(shares: list[Fraction], most: list[int | None], due: list[int]) -> list[list[int]]:
    """Return what each payer pays in each period, of what is due in each."""
    before, found = [0] * len(shares), []
    spare = most.index(None)
    for total in due:
        edges = [rounded(total * sum(shares[:i]), "half_up") for i in range(len(shares) + 1)]
        part = [b - a for a, b in pairwise(edges)]
        for i, limit in enumerate(most):
            if limit is not None:
                over = max(part[i] - max(limit - before[i], 0), 0)
                part[i] -= over
                part[spare] += over
        before = [a + b for a, b in zip(before, part, strict=True)]
        found.append(part)
    return found
