"""A draw is one world: draw 17 is the same shocks and effects everywhere, however many follow."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.appraisal.appraise import price_draws
from headwater.catalogue import pathway as catalogue
from headwater.catalogue.places import england, place, places
from headwater.core.worlds import normals, shares
from headwater.pathways.levels import ROUTES
from headwater.pathways.local import localise, placement_mix
from headwater.workflows.business_case.setting import resolve

PLACES = ("norfolk", "hackney", "isles_of_scilly", "city_of_london", "westmorland_and_furness")
OLDER = 0.25


def located(name: str, draws: int, levels=None):
    here = place(name)
    mix = placement_mix(here, england(), older=OLDER)
    fitted = catalogue.levels(here.id) if levels is None else levels
    return localise(catalogue.national(), here, fitted, mix, draws=draws, seed=1)


@settings(max_examples=30, derandomize=True, deadline=None)
@given(seed=st.integers(0, 2**32), name=st.text(), draws=st.integers(1, 50))
def test_the_first_numbers_are_the_same_however_many_are_asked_for(seed, name, draws):
    np.testing.assert_array_equal(
        normals(seed, name, draws), normals(seed, name, 2 * draws)[:draws]
    )
    expected = np.array([0.5, 0.3, 0.2, 0.0])
    few, many = (shares(seed, name, n, expected=expected, count=7.0) for n in (draws, 2 * draws))
    np.testing.assert_array_equal(few, many[:draws])
    np.testing.assert_allclose(many.sum(axis=1), 1.0)


def test_numbers_of_different_names_and_seeds_have_nothing_in_common():
    one = normals(1, "a", 5000)
    for other in (normals(1, "b", 5000), normals(2, "a", 5000)):
        assert abs(np.corrcoef(one, other)[0, 1]) < 3 / np.sqrt(5000)


@pytest.fixture(scope="module")
def settings_of(small_case):
    risk = {"share": 0.4, "months": 12, "families": 300, "source": "made up"}
    cohort = {"children": 100, "risk": risk}
    return {
        (name, draws): resolve(small_case(place=name, draws=draws, cohort=cohort))
        for name in ("norfolk", "suffolk")
        for draws in (20, 40)
    }


@pytest.mark.parametrize("name", ["norfolk", "suffolk"])
def test_twice_the_draws_begin_with_the_same_inputs(settings_of, name):
    few, many = settings_of[name, 20], settings_of[name, 40]
    np.testing.assert_array_equal(few.pathway.multipliers, many.pathway.multipliers[:20])
    np.testing.assert_array_equal(few.pathway.marks.cumulative, many.pathway.marks.cumulative[:20])
    np.testing.assert_array_equal(few.risk.share, many.risk.share[:20])
    np.testing.assert_array_equal(few.change.effect, many.change.effect[:20])
    drawn = [price_draws(few.prices, seed=1, draws=n, place=name) for n in (20, 40)]
    np.testing.assert_array_equal(drawn[0], drawn[1][:, :20])


def test_a_draw_holds_the_same_effect_in_two_places(settings_of):
    one, other = settings_of["norfolk", 40], settings_of["suffolk", 40]
    np.testing.assert_array_equal(one.change.effect, other.change.effect)


def test_a_draw_holds_the_same_national_shock_in_two_places():
    found = []
    for name in ("norfolk", "suffolk"):
        levels = [replace(level, spread=0.0) for level in catalogue.levels(name)]
        pathway = located(name, 40, levels)
        fitted = np.zeros(len(pathway.transitions))
        for level in levels:
            fitted[pathway.moves(*level.moves)] = level.level
        found.append(np.log(pathway.multipliers) - fitted)
    np.testing.assert_allclose(found[0], found[1], atol=1e-12)
    assert found[0].std() > 0.0


def test_a_level_is_the_nation_s_shock_and_the_place_s_own():
    (level,) = (each for each in catalogue.levels("norfolk") if each.route == "need_starts")
    shock = catalogue.national().shocks["need_starts"]
    expected = (
        level.level
        + level.spread * normals(1, "level need_starts norfolk", 40)
        + shock * normals(1, "shock need_starts", 40)
    )
    np.testing.assert_allclose(np.log(located("norfolk", 40).multipliers[:, 0]), expected)


@pytest.mark.parametrize("name", PLACES)
def test_placement_shares_sum_to_one_in_every_draw(name):
    mix = placement_mix(place(name), england(), older=OLDER)
    assert mix.pooled.sum() == pytest.approx(1.0)
    assert (mix.pooled >= 0.0).all()
    cumulative = located(name, 50).marks.cumulative
    np.testing.assert_allclose(cumulative[..., -1], 1.0)
    assert (np.diff(cumulative, axis=2) >= -1e-12).all()


@pytest.mark.parametrize("name", PLACES)
def test_nobody_under_16_lives_in_supported_accommodation(name):
    cumulative = located(name, 50).marks.cumulative
    supported = np.diff(cumulative, axis=2, prepend=0.0)[:, :, 2]
    assert (supported[:, 0] == 0.0).all()
    assert (supported[:, 1] >= 0.0).all()
    assert supported[:, 1].mean() > 0.0


LIVING = sorted(name for name, one in places().items() if one.area.active)


@pytest.mark.parametrize("name", LIVING)
def test_a_level_stands_between_the_place_s_own_and_what_is_expected(name):
    levels = catalogue.levels(name)
    assert [level.route for level in levels] == [route.name for route in ROUTES]
    for level in levels:
        assert 0.0 <= level.weight <= 1.0
        assert level.spread >= 0.0
        if np.isnan(level.own):
            assert level.weight == 0.0
            assert level.level == pytest.approx(level.expected)
        else:
            low, high = sorted((level.own, level.expected))
            assert low - 1e-5 <= level.level <= high + 1e-5
            weighed = level.weight * level.own + (1 - level.weight) * level.expected
            assert level.level == pytest.approx(weighed, abs=1e-4)


def test_england_s_level_has_no_spread_of_its_own():
    for level in catalogue.levels("england"):
        assert level.spread == 0.0
        assert level.weight == 1.0
