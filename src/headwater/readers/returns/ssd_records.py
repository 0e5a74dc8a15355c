"""What an extract of the standard safeguarding dataset says of children.

A care episode of the dataset is one of the SSDA903's: one legal status and placement. Its placement
stands in a table of its own, to which the episode points; its legal status is not joined here.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from headwater.readers.returns.record_form import Event, Form, Spell, Who

if TYPE_CHECKING:
    import polars as pl

CARE, PLACEMENT, POINTS = "ssd_cla_episodes", "ssd_cla_placement", "clae_cla_placement_id"
PLACED = {"placement": "clap_cla_placement_type", "provider": "clap_cla_placement_provider"}
SEXES = {"M": "M", "F": "F", "MALE": "M", "FEMALE": "F", "1": "M", "2": "F"}
FORM = Form(
    "ssd",
    who=(Who("ssd_person", "pers_person_id", "pers_dob", ("pers_sex", "pers_gender"), SEXES),),
    spells=(
        Spell(
            "ssd_early_help_episodes",
            "earl_person_id",
            "early help",
            "earl_episode_start_date",
            "earl_episode_end_date",
            {
                "began": "earl_episode_reason",
                "ended": "earl_episode_end_reason",
                "organisation": "earl_episode_organisation",
            },
        ),
        Spell(
            "ssd_cin_episodes",
            "cine_person_id",
            "need",
            "cine_referral_date",
            "cine_close_date",
            {
                "began": "cine_referral_source_code",
                "need": "cine_cin_primary_need_code",
                "ended": "cine_close_reason",
            },
            unless=("cine_referral_nfa", ("Y", "YES", "1", "TRUE")),
        ),
        Spell(
            "ssd_cp_plans",
            "cppl_person_id",
            "plan",
            "cppl_cp_plan_start_date",
            "cppl_cp_plan_end_date",
            {
                "category": "cppl_cp_plan_initial_category",
                "latest_category": "cppl_cp_plan_latest_category",
            },
        ),
        Spell(
            "ssd_pre_proceedings",
            "prep_person_id",
            "pre-proceedings",
            "prep_pre_pro_decision_date",
            "prep_agree_stepdown_issue_date",
            {"ended": "prep_pre_pro_outcome"},
        ),
        Spell(
            CARE,
            "clae_person_id",
            "looked after",
            "clae_cla_episode_start_date",
            "clae_cla_episode_ceased_date",
            {
                "began": "clae_cla_episode_start_reason",
                "ended": "clae_cla_episode_ceased_reason",
                "need": "clae_cla_primary_need_code",
                **PLACED,
            },
        ),
        Spell(
            "ssd_missing",
            "miss_person_id",
            "missing",
            "miss_missing_episode_start_date",
            "miss_missing_episode_end_date",
            {"began": "miss_missing_episode_type"},
        ),
    ),
    events=(
        Event("ssd_contacts", "cont_person_id", "contact", "cont_contact_date"),
        Event("ssd_cin_episodes", "cine_person_id", "referral", "cine_referral_date"),
        Event("ssd_cin_assessments", "cina_person_id", "assessment", "cina_assessment_start_date"),
        Event("ssd_s47_enquiry", "s47e_person_id", "section 47", "s47e_s47_start_date"),
        Event("ssd_initial_cp_conference", "icpc_person_id", "conference", "icpc_icpc_date"),
        Event("ssd_pre_proceedings", "prep_person_id", "proceedings", "prep_care_pro_letter_date"),
    ),
)


def placed(tables: Mapping[str, "pl.DataFrame"]) -> dict[str, "pl.DataFrame"]:
    """Return the tables of an extract, each care episode with the placement it points to."""
    if CARE not in tables or PLACEMENT not in tables:
        return dict(tables)
    return {**tables, CARE: _placed(tables[CARE], tables[PLACEMENT])}


def _placed(episodes: "pl.DataFrame", placements: "pl.DataFrame") -> "pl.DataFrame":
    """Return care episodes with the placement that each points to."""
    import polars as pl  # noqa: PLC0415 - a heavy library, read when a table is

    known = placements.select(pl.col("clap_cla_placement_id").alias(POINTS), *PLACED.values())
    known = known.filter(pl.col(POINTS).is_not_null()).unique(
        POINTS, keep="last", maintain_order=True
    )
    return episodes.join(known, on=POINTS, how="left", maintain_order="left")
