"""What ships: how many programmes, results and unit costs, and that each names its source."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from headwater.catalogue.files import DATA
from headwater.catalogue.prices import appraisal_values, deflator, discount_rates
from headwater.catalogue.programmes import not_programmes, programme, programmes
from headwater.catalogue.sources import sources
from headwater.catalogue.unit_costs import unit_cost, unit_costs
from headwater.core.agency import AGENCIES, AGENCY_NAMES, COUNCIL
from headwater.core.programme import Programme

ROOT = Path(__file__).parents[2]

USABLE = {
    "family_group_conference",
    "family_nurse_partnership",
    "homebuilders",
    "multisystemic_therapy",
}
STATES = {
    "universal",
    "child_in_need",
    "protection_plan",
    "pre_proceedings",
    "looked_after",
    "left_care_home",
    "left_care_permanence",
    "left_care_other",
}


def cited_by_programmes() -> set[str]:
    every = programmes().values()
    return {
        *(one.source for one in every),
        *(effect.source for one in every for effect in one.effects),
        *(one.cost.source for one in every if one.cost is not None),
        *(row["source"] for one in every for row in one.published_cba),
        *(row["source"] for other in not_programmes().values() for row in other.published_cba),
    }


def cited_by_prices() -> set[str]:
    return {
        deflator().source,
        *(rates.source for rates in discount_rates().values()),
        *(value.source for value in appraisal_values()),
    }


def part(name: str) -> set[str]:
    entries = json.loads((DATA / "sources" / f"{name}.json").read_text(encoding="utf-8"))
    return {entry["key"] for entry in entries}


def test_registry_counts():
    every = programmes().values()
    assert len(every) == 55, "48 described, 6 with published results only, 1 with effects only"
    assert sum(len(one.effects) for one in every) == 94
    assert len(unit_costs()) == 557
    assert len(appraisal_values()) == 6
    assert len(deflator().index) == 35


def test_every_published_result_is_kept():
    kept = sum(len(one.published_cba) for one in programmes().values())
    kept += sum(len(other.published_cba) for other in not_programmes().values())
    assert kept == 120


def test_what_is_no_programme_says_why():
    assert set(not_programmes()) == {"lcf", "care_review", "stable_homes"}
    assert all(other.reason for other in not_programmes().values())


def test_every_source_named_is_in_the_bibliography():
    costs = {cost.source for cost in unit_costs().values()}
    assert cited_by_programmes() | cited_by_prices() | costs <= set(sources())


def test_every_source_is_used():
    costs = {cost.source for cost in unit_costs().values()}
    assert part("programmes") <= cited_by_programmes() | costs
    assert part("unit_costs") <= costs
    assert part("prices") <= cited_by_prices()


def test_the_usable_programmes_are_those_named():
    assert {one.id for one in programmes().values() if one.usable} == USABLE


def test_every_effect_bears_on_the_pathway_or_says_why_not():
    for one in programmes().values():
        for effect in one.effects:
            assert (effect.bearing is None) == bool(effect.not_usable_because), effect.outcome
            assert "{" not in effect.not_usable_because


def test_every_usable_effect_is_dated_and_says_where_its_spread_comes_from():
    for one in programmes().values():
        for effect in one.usable:
            bearing = effect.bearing
            assert bearing is not None
            assert bearing.effect.uncertainty
            assert bearing.effect.transport.country
            assert bearing.effect.transport.era
            assert bearing.effect.transport.level_of_need
            assert bearing.how
            assert sources()[bearing.effect.source].published


def test_bearings_name_states_of_the_pathway():
    for one in programmes().values():
        for effect in one.usable:
            assert effect.bearing is not None
            assert effect.bearing.state in STATES
            for move in effect.bearing.transitions:
                assert set(move.split(" -> ")) <= STATES


def test_one_study_moves_a_hazard_once():
    for one in programmes().values():
        studies = [effect.study for effect in one.usable]
        assert len(studies) == len(set(studies))


def test_a_comparison_without_a_counterfactual_moves_nothing():
    for one in programmes().values():
        for effect in one.usable:
            assert effect.kind in {"randomised", "meta-analysis", "quasi-experimental"}


def test_a_null_placement_trial_beside_a_better_claim_is_called_a_conflict():
    for one in programmes().values():
        care = [effect for effect in one.effects if effect.domain == "looked after"]
        null = any(e.kind == "randomised" and e.direction != "favours programme" for e in care)
        claim = any(e.kind != "randomised" and e.direction == "favours programme" for e in care)
        if null and claim:
            assert one.conflicts, one.id


def test_a_cost_is_usable_only_in_dated_pounds():
    usable = {one.id for one in programmes().values() if one.cost and one.cost.usable}
    assert usable == {
        "incredible_years_preschool",
        "group_parenting",
        "individual_parenting",
        "school_social_and_emotional_learning",
    }


def test_programmes_answer_to_id_alias_and_name():
    for one in programmes().values():
        for name in (one.id, *one.aliases, one.name, one.name.upper()):
            assert programme(name).id == one.id


def test_wsipp_versions_stand_in_order():
    pages = [
        [row["year"] for row in one.published_cba if row["source"].startswith(f"wsipp_{page}_")]
        for one, page in (
            (programme("pcit"), 76),
            (programme("gbg"), 82),
            (programme("pat"), 118),
            (programme("homevisit_other"), 56),
        )
    ]
    assert all(len(years) > 1 and years == sorted(years) for years in pages)


def test_every_agency_has_a_name_and_bears_something():
    borne = {agency for cost in unit_costs().values() for agency in cost.agencies}
    assert borne == set(AGENCIES) == set(AGENCY_NAMES)
    assert set(AGENCIES) > COUNCIL


def test_every_wording_of_a_bearer_is_mapped_and_every_mapping_used():
    text = (ROOT / "catalogue_build" / "unit_costs.toml").read_text(encoding="utf-8")
    mapped = tomllib.loads(text)["bearers"]
    assert {cost.bearer for cost in unit_costs().values()} == set(mapped)


def test_the_example_of_the_how_to_loads():
    text = (ROOT / "docs" / "how-to" / "add-a-programme.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert Programme.model_validate(tomllib.loads(example)).usable


def test_joint_bearers_stay_joint():
    assert unit_cost("SS4.1").agencies == (
        "legal_aid",
        "council_childrens_services",
        "courts",
        "cafcass",
    )
    assert unit_cost("care_proceedings").joint
    assert not unit_cost("care_average").joint


def test_no_source_gave_a_cashable_share():
    assert all(cost.cashable_share is None for cost in unit_costs().values())


def test_unit_costs_without_an_exact_price_year_enter_nothing():
    left_out = [cost for cost in unit_costs().values() if not cost.usable]
    assert len(left_out) == 22
    assert all(cost.not_usable_because for cost in left_out)
    assert unit_cost("care_proceedings").price_year == "circa 2022"


@pytest.mark.parametrize("code", ["SS4.1.2", "ss4_1_2", "care_order_application_council"])
def test_unit_costs_answer_to_code_and_id(code):
    assert unit_cost(code).value == 6250
    assert str(unit_cost(code).base()) == "2005-06"


def test_the_catalogue_speaks_of_itself_alone():
    for folder in (DATA, DATA / "programmes"):
        for entry in folder.iterdir():
            if entry.name.endswith(".json"):
                text = entry.read_text(encoding="utf-8")
                assert "stored text" not in text
