"""The waterfall in plain Python, one draw at a time: what the engine must equal to the penny.

It is written from the rules, with whole numbers and fractions only, and without arrays.
"""

from collections import defaultdict
from fractions import Fraction
from math import floor

from headwater.core.instrument import Loan, PerformanceCoupon
from headwater.core.money_side import Termination
from headwater.finance.capped import factor
from headwater.finance.waterfall import Deal

SPENDING = ("the account", "kept for costs", "the reserve")


def half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


def shared(amount: int, wanted: list[int]) -> list[int]:
    """Return an amount shared by what each wants: parts cut from the running total."""
    whole = sum(wanted)
    amount = min(amount, whole)
    edges = [amount * sum(wanted[: i + 1]) // whole if whole else 0 for i in range(len(wanted))]
    return [edge - before for edge, before in zip(edges, [0, *edges], strict=False)]


class Plain:
    """One draw."""

    def __init__(
        self, deal: Deal, receipts: dict[str, list[int]], ended: Termination | None = None
    ) -> None:
        self.deal, self.side = deal, deal.side
        self.one = {i.id: i for i in self.side.instrument}
        zero = dict.fromkeys(self.one, 0)
        self.drawn, self.paid, self.capital, self.interest, self.room = (
            dict(zero) for _ in range(5)
        )
        self.pot = dict.fromkeys(SPENDING, 0)
        self.arrears = {c.id: 0 for c in self.side.cost}
        self.net: dict[str, int] = defaultdict(int)
        self.instrument: dict[str, int] = defaultdict(int)
        self.taken: dict[str, int] = defaultdict(int)
        self.received, self.back = 0, dict.fromkeys(receipts, 0)
        self.last = deal.timeline.count - 1
        if ended is not None:
            self.last = deal.timeline.period_of(ended.on)
        for period in range(self.last + 1):
            self.period, self.final = period, period == self.last
            self.start()
            self.finish({payer: row[period] for payer, row in receipts.items()})
        if ended is not None:
            self.give_back(ended)
        self.after()

    def owed(self, name: str) -> bool:
        return self.one[name].kind not in {"grant", "guarantee", "revenue_participation"}

    def draw(self, name: str, pence: int, pot: str = "the account") -> None:
        self.drawn[name] += pence
        self.room[name] += pence
        self.capital[name] += pence if self.owed(name) else 0
        self.instrument[name] -= pence
        self.net[self.one[name].party] -= pence
        self.pot[pot] += pence

    def undrawn(self, name: str) -> int:
        return int(self.one[name].commitment * 100) - self.drawn[name]

    def move(self, source: str, target: str, pence: int) -> int:
        pence = max(min(pence, self.pot[source]), 0)
        self.pot[source] -= pence
        self.pot[target] += pence
        return pence

    def dues(self, paid: str) -> list[tuple[str, str, int]]:
        # Costs of these laws fall due on the first day of every period.
        return [(c.id, c.to, int(c.amount * 100)) for c in self.side.cost if c.paid == paid]

    def start(self) -> None:  # noqa: C901 - the rules in their order
        if self.period == 0:
            for name, one in self.one.items():
                if one.drawn == "at_start":
                    self.draw(name, self.undrawn(name), "kept for costs")
        for cost, to, need in self.dues("start"):
            left = need
            for name, one in self.one.items():
                if one.kind == "deferred_fee" and one.party == to:
                    lent = min(left, self.undrawn(name))
                    self.draw(name, lent)
                    self.pot["the account"] -= lent
                    self.net[to] += lent
                    left -= lent
            self.move("kept for costs", "the account", left)
            giving = [n for n, o in self.one.items() if o.kind not in {"guarantee", "deferred_fee"}]
            for order in sorted({self.one[n].order for n in giving}):
                same = [n for n in giving if self.one[n].order == order]
                short = max(left - self.pot["the account"], 0)
                for n, part in zip(
                    same, shared(short, [self.undrawn(n) for n in same]), strict=True
                ):
                    self.draw(n, part)
            if self.side.reserve and cost in self.side.reserve.pays:
                self.move("the reserve", "the account", left - self.pot["the account"])
            paid = min(left, self.pot["the account"])
            self.pot["the account"] -= paid
            self.net[to] += paid
            self.arrears[cost] += left - paid

    def pay_back(self) -> None:
        for payer, owed in self.back.items():
            out = min(owed, self.pot["the account"])
            self.pot["the account"] -= out
            self.net[payer] += out
            self.back[payer] -= out

    def finish(self, pence: dict[str, int]) -> None:  # noqa: C901 - the rules in their order
        paid = 0
        for payer, each in pence.items():
            net = each - self.back[payer]
            self.pot["the account"] += max(net, 0)
            self.net[payer] -= max(net, 0)
            self.back[payer] = max(-net, 0)
            paid += max(net, 0)
        self.pay_back()
        self.received += paid
        months = self.deal.timeline.months
        for name, one in self.one.items():
            if isinstance(one, Loan) and one.yearly and self.fixed(name):
                bears = self.capital[name]
                bears += self.interest[name] if one.unpaid == "compounds" else 0
                rise = half_up(bears * one.yearly * Fraction(months, 12))
                before = 0 if one.unpaid == "lapses" else self.interest[name]
                self.interest[name] = before + rise
            if one.kind == "revenue_participation":
                part = floor(paid * one.share)
                if one.most_times is not None:
                    most = floor(self.drawn[name] * one.most_times)
                    part = min(part, max(most - self.paid[name] - self.interest[name], 0))
                self.interest[name] += part
            cap = self.side.return_cap
            if cap and cap.yearly is not None:
                self.room[name] = floor(self.room[name] * factor(cap.yearly, months))
        to_come = (
            0
            if self.final
            else (self.last - self.period) * sum(p for _, _, p in self.dues("start"))
        )
        if to_come == 0:
            self.move("kept for costs", "the account", self.pot["kept for costs"])
        if self.final:
            self.move("the reserve", "the account", self.pot["the reserve"])
        self.pay_back()
        due_now = {c: p for c, _, p in self.dues("end")}
        for step in self.side.waterfall:
            self.step(step, due_now, to_come)
        for cost, unpaid in due_now.items():
            self.arrears[cost] += unpaid

    def may(self, name: str, pence: int) -> int:
        cap = self.side.return_cap
        if (
            cap
            and self.one[name].kind not in {"grant", "guarantee"}
            and (not cap.of or name in cap.of)
        ):
            if cap.yearly is not None:
                pence = min(pence, self.room[name])
            if cap.most_times is not None:
                pence = min(pence, floor(self.drawn[name] * cap.most_times) - self.paid[name])
        return max(pence, 0)

    def fixed(self, name: str) -> bool:
        one = self.one[name]
        day = self.deal.timeline.end(self.period)
        return not isinstance(one, PerformanceCoupon) or day <= one.fixed_until

    def coupon(self, name: str) -> int:
        """Return what a performance coupon may be beyond the fixed coupons that are owed."""
        one = self.one[name]
        if self.fixed(name) or not isinstance(one, PerformanceCoupon):
            return 0
        there_is = max(self.pot["the account"] - self.interest[name], 0)
        part = Fraction(self.deal.timeline.months, 12)
        most = floor(self.capital[name] * one.most_yearly * part)
        return min(floor(there_is * one.share), most)

    def get(self, name: str, pence: int) -> None:
        self.pot["the account"] -= pence
        self.paid[name] += pence
        self.room[name] = max(self.room[name] - pence, 0)
        self.net[self.one[name].party] += pence
        self.instrument[name] += pence

    def step(self, step, due_now: dict[str, int], to_come: int) -> None:  # noqa: C901 - each action
        if any(self.capital[n] or self.interest[n] for n in step.condition.repaid):
            return
        key = {"period": f"{step.id} {self.period}", "agreement": step.id}[step.within]
        limit = 2**60 if step.limit is None else int(step.limit * 100) - self.taken[key]

        def able(wanted: int) -> int:
            wanted = min(wanted, limit)
            own = min(wanted, floor(self.pot["the account"] * step.share))
            if self.side.reserve and step.id in self.side.reserve.pays:
                own += self.move("the reserve", "the account", wanted - own)
            return own

        before = self.pot["the account"]
        if step.action in {"costs", "arrears"}:
            owed = due_now if step.action == "costs" else self.arrears
            names = [n for n in owed if not step.of or n in step.of]
            to = {c.id: c.to for c in self.side.cost}
            parts = shared(able(sum(owed[n] for n in names)), [owed[n] for n in names])
            for n, part in zip(names, parts, strict=True):
                owed[n] -= part
                self.pot["the account"] -= part
                self.net[to[n]] += part
        elif step.action in {"interest", "principal"}:
            owed = self.interest if step.action == "interest" else self.capital
            coupons = [self.coupon(n) if step.action == "interest" else 0 for n in step.of]
            wanted = [self.may(n, owed[n] + more) for n, more in zip(step.of, coupons, strict=True)]
            for n, part in zip(step.of, shared(able(sum(wanted)), wanted), strict=True):
                owed[n] = max(owed[n] - part, 0)
                self.get(n, part)
        elif step.action == "reserve" and not self.final:
            lack = max(int(self.side.reserve.target * 100) - self.pot["the reserve"], 0)
            self.move("the account", "the reserve", able(lack))
        elif step.action == "recycle":
            lack = max(to_come - self.pot["kept for costs"], 0)
            self.move("the account", "kept for costs", able(lack))
        elif step.action == "bonus":
            pence = able(before)
            self.pot["the account"] -= pence
            self.net[step.to] += pence
        elif step.action == "split":
            whole, share, edge = able(before), Fraction(0), 0
            for part in step.part:
                share += part.share
                pence, edge = floor(whole * share) - edge, floor(whole * share)
                if part.to in self.one:
                    self.get(part.to, self.may(part.to, pence))
                else:
                    self.pot["the account"] -= pence
                    self.net[part.to] += pence
        self.taken[key] += max(before - self.pot["the account"], 0)

    def give_back(self, ended: Termination) -> None:
        before = [step.share for step in ended.capital_back if step.first_day <= ended.on]
        for name in ended.of:
            drawn, capital = self.drawn[name], self.capital[name]
            lack = half_up(drawn * before[-1]) - (drawn - capital) if before else 0
            self.made_good(ended.payer, name, min(max(lack, 0), capital))

    def after(self) -> None:
        for name, one in self.one.items():
            if one.kind == "guarantee":
                for other in one.covers:
                    pence = min(half_up(self.capital[other] * one.share), self.undrawn(name))
                    self.made_good(one.party, other, pence)
                    self.drawn[name] += pence
                    self.instrument[name] -= pence
            if one.kind == "protected_note":
                back = self.drawn[name] - self.capital[name]
                lack = half_up(self.drawn[name] * one.protected) - back
                self.made_good(one.protector, name, min(max(lack, 0), self.capital[name]))
        costs = self.side.cost
        parts = shared(self.pot["the account"], [self.arrears[c.id] for c in costs])
        for cost, part in zip(costs, parts, strict=True):
            self.pot["the account"] -= part
            self.net[cost.to] += part
            self.arrears[cost.id] -= part
        self.net[self.deal.left_over_to] += self.pot["the account"]

    def made_good(self, party: str, name: str, pence: int) -> None:
        self.net[party] -= pence
        self.net[self.one[name].party] += pence
        self.instrument[name] += pence
        self.capital[name] -= pence
