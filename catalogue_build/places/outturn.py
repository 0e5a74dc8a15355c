"""Reading spending on children looked after from the revenue outturn (RO3), 2024-25.

The sheet is in thousands of pounds; `[x]` marks a return not received in time. Joined on ONS code.
"""

from pathlib import Path

import polars as pl

from catalogue_build.places.tables import SCHEMA

PATH = "dfe_csc_outcomes/RO3_LA_Data_2024-25_data_by_LA.ods"
SHEET = "RO3_LA_Data_202425"
HEADER = 6
"""Row of the column names, counted from nought."""

SOURCE = "mhclg_ro3_2025"
YEAR = 2025
CLASSES = {
    "SC": "county",
    "UA": "unitary authority",
    "MD": "metropolitan district",
    "LB": "London borough",
}
ALL = "Children's social care - Children Looked After"
LINES = {
    "ro3_looked_after": ALL,
    "ro3_residential": f"{ALL} of which residential care",
    "ro3_fostering": f"{ALL} of which fostering services",
    "ro3_asylum_looked_after": f"{ALL} of which asylum seeking children who are looked after",
    "ro3_other_looked_after": f"{ALL} of which other",
}


def sheet(folder: Path) -> pl.DataFrame:
    """Return the sheet's rows of authorities and England as text, under its own column names."""
    raw = pl.read_excel(
        folder / PATH,
        sheet_name=SHEET,
        has_header=False,
        read_options={"header_row": None},
        drop_empty_rows=False,
    )
    names = [str(name) for name in raw.row(HEADER)]
    body = raw[HEADER + 1 :].rename(dict(zip(raw.columns, names, strict=True)))
    return body.filter(
        pl.col("Class").is_in([*CLASSES, "Eng"]), pl.col("E-code").str.starts_with("E")
    )


def kinds(frame: pl.DataFrame) -> dict[str, str]:
    """Return the kind of each upper-tier authority by ONS code."""
    return {
        code: CLASSES[letters]
        for code, letters in frame.select("ONS Code", "Class").rows()
        if letters in CLASSES
    }


def _pounds(text: str) -> str:
    return text if text.startswith("[") else str(round(float(text) * 1000))


def cells(frame: pl.DataFrame, numbers: dict[str, str]) -> pl.DataFrame:
    """Return the cells of RO3; `numbers` gives an authority's number by ONS code, England's too."""
    rows = [
        (numbers[row["ONS Code"]], YEAR, measure, _pounds(row[f"{line} - {TOTAL}"]), SOURCE)
        for row in frame.iter_rows(named=True)
        if row["ONS Code"] in numbers
        for measure, line in LINES.items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


TOTAL = "Total Expenditure (C3 = C1 + C2)"
