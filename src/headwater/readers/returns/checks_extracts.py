"""Checks of what an extract or a workbook says of times in a state: no published rule has them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from headwater.core.fault import Fault
from headwater.core.finding import Where, found
from headwater.readers.returns.cells import Says, listed
from headwater.readers.returns.covers import spoken_of
from headwater.readers.returns.forms import BY_YEAR, FORMS
from headwater.readers.returns.read import Return
from headwater.readers.returns.record_form import Form, Spell

if TYPE_CHECKING:
    import polars as pl

    from headwater.core.finding import Level

ORDER = "order"


def extract_faults(held: Return) -> Iterator[Fault]:
    """Yield faults of spells of extracts: an end before its start, one that lasts no day, overlaps.

    What a return speaks of as well is told too: it is counted from the return.
    """
    for name in held.forms:
        if name in BY_YEAR or name == "plain":
            continue
        for spell in FORMS[name].spells:
            if spell.table in held.tables:
                yield from _spell(held.tables[spell.table], spell)
        yield from _births(held, FORMS[name])
        yield from _read_elsewhere(held, FORMS[name])


def _read_elsewhere(held: Return, form: Form) -> Iterator[Fault]:
    """Yield that a table of an extract is not counted, for a return speaks of the same."""
    returned = spoken_of(held)
    for each in form.parts:
        name = each.speaks_of
        if name in returned and each.table in held.tables:
            for file in held.tables[each.table]["file"].unique(maintain_order=True).to_list():
                rule = f"speaks of '{name}', and so does a return: it is counted from the return."
                yield Fault("again", found("noted", Where(str(file)), rule))


def _spell(rows: "pl.DataFrame", spell: Spell) -> Iterator[Fault]:
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    start, stop = pl.col(spell.start), pl.col(spell.stop)
    same = pl.col("CHILD") == pl.col("CHILD").shift(1)
    ordered = rows.filter(pl.col("CHILD").is_not_null() & start.is_not_null()).sort(
        "CHILD", spell.start, spell.stop, "row", nulls_last=True, maintain_order=True
    )
    before = pl.when(same).then(stop.shift(1))
    left_open = same & stop.shift(1).is_null()
    twice = same & (start == start.shift(1)) & stop.eq_missing(stop.shift(1))
    for column, broken, says in (
        (spell.stop, stop < start, "is before it began; the row is not counted."),
        (spell.start, twice, "and its end stand in a row above already; counted once."),
        (
            spell.start,
            (start < before) & ~twice,
            "is before the time before it ended; a day counts once.",
        ),
        (spell.start, left_open & ~twice, "begins while the time before it is open."),
    ):
        level: Level = "wrong" if column == spell.stop else "doubtful"
        bad = ordered.filter(broken)
        for (file,), own in bad.group_by("file", maintain_order=True):
            said = Says(ORDER, column, says, "Correct one of the dates.", level)
            yield from listed(str(file), own, said)


def _births(held: Return, form: Form) -> Iterator[Fault]:
    """Yield faults of spells that begin before the child was born."""
    import polars as pl  # noqa: PLC0415

    for spell in form.spells:
        who = next((each for each in form.who if each.table == spell.table), None)
        who = who or next(iter(form.who), None)
        if who is None or spell.table not in held.tables or who.table not in held.tables:
            continue
        born = held.tables[who.table].select("CHILD", pl.col(who.born).alias("born_on"))
        born = born.drop_nulls().unique("CHILD", keep="last")
        rows = held.tables[spell.table].join(born, on="CHILD", how="inner")
        bad = rows.filter(pl.col(spell.start) < pl.col("born_on") - pl.duration(days=280))
        said = Says(ORDER, spell.start, "is long before the child was born.", "Correct one.")
        for (file,), own in bad.group_by("file", maintain_order=True):
            yield from listed(str(file), own, said)
