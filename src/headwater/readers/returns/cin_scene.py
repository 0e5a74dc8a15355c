"""The tables of a census side by side with what stands around each row: its case, child and year.

Every check of the census is an expression over one of these tables.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from headwater.core.layout import ReturnYear
from headwater.readers.returns.years import YEAR

if TYPE_CHECKING:
    import polars as pl

CASE = {
    "CINreferralDate": "referred",
    "CINclosureDate": "closed",
    "ReferralNFA": "no_action",
    "ReasonForClosure": "reason",
    "DateOfInitialCPC": "case_conference",
}
"""What is shown of a row's case."""
PERSON = {
    "PersonBirthDate": "born",
    "ExpectedPersonBirthDate": "expected",
    "PersonDeathDate": "died",
}
"""What is shown of a row's child."""
WITHIN = ("file", "referral")
BY_CHILD = ("file", "CHILD")
SPANS = {
    "cin_details": ("CINreferralDate", "CINclosureDate"),
    "assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "cin_plans": ("CINPlanStartDate", "CINPlanEndDate"),
    "section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    "cp_plans": ("CPPstartDate", "CPPendDate"),
}
"""The first and the last day of what a row is of."""
PARTS = ("assessments", "cin_plans", "section47", "cp_plans")
"""Tables that a case may have rows in, counted as `has_assessments`, `open_assessments`, …"""


def cin_scenes(tables: Mapping[str, "pl.DataFrame"]) -> dict[str, "pl.DataFrame"]:
    """Return each table of the census with its surroundings."""
    made = {name: _year(frame) for name, frame in tables.items()}
    if "child" in made:
        made["child"] = _children(made)
    if "cin_details" not in made:
        return made
    made = {name: _around(name, frame, made) for name, frame in made.items()}
    made["cin_details"] = _counted(made)
    _beside(made)
    _told(made)
    return made


def _around(name: str, frame: "pl.DataFrame", made: Mapping[str, "pl.DataFrame"]) -> "pl.DataFrame":
    """Return a table with its child and its case, in order where it is of times."""
    if name not in {"child", "census"} and "child" in made:
        frame = _with_child(frame, made["child"])
    if "referral" in frame.columns and name != "cin_details":
        case = made["cin_details"].select(*WITHIN, *(_as(old, new) for old, new in CASE.items()))
        frame = frame.join(case, on=WITHIN, how="left", maintain_order="left")
    return _ordered(name, frame, *SPANS[name]) if name in SPANS else frame


def _as(old: str, new: str) -> "pl.Expr":
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a return is

    return pl.col(old).alias(new)


def _year(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Return a table with the first and the last day of each row's year."""
    import polars as pl  # noqa: PLC0415

    years = frame[YEAR].drop_nulls().unique().to_list()
    first = {year: ReturnYear(year).first_day for year in years}
    last = {year: ReturnYear(year).last_day for year in years}
    return frame.with_columns(
        pl.col(YEAR).replace_strict(first, return_dtype=pl.Date, default=None).alias("first_day"),
        pl.col(YEAR).replace_strict(last, return_dtype=pl.Date, default=None).alias("last_day"),
    )


def _children(made: Mapping[str, "pl.DataFrame"]) -> "pl.DataFrame":
    """Return the children, with whether each has a case, and what else bears its names."""
    import polars as pl  # noqa: PLC0415

    held = made["child"].with_columns(
        pl.struct(BY_CHILD).is_duplicated().alias("twice"),
        (pl.col("UPN").is_not_null() & pl.struct("file", "UPN").is_duplicated()).alias("same_upn"),
    )
    if "cin_details" not in made:
        return held.with_columns(pl.lit(0).alias("cases"))
    cases = made["cin_details"].group_by(BY_CHILD).agg(pl.len().alias("cases"))
    return held.join(cases, on=BY_CHILD, how="left", maintain_order="left").with_columns(
        pl.col("cases").fill_null(0)
    )


def _with_child(frame: "pl.DataFrame", child: "pl.DataFrame") -> "pl.DataFrame":
    held = child.unique(BY_CHILD, keep="first").select(
        *BY_CHILD, *(_as(old, new) for old, new in PERSON.items())
    )
    return frame.join(held, on=BY_CHILD, how="left", maintain_order="left")


def _ordered(name: str, frame: "pl.DataFrame", start: str, stop: str) -> "pl.DataFrame":
    """Return rows in order, each with how far those before it reach, and how many are open.

    `reach` is the latest end of the child's rows before it (of the case's, of assessments and
    enquiries), far off where one is open; `open_here` counts its open rows.
    """
    import polars as pl  # noqa: PLC0415

    group = WITHIN if name in {"assessments", "section47"} else BY_CHILD
    is_open = pl.col(stop).is_null() & pl.col(start).is_not_null()
    if name == "section47":
        is_open &= pl.col("ICPCnotRequired").fill_null("0") != "1"
    if name == "cin_details":
        is_open &= pl.col("ReferralNFA").fill_null("0") != "1"
    far = pl.date(9999, 1, 1)
    end = pl.when(is_open).then(far).otherwise(pl.coalesce(stop, start))
    within = WITHIN if name == "cin_plans" else group
    return (
        frame.sort(*group, start, stop, "row", nulls_last=True)
        .with_columns(is_open.alias("is_open"), end.alias("_end"))
        .with_columns(
            pl.col("_end").shift(1).cum_max().over(group).alias("reach"),
            pl.col(start).max().over(group).alias("latest"),
            pl.col("is_open").cast(pl.Int64).sum().over(within).alias("open_here"),
            pl.col("is_open").cast(pl.Int64).cum_sum().over(within).alias("open_so_far"),
        )
        .drop("_end")
    )


def _counted(made: Mapping[str, "pl.DataFrame"]) -> "pl.DataFrame":
    """Return cases with how many rows each has in the other tables, and how many are open."""
    import polars as pl  # noqa: PLC0415

    cases = made["cin_details"]
    for name in PARTS:
        if name not in made:
            nothing = (pl.lit(0).alias(f"{each}_{name}") for each in ("has", "open"))
            cases = cases.with_columns(*nothing)
            continue
        counts = (
            made[name]
            .group_by(WITHIN)
            .agg(
                pl.len().alias(f"has_{name}"),
                pl.col("is_open").cast(pl.Int64).sum().alias(f"open_{name}"),
            )
        )
        cases = cases.join(counts, on=WITHIN, how="left", maintain_order="left").with_columns(
            pl.col(f"has_{name}", f"open_{name}").fill_null(0)
        )
    held = made.get("section47")
    if held is None:
        return cases.with_columns(pl.lit(0).alias("conferences"), pl.lit(0).alias("dated"))
    counts = held.group_by(WITHIN).agg(pl.col("DateOfInitialCPC").count().alias("conferences"))
    return cases.join(counts, on=WITHIN, how="left", maintain_order="left").with_columns(
        pl.col("conferences").fill_null(0)
    )


def _beside(made: dict[str, "pl.DataFrame"]) -> None:
    """Add to child in need plans what of a protection plan stands beside each.

    `protected` says that a child in need plan begins during a protection plan; `overtaken` that a
    protection plan begins during it; `both_open` that both of the case are open; `reviewed` that a
    protection review falls within it.
    """
    import polars as pl  # noqa: PLC0415

    plans, cover = made.get("cin_plans"), made.get("cp_plans")
    flags = ("protected", "overtaken", "both_open", "reviewed")
    if plans is None:
        return
    if cover is None:
        made["cin_plans"] = plans.with_columns(pl.lit(value=False).alias(flag) for flag in flags)
        return
    c = pl.col
    pairs = plans.join(
        cover.select("file", "CHILD", "CPPstartDate", "CPPendDate", c("referral").alias("of_case")),
        on=BY_CHILD,
    )
    until = c("CPPendDate").fill_null(c("last_day") + pl.duration(days=1))
    plan_until = c("CINPlanEndDate").fill_null(c("last_day") + pl.duration(days=1))
    begins, covered = c("CINPlanStartDate"), c("CPPstartDate")
    told = pairs.group_by("file", "row").agg(
        ((begins >= covered) & (begins < until)).any().alias("protected"),
        ((covered >= begins) & (covered < plan_until)).any().alias("overtaken"),
        (
            (c("of_case") == c("referral"))
            & c("CPPendDate").is_null()
            & c("CINPlanEndDate").is_null()
        )
        .any()
        .alias("both_open"),
    )
    told = told.join(_reviewed(plans, made), on=("file", "row"), how="full", coalesce=True)
    made["cin_plans"] = plans.join(
        told, on=("file", "row"), how="left", maintain_order="left"
    ).with_columns(c(flag).fill_null(value=False) for flag in flags)


def _reviewed(plans: "pl.DataFrame", made: Mapping[str, "pl.DataFrame"]) -> "pl.DataFrame":
    """Return which child in need plans have a protection review within them, but for its last."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    reviews = made.get("cp_reviews")
    if reviews is None:
        none = plans.head(0).select("file", "row")
        return none.with_columns(pl.lit(value=False).alias("reviewed"))
    ends = made["cp_plans"].select("file", "plan", "CPPendDate")
    held = reviews.join(ends, on=("file", "plan"), how="left")
    held = held.filter(c("CPPreviewDate").ne_missing(c("CPPendDate")))
    pairs = plans.join(held.select(*WITHIN, "CPPreviewDate"), on=WITHIN)
    inside = (c("CPPreviewDate") >= c("CINPlanStartDate")) & (
        c("CPPreviewDate") < c("CINPlanEndDate")
    )
    return pairs.group_by("file", "row").agg(inside.any().alias("reviewed"))


def _told(made: dict[str, "pl.DataFrame"]) -> None:
    """Add factors to assessments; to protection plans, conferences and the earliest review."""
    import polars as pl  # noqa: PLC0415

    c = pl.col
    if "assessments" in made:
        factors = made.get("assessment_factors")
        held = made["assessments"]
        if factors is not None:
            by = ("file", "assessment")
            said = factors.group_by(by).agg(c("AssessmentFactors").drop_nulls().alias("factors"))
            held = held.join(said, on=by, how="left", maintain_order="left")
        else:
            held = held.with_columns(pl.lit(None, pl.List(pl.String)).alias("factors"))
        made["assessments"] = held.with_columns(
            c("factors").fill_null([]), pl.len().over(WITHIN).alias("in_case")
        )
    if "cp_plans" in made:
        held = made["cp_plans"]
        enquiries = made.get("section47")
        if enquiries is not None:
            days = enquiries.group_by(WITHIN).agg(
                c("DateOfInitialCPC").drop_nulls().alias("conferences")
            )
            held = held.join(days, on=WITHIN, how="left", maintain_order="left")
        else:
            held = held.with_columns(pl.lit(None, pl.List(pl.Date)).alias("conferences"))
        reviews = made.get("cp_reviews")
        if reviews is not None:
            by_plan = ("file", "plan")
            first = reviews.group_by(by_plan).agg(c("CPPreviewDate").min().alias("first_review"))
            held = held.join(first, on=by_plan, how="left", maintain_order="left")
        else:
            held = held.with_columns(pl.lit(None, pl.Date).alias("first_review"))
        made["cp_plans"] = held.with_columns(c("conferences").fill_null([]))
