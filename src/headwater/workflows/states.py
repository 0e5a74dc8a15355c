"""Children by state at 31 March, netted so that every child is counted once.

Published children in need hold children on protection plans, children looked after and care leavers
who are still helped. The model's states are exclusive, so those are taken away:

    need = children in need - on plans - looked after - care leavers aged 17 to 21

A child who is both on a plan and looked after is taken away twice, and every care leaver is taken
to be counted as in need; net need is therefore a low figure.
"""

from dataclasses import dataclass

from headwater.core.figure import Figure
from headwater.core.place import Place
from headwater.workflows.place_figures import computed, published

NET_NOTE = (
    "children in need, less those on plans, looked after and care leavers aged 17 to 21, all of "
    "whom are taken to be among them"
)
FLOOR_NOTE = "set to nought: plans, looked after and care leavers exceed the children in need"
LEAVERS = {"aged 17 and 18": "care_leavers_17_18", "aged 19 to 21": "care_leavers_19_21"}


@dataclass(frozen=True, slots=True)
class StateStocks:
    """Children in each state at 31 March of one year; they never exceed those published in need."""

    period: str
    published_in_need: Figure
    need: Figure
    protection_plan: Figure
    looked_after: Figure
    care_leavers: Figure


def state_stocks(place: Place, year: int) -> StateStocks:
    """Return the net stocks of a place at 31 March of a year.

    A stock is not known where a part of it is not published: care leavers are so from 2021.
    """
    total = published(place, "need_stock", year)
    plan = published(place, "plan_stock", year)
    care = published(place, "care_stock", year)
    leavers = {age: published(place, measure, year) for age, measure in LEAVERS.items()}
    known = [part.value for part in leavers.values() if part.value is not None]
    left = computed(
        sum(known) if len(known) == len(leavers) else None,
        "young people",
        leavers,
        period=f"year to 31 March {year}",
    )
    return StateStocks(
        period=total.period,
        published_in_need=total,
        need=_net(total, {"plans": plan, "looked after": care, "care leavers": left}),
        protection_plan=plan,
        looked_after=care,
        care_leavers=left,
    )


def _net(total: Figure, parts: dict[str, Figure]) -> Figure:
    every = {"children in need": total, **parts}
    values = [part.value for part in parts.values() if part.value is not None]
    if total.value is None or len(values) < len(parts):
        return computed(None, "children", every, period=total.period)
    net = total.value - sum(values)
    note = NET_NOTE if net >= 0 else FLOOR_NOTE
    return computed(max(net, 0.0), "children", every, period=total.period, note=note)


def all_state_stocks(place: Place) -> tuple[StateStocks, ...]:
    """Return the net stocks of every year in which children in need are listed."""
    return tuple(state_stocks(place, year) for year in place.series["need_stock"].years)
