"""`--report` and `--xlsx` of a forecast and of the record: no number stands bare in either."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import openpyxl
import pytest
from report_walker import walk

from headwater.core.figure import Figure
from headwater.reporting.table import figures_of
from headwater.workflows.citations import cited
from headwater.workflows.forecast.answer import forecast
from headwater.workflows.forecast.past import past_record
from headwater.workflows.forecast.result import COST_LEFT_OUT, MIDDLE_OF_DIFFERENCES
from headwater.workflows.forecast.scenario import Change, Scenario
from headwater.workflows.forecast.width import steady
from headwater.workflows.forecast_report import html_report, place_tables, record_tables, workbook
from headwater.workflows.forecast_report.history import history
from headwater.workflows.forecast_report.report import again, likely

SCENARIO = Scenario(
    title="Family help holds more children at home",
    change=(
        Change(
            rate="care_starts",
            multiply=0.9,
            **{"from": date(2026, 4, 1)},
            because="a tenth fewer starts",
        ),
    ),
)
PLACES = ("usual", "scenario", "small")
NAMES = (*PLACES, "record")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    '=HYPERLINK("http://example.org","4")',
    "+1+cmd|' /C calc'!A0",
    "{{ 7*7 }}",
)


@pytest.fixture(scope="module")
def results():
    return {
        "usual": forecast("norfolk", years=3, draws=40),
        "scenario": forecast("norfolk", years=2, draws=40, scenario=SCENARIO),
        "small": forecast("rutland", years=1, draws=40),
        "record": past_record(),
    }


@pytest.fixture(scope="module")
def pages(results):
    return {name: html_report(result, cited(result)) for name, result in results.items()}


@pytest.fixture(scope="module")
def books(results):
    return {
        name: openpyxl.load_workbook(io.BytesIO(workbook(result, cited(result))))
        for name, result in results.items()
    }


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def test_no_digit_of_the_body_stands_outside_a_figure(pages, name) -> None:
    walked = walk(pages[name])
    assert walked.bare == []
    assert len(walked.figures) > 100


def test_every_figure_names_its_unit_and_sources_or_says_what_it_is(pages, name) -> None:
    for figure in walk(pages[name]).figures:
        assert figure["data-unit"]
        unsourced = {"assumed", "input", "not known"}
        assert figure.get("data-sources") or figure["data-basis"] in unsourced
        known = figure["data-basis"] != "not known"
        assert not (known and figure["data-unit"].startswith("GBP")) or figure["data-price-base"]
        assert figure.get("data-interval") or not figure.get("data-low")


def test_every_source_of_a_figure_is_in_the_source_list(pages, name) -> None:
    walked = walk(pages[name])
    listed = {held["data-key"] for _, held in walked.tags if "data-key" in held}
    used = {key for figure in walked.figures for key in figure.get("data-sources", "").split()}
    assert used
    assert used <= listed


def test_the_report_is_one_small_file_that_fetches_nothing(pages, name) -> None:
    page = pages[name]
    assert len(page.encode()) < 400_000
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in walk(page).tags}
    assert "@import" not in page
    assert "url(http" not in page


def test_links_lead_somewhere_ids_are_unique_and_headings_are_in_order(pages, name) -> None:
    walked = walk(pages[name])
    assert walked.unclosed == []
    ids = Counter(held["id"] for _, held in walked.tags if "id" in held)
    assert [found for found, times in ids.items() if times > 1] == []
    for _, held in walked.tags:
        if held.get("href", "").startswith("#"):
            assert held["href"][1:] in ids
        assert set(held.get("aria-labelledby", "").split()) <= set(ids)
    levels = [int(tag[1]) for tag, _ in walked.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_scopes_and_drawings_have_words(pages, name) -> None:
    walked = walk(pages[name])
    tags = [tag for tag, _ in walked.tags]
    assert tags.count("table") == tags.count("caption")
    assert all(held.get("scope") for tag, held in walked.tags if tag == "th")
    drawings = [held for tag, held in walked.tags if tag == "svg"]
    assert drawings
    assert all(held["role"] == "img" and held["aria-labelledby"] for held in drawings)
    assert tags.count("desc") == len(drawings)


def test_how_far_to_trust_it_stands_before_every_number(results, pages) -> None:
    page = pages["usual"]
    said = [" ".join(words.split()) for words in walk(page).text]
    first = said.index(results["usual"].first_lines[0])
    headline = said.index("Now, and at the end of the forecast")
    assert first < headline
    order = (
        "month-h",
        "year-h",
        "split-h",
        "placements-h",
        "drivers-h",
        "doubts-h",
        "assumptions-h",
        "record-h",
        "sources-h",
    )
    at = [page.index(f'id="{section}"') for section in order]
    assert at == sorted(at)


def test_what_was_published_before_is_shown_with_its_own_sources(results, pages) -> None:
    past = history(results["usual"])
    assert past.stocks["care"][-1].value == results["usual"].stocks[-1].base.value
    assert past.spending[-1].value == results["usual"].spent_base.value
    keys = {key for line in past.stocks.values() for figure in line for key in figure.sources}
    keys |= {key for figure in past.spending for key in figure.sources}
    listed = {held["data-key"] for _, held in walk(pages["usual"]).tags if "data-key" in held}
    assert keys <= listed


def test_the_months_go_on_from_what_was_published(results) -> None:
    for name in ("usual", "small"):
        first = results[name].months[0]
        for line in results[name].stocks:
            begun = {"need": first.need, "plan": first.plan, "care": first.care}[line.id]
            assert begun.value == pytest.approx(line.base.value, abs=1.0)


def test_the_scenario_stands_beside_with_its_reasons(pages) -> None:
    page = pages["scenario"]
    text = " ".join(" ".join(walk(page).text).split())
    assert SCENARIO.title in text
    assert SCENARIO.change[0].because in text
    assert 'id="scenario-children"' in page
    assert 'id="the-scenario"' not in pages["usual"]


def test_the_first_page_says_which_figures_are_with_the_scenario(pages, books) -> None:
    first = pages["scenario"].split('id="by-month"')[0]
    text = " ".join(" ".join(walk(first).text).split())
    assert f"Scenario: {SCENARIO.title}" in text
    assert text.count("without the scenario") == 4
    assert text.count("With it:") == 4
    assert text.count("(difference") == 4
    assert MIDDLE_OF_DIFFERENCES in text
    assert COST_LEFT_OUT in text
    heads = [cell.value for cell in books["scenario"]["headline"][5]]
    for head in ("at the end, without the scenario", "at the end, with the scenario"):
        assert head in heads
    assert SCENARIO.title in books["scenario"]["headline"]["A1"].value
    assert "With it:" not in pages["usual"]


def test_years_that_the_record_tested_stand_beside_those_it_did_not() -> None:
    longer = forecast("rutland", years=4, draws=40)
    table = place_tables.tables(longer, history(longer))["headline"]
    assert table.columns == ("what", "now", "after 3 years", "at the end")
    assert table.rows[0][2] is longer.stocks[0].years[2]
    page = html_report(longer, cited(longer)).split('id="by-month"')[0]
    assert all(s in page for s in ("31 March 2028", "31 March 2029", "2027-28"))


def test_columns_of_differences_say_what_they_are_of(results) -> None:
    result = results["scenario"]
    table = place_tables.tables(result, history(result))["scenario-children"]
    assert len(set(table.columns)) == len(table.columns)


def test_a_rise_is_called_likely_only_where_the_whole_interval_is_above(results) -> None:
    result = results["usual"]
    line = result.stocks[0]
    low, high = line.base.value + 1, line.base.value + 9
    end = line.years[-1].but(value=low, low=low, high=high)
    rising = replace(result, stocks=(replace(line, years=(end,)),), spending=())
    assert likely(rising)[0].startswith("Likely to rise")
    open_end = end.but(low=line.base.value - 1)
    open_line = replace(line, years=(open_end,))
    assert likely(replace(rising, stocks=(open_line,)))[0].startswith("May rise or fall")


def test_what_the_screen_says_of_trust_and_seed_stands_in_the_report(results, pages) -> None:
    text = " ".join(" ".join(walk(pages["scenario"]).text).split())
    result = results["scenario"]
    for line in (*result.first_lines, *result.cautions, steady(result), result.flows_note):
        assert " ".join(line.split()) in text
    for table in ("seed", "scenario-moves", "flows"):
        assert f'id="{table}"' in pages["scenario"]


def test_the_command_that_runs_it_again_is_whole(results) -> None:
    shipped = replace(results["scenario"], scenario_name="a-tenth-fewer-care-starts")
    wanted = "headwater forecast norfolk --years 2 --draws 40 --seed 1"
    assert f"{wanted} --report report.html" in again(results["usual"]).replace("years 3", "years 2")
    unnamed = replace(shipped, scenario_name="")
    assert "--scenario scenario.toml --report" in again(unnamed)
    assert "file is needed too" in html_report(unnamed, cited(unnamed))
    assert f"{wanted} --scenario a-tenth-fewer-care-starts --report" in again(shipped)
    page = html_report(shipped, cited(shipped))
    assert again(shipped) in page
    assert "file is needed too" not in page
    mine = replace(shipped, scenario_name="my own.toml")
    assert "--scenario 'my own.toml' --report" in again(mine)
    assert "file is needed too" in html_report(mine, cited(mine))


def test_a_drawing_begins_where_its_series_breaks(results) -> None:
    past = history(results["usual"])
    assert past.since["need"] == 2017
    assert past.since["care"] == past.years[0]
    assert "(the drawing begins there)" in past.breaks[0]


def test_placements_of_the_base_day_stand_without_a_range(results) -> None:
    first, second, *_ = place_tables.tables(results["usual"], history(results["usual"]))[
        "placements"
    ].rows
    assert all(figure.low is None for figure in first[1:])
    assert all(figure.low is not None for figure in second[1:])


def test_a_place_without_spending_says_why(results) -> None:
    unknown = Figure(None, "GBP", "not known", note="spending is not published")
    result = replace(
        results["usual"],
        spending=(),
        spent_base=unknown,
        months=tuple(replace(m, by_state={}, placements={}) for m in results["usual"].months),
    )
    page = html_report(result, cited(result))
    assert "spending is not published" in page
    assert 'id="chart-spending' not in page
    assert 'id="split"' not in page
    assert workbook(result, cited(result))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(results, words) -> None:
    base = results["scenario"]
    changes = tuple(replace(c, what=words, because=words) for c in base.changes)
    lists = {"first_lines": (words,), "assumptions": (words,), "lacks": (words,)}
    result = replace(base, place=words, scenario=words, changes=changes, **lists)
    page = html_report(result, cited(result))
    walked, plain = walk(page), walk(html_report(replace(result, place="x 1"), cited(result)))
    assert Counter(t for t, _ in walked.tags) - Counter(t for t, _ in plain.tags) <= Counter(
        {"span": 1}
    )
    assert not [name for _, held in walked.tags for name in held if name.startswith("on")]
    assert "".join(words.split()) in "".join("".join(walked.text).split())
    book = openpyxl.load_workbook(io.BytesIO(workbook(result, cited(result))))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    assert not [c for sheet in book for row in sheet for c in row if c.hyperlink]


def test_the_workbook_holds_every_figure_of_every_table_exactly(results, books, name) -> None:
    result, book = results[name], books[name]
    if name == "record":
        tables = [*record_tables.tables(result).values(), record_tables.places_table(result)]
    else:
        shown = place_tables.tables(result, history(result)).values()
        tables = [*shown, *place_tables.month_tables(result)]
    assert len(tables) > (3 if name == "record" else 10)
    for table in tables:
        wanted = sorted(
            end
            for figure in figures_of(table)
            for end in (figure.value, *_ends(figure))
            if end is not None
        )
        rows = book[table.id[:31]].iter_rows(min_row=6, values_only=True)
        found = sorted(v for row in rows for v in row if isinstance(v, int | float))
        assert found == pytest.approx(wanted, rel=1e-12)


def _ends(figure: Figure) -> tuple[float | None, float | None]:
    return (None, None) if figure.value is None else (figure.low, figure.high)


def test_the_workbook_holds_every_month_and_every_place(results, books) -> None:
    usual, record = results["usual"], results["record"]
    for sheet in ("months", "month-placements", "month-spending"):
        assert books["usual"][sheet].max_row == 5 + len(usual.months)
    assert books["record"]["places"].max_row == 5 + len(record.places)
    assert {"Assumptions", "How far to trust it", "Sources"} <= set(books["usual"].sheetnames)


def test_every_row_of_a_sheet_names_unit_basis_and_sources(books, name) -> None:
    for sheet in books[name]:
        if not sheet.title[0].islower():
            continue
        heads = [cell.value for cell in sheet[5]]
        assert heads[-4:] == ["ranges are", "basis", "sources", "notes"]
        for row in sheet.iter_rows(min_row=6, values_only=True):
            numbers = [value for value in row if isinstance(value, int | float)]
            basis, sources = row[heads.index("basis")], row[heads.index("sources")]
            known = set((basis or "").split("; ")) <= {"assumed", "input", "not known"}
            assert not numbers or sources or known


def test_the_same_result_gives_the_same_bytes(results, pages, name) -> None:
    result = results[name]
    assert html_report(result, cited(result)) == pages[name]
    assert workbook(result, cited(result)) == workbook(result, cited(result))
