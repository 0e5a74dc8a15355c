"""Plain episodes and plain observations: tables that anybody can write, of any state and measure.

`who,state,start,stop` and `who,family,measure,day,value`: see the how-to on counting outcomes.
"""

from collections.abc import Iterator

from headwater.core.layout import Column, ColumnKind, Layout, TableLayout
from headwater.readers.returns.csv_text import Sheet
from headwater.readers.returns.faults import Faults
from headwater.readers.returns.raw import ROW, RawTable
from headwater.readers.returns.record_form import Form

NAME, KEY = "plain", "who"
EPISODES, OBSERVATIONS = "plain_episodes", "plain_observations"
SAME = {"child": "who", "person": "who", "from": "start", "to": "stop", "end": "stop"}
"""Headings that name a column otherwise."""
TRAITS = ("placement", "legal_status", "began", "ended")


def _column(name: str, kind: ColumnKind, *, needed: bool = False) -> Column:
    return Column(name, kind, needed, 2017, {})


LAYOUT = Layout(
    NAME,
    "Plain episodes and observations",
    KEY,
    {
        EPISODES: TableLayout(
            EPISODES,
            "Plain episodes",
            {
                "who": _column("who", "text", needed=True),
                "state": _column("state", "text", needed=True),
                "start": _column("start", "date", needed=True),
                "stop": _column("stop", "date"),
                "born": _column("born", "date"),
                **{name: _column(name, "text") for name in TRAITS},
            },
            2017,
        ),
        OBSERVATIONS: TableLayout(
            OBSERVATIONS,
            "Plain observations",
            {
                "who": _column("who", "text"),
                "family": _column("family", "text"),
                "measure": _column("measure", "text", needed=True),
                "day": _column("day", "date", needed=True),
                "value": _column("value", "text", needed=True),
            },
            2017,
        ),
    },
    (),
)
NEEDED = {EPISODES: {"who", "state", "start"}, OBSERVATIONS: {"measure", "day", "value"}}
FORM = Form(NAME, who=(), spells=(), events=())


def read_sheet(name: str, sheet: Sheet, hashed: str = "") -> Iterator[RawTable]:
    """Yield the table that a sheet holds; nothing if it is none of ours."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    held: dict[str, str] = {}
    for heading in sheet.headings:
        plain = heading.strip().casefold().replace(" ", "_")
        held.setdefault(SAME.get(plain, plain), heading)
    table = next((each for each, needed in NEEDED.items() if needed <= held.keys()), "")
    if not table or (table == OBSERVATIONS and not {"who", "family"} & held.keys()):
        return
    columns = LAYOUT.tables[table].columns
    own = Faults(name)
    for unknown in held.keys() - columns.keys():
        own.add("noted", 1, "is no column of the table; it was not read.", held[unknown])
    cells = [
        pl.col(held[each]).alias(each) if each in held else pl.lit("").alias(each)
        for each in columns
    ]
    frame = sheet.frame.select(*cells, pl.col(ROW))
    if not frame.height:
        own.add("noted", 1, "holds headings and no row.")
    yield RawTable(NAME, table, name, hashed, frame, (*sheet.findings, *own.all()))
