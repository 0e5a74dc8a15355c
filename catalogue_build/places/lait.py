"""Reading the Department for Education's Local Authority Interactive Tool (LAIT).

Its `Data item` is blank after the first year, so `Short Desc` is the key; authorities are joined on
their number, because names differ from table to table. A dash there merges suppressed with not
applicable. Years of spending read "2016-17 (OT)": outturn.
"""

from pathlib import Path

import polars as pl

from catalogue_build.places.tables import SCHEMA

ENGLAND = 970
REGIONS = 980
"""Numbers from here on are regions."""

LOOKED_AFTER = "dfe_lait_looked_after"
SPENDING = "dfe_lait_section_251"
APPLICATIONS = "cafcass_lait_care_applications"

ITEMS: dict[str, tuple[str, str]] = {
    "LACnum": ("care_stock", LOOKED_AFTER),
    "LACnum_Start": ("care_starts", LOOKED_AFTER),
    "LACceased": ("care_ends", LOOKED_AFTER),
    "Unacc_Asylmn_Seek_Childn": ("uasc_stock", LOOKED_AFTER),
    "UASC_%_Starting": ("uasc_share_of_starts", LOOKED_AFTER),
    "LAC_Foster_Placements": ("placement_foster", LOOKED_AFTER),
    "LAC_SecHome_And_ChildHome": ("placement_residential", LOOKED_AFTER),
    "LAC_Ind_SInd_Liv_Arr": ("placement_supported", LOOKED_AFTER),
    "LAC_Parents_OR_Others": ("placement_parents", LOOKED_AFTER),
    "LAC_Other_Res_Settings": ("placement_other_residential", LOOKED_AFTER),
    "LAC_Other_Place_Inc_Unreg": ("placement_other", LOOKED_AFTER),
    "CareApplications": ("care_applications_rate", APPLICATIONS),
    "LACFinance": ("unit_cost_looked_after", SPENDING),
    "FosteringFinance": ("unit_cost_foster", SPENDING),
    "RescareFinance": ("unit_cost_residential", SPENDING),
    "SWFinance": ("unit_cost_social_work", SPENDING),
    "TotalLACFinance": ("spend_looked_after", SPENDING),
    "SureStartFinance": ("spend_sure_start", SPENDING),
    "FamilySupportFinance": ("spend_family_support", SPENDING),
    "SafeguardingFinance": ("spend_safeguarding", SPENDING),
    "YoungPeopleFinance": ("spend_young_people", SPENDING),
    "YouthJusticeFinance": ("spend_youth_justice", SPENDING),
    "OtherChildren&FamilyFinance": ("spend_other", SPENDING),
    "LeaveCareSupServTotExp": ("spend_leaving_care", SPENDING),
}
QUALITY_ITEM = "TotalLACFinance"


def ending_year(label: str) -> int:
    """Return the year a label ends in: 2017 for "2016-17 (OT)", 2024 for "2024".

    Raises
    ------
    ValueError
        If the label is of neither form.
    """
    words = label.split(maxsplit=1)[0]
    if len(words) == 7 and words[4] == "-":
        return int(words[:4]) + 1
    return int(words)


def all_cells(folder: Path) -> pl.DataFrame:
    """Return every LAIT cell read here, text as published."""
    frame = pl.read_parquet(folder / "lait/bds_long_0.parquet").filter(
        pl.col("Short Desc").is_in(list(ITEMS)),
        (pl.col("LA Number") < REGIONS),
    )
    names = {key: measure for key, (measure, _) in ITEMS.items()}
    keys = {key: source for key, (_, source) in ITEMS.items()}
    number = pl.col("LA Number").cast(pl.Int64)
    return frame.select(
        number=pl.when(number == ENGLAND).then(pl.lit("")).otherwise(number.cast(pl.String)),
        year=pl.col("Years").map_elements(ending_year, return_dtype=pl.Int64),
        measure=pl.col("Short Desc").replace_strict(names),
        text=pl.col("Values").str.strip_chars(),
        source=pl.col("Short Desc").replace_strict(keys),
    ).cast(SCHEMA)  # type: ignore[arg-type]


def check_quality_note(folder: Path) -> None:
    """Fail if the dictionary no longer says what `oddities.CAUTIONS` repeats.

    Raises
    ------
    ValueError
        If the note on Wandsworth and Middlesbrough has gone.
    """
    path = folder / "lait/lait_data_dictionary.csv"
    frame = pl.read_csv(path, infer_schema=False, encoding="utf8-lossy")
    notes = frame.filter(pl.col("Measure_short") == QUALITY_ITEM)["Methodology"].to_list()
    if not any("Wandsworth and Middlesborough" in (note or "") for note in notes):
        raise ValueError(f"{path}: the quality note of {QUALITY_ITEM} has changed; read it again")
