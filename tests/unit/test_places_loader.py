"""Places load as published: figures, symbols, sources, boundaries, breaks and gaps."""

import re
from collections import Counter

import numpy as np
import pytest

from headwater.catalogue.places import england, measures, neighbours_source, place, places
from headwater.catalogue.sources import sources

PLACES = 159
SERIES = 10_442
FIGURES = 95_659
SYMBOLS = 4407


def test_registry_counts_catch_silent_loss() -> None:
    every = places().values()
    series = [one for each in every for one in each.series.values()]
    numbers = sum(int((~np.isnan(one.values)).sum()) for one in series)
    symbols = sum(symbol != "" for one in series for symbol in one.symbols)
    assert (len(every), len(series), numbers, symbols) == (PLACES, SERIES, FIGURES, SYMBOLS)
    assert sum(each.area.active for each in every) == 154
    assert len(measures()) == 66


def test_kinds_of_authorities_are_complete() -> None:
    kinds = Counter(each.area.kind for each in places().values() if each.area.active)
    assert kinds == {
        "country": 1,
        "county": 21,
        "unitary authority": 62,
        "metropolitan district": 36,
        "London borough": 32,
        "City of London Corporation": 1,
        "Council of the Isles of Scilly": 1,
    }


@pytest.mark.parametrize(
    ("measure", "year", "value"),
    [
        ("need_stock", 2016, 10_644),
        ("need_stock", 2017, 4_794),
        ("need_stock", 2025, 4_643),
        ("care_stock", 2016, 1_045),
        ("care_stock", 2025, 1_069),
        ("population", 2024, 171_830),
        ("unit_cost_looked_after", 2025, 2_590),
        ("spend_looked_after", 2025, 144_294_181),
        ("ro3_looked_after", 2025, 151_302_000),
        ("placement_foster", 2025, 64),
        ("care_applications_rate", 2025, 7.4),
    ],
)
def test_norfolk_is_as_published(measure: str, year: int, value: float) -> None:
    assert place("norfolk").value(measure, year) == value


def test_england_is_as_published_and_says_how_it_is_rounded() -> None:
    assert england().value("need_stock", 2025) == 402_400
    assert england().series["need_stock"].rounding == "England rounded to 10"
    assert england().value("care_applications_rate", 2022) == 9.7
    assert england().series["population"].rounding == ""


def test_every_series_is_whole_and_its_sources_are_known() -> None:
    known = sources()
    for each in places().values():
        for one in each.series.values():
            assert one.years == tuple(range(one.years[0], one.years[-1] + 1))
            assert len(one.years) == len(one.values) == len(one.symbols)
            assert not one.values.flags.writeable
            for year, value, symbol in zip(one.years, one.values, one.symbols, strict=True):
                assert np.isnan(value) == (symbol != "")
                assert one.source_of(year) in known
    assert neighbours_source() in known


def test_a_series_read_in_two_tables_names_both() -> None:
    care = place("norfolk").series["care_stock"]
    assert care.source_of(2020) == "dfe_lait_looked_after"
    assert care.source_of(2021) == care.source == "dfe_cla_2025_numbers"


def test_symbols_stay_what_they_were() -> None:
    city, scilly = place("city_of_london"), place("isles_of_scilly")
    assert _symbol(city, "care_stock", 2025) == "suppressed"
    assert _symbol(scilly, "care_stock", 2025) == "not applicable"
    assert _symbol(place("hackney"), "need_stock", 2021) == "not available"
    assert _symbol(place("hampshire"), "need_stock", 2024) == "unreliable"
    assert _symbol(place("wandsworth"), "spend_looked_after", 2025) == "merged"
    assert _symbol(place("birmingham"), "ro3_looked_after", 2025) == "not available"


def _symbol(one, measure: str, year: int) -> str:
    series = one.series[measure]
    assert series.at(year) is None
    return series.symbols[series.years.index(year)]


@pytest.mark.parametrize("name", ["city_of_london", "isles_of_scilly"])
def test_the_smallest_authorities_say_what_they_lack(name: str) -> None:
    one = place(name)
    assert any(lack.startswith("Children looked after") for lack in one.lacks)
    assert any(lack.startswith("Placements") for lack in one.lacks)
    assert one.value("need_stock", 2025) is not None


def test_cautions_of_publishers_are_passed_on() -> None:
    assert "quality of this authority's return" in place("middlesbrough").lacks[-1]
    assert any("exactly 60 million" in lack for lack in england().lacks)


@pytest.mark.parametrize(
    ("former", "successors", "last"),
    [
        ("northamptonshire", {"north_northamptonshire", "west_northamptonshire"}, 2021),
        ("cumbria", {"cumberland", "westmorland_and_furness"}, 2023),
        ("dorset_to_march_2019", {"dorset", "bournemouth_christchurch_and_poole"}, 2019),
        ("bournemouth", {"bournemouth_christchurch_and_poole"}, 2019),
        ("poole", {"bournemouth_christchurch_and_poole"}, 2019),
    ],
)
def test_former_authorities_name_their_successors(former, successors, last) -> None:
    old = place(former)
    assert not old.area.active
    assert set(old.area.successors) == successors
    assert old.series["need_stock"].years[-1] == last
    assert str(last) in old.area.boundary
    for new in map(place, successors):
        assert former in new.area.predecessors
        assert new.area.active
        assert new.series["need_stock"].years[0] == last + 1
        assert new.area.boundary


def test_a_divided_county_is_continued_by_its_parts() -> None:
    parts = [
        place(name).value("population", 2021) for name in place("northamptonshire").area.successors
    ]
    assert sum(parts) == pytest.approx(
        place("northamptonshire").value("population", 2020), rel=0.01
    )


def test_breaks_find_the_known_ones() -> None:
    norfolk = [found for found in place("norfolk").breaks if found.measure == "need_stock"]
    assert [(found.year, found.before, found.after) for found in norfolk] == [(2017, 10_644, 4_794)]
    assert norfolk[0].reason == "cause not published in the sources read"
    hackney = next(found for found in place("hackney").breaks if found.measure == "need_stock")
    assert hackney.year == 2021
    assert hackney.reason.startswith("2021 not available; 2022 not available; compared are 2020")
    hampshire = next(found for found in place("hampshire").breaks if found.measure == "need_stock")
    assert hampshire.year == 2024
    assert "low reliability" in hampshire.reason


def test_breaks_do_not_flag_a_quarter_of_england() -> None:
    flagged = [one.id for one in places().values() if one.area.active and one.breaks]
    assert 3 <= len(flagged) < 154 / 4


def test_neighbours_are_ten_and_from_the_closest() -> None:
    near = place("norfolk").neighbours
    assert len(near) == 10
    assert (near[0].place, near[0].closeness) == ("suffolk", "Very close")
    assert all(one.place in places() for each in places().values() for one in each.neighbours)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NORFOLK", "norfolk"),
        ("926", "norfolk"),
        ("E10000020", "norfolk"),
        ("bristol", "bristol"),
        ("Bristol, City of", "bristol"),
        ("kingston-upon-hull", "kingston_upon_hull"),
        ("St. Helens", "st_helens"),
        ("Dorset", "dorset"),
        ("E10000023", "north_yorkshire"),
        ("E06000065", "north_yorkshire"),
        ("E10000002", "buckinghamshire"),
        ("E08000020", "gateshead"),
        ("E06000048", "northumberland"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(name: str, expected: str) -> None:
    assert place(name).id == expected


def test_ids_are_slugs_of_their_own() -> None:
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in places())
    assert all(one.id == name for name, one in places().items())
