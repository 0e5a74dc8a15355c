"""`--report` and `--xlsx` of a business case, and the rule that no number stands bare."""

import io
import json
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest
from report_walker import walk

from headwater.core.figure import Figure
from headwater.core.source import Source
from headwater.reporting.documents import to_json
from headwater.workflows.business_case import read_case, run_business_case
from headwater.workflows.business_case.case_file import check_case
from headwater.workflows.business_case_report import html_report, workbook
from headwater.workflows.citations import cited

COST = {"amount": "2000", "price_base": "2024-25", "source": "given"}
FGC = {
    "place": "norfolk",
    "programme": "family_group_conference",
    "draws": 40,
    "cohort": {"children": 150},
}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'><svg/onload=alert(3)>",
    '=HYPERLINK("http://example.org","4")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "{{ 7*7 }}",
    "https://example.org/a?b=<b>5</b>",
)


@pytest.fixture(scope="module")
def cases():
    with_cost = {**FGC, "delivery": {"cost_per_child": COST}}
    return {
        "usable": run_business_case(check_case(with_cost, "test")),
        "no cost": run_business_case(check_case(FGC, "test")),
        "no effect": run_business_case(
            read_case("stronger-families-norfolk").model_copy(update={"draws": 40})
        ),
    }


@pytest.fixture(scope="module")
def pages(cases):
    return {name: html_report(case, cited(case)) for name, case in cases.items()}


@pytest.fixture(params=["usable", "no cost", "no effect"])
def name(request):
    return request.param


def test_no_digit_of_the_body_stands_outside_a_figure(pages, name) -> None:
    walked = walk(pages[name])
    assert walked.bare == []
    assert len(walked.figures) > 100


def test_a_bare_digit_is_found() -> None:
    assert walk("<p>about 40 children</p>").bare == ["about 40 children"]
    assert walk('<p>about <data class="figure" value="40">40</data></p>').bare == []


def test_every_figure_names_its_unit_and_sources_or_says_what_it_is(pages, name) -> None:
    for figure in walk(pages[name]).figures:
        assert figure["data-unit"]
        assert figure.get("data-sources") or figure["data-basis"] in {
            "assumed",
            "input",
            "not known",
        }
        assert ("unknown" in figure["class"]) == (figure["value"] == "")
        known = figure["data-basis"] != "not known"
        assert not (known and figure["data-unit"].startswith("GBP")) or figure["data-price-base"]


def test_every_source_of_a_figure_is_in_the_source_list(pages, name) -> None:
    walked = walk(pages[name])
    listed = {held["data-key"] for _, held in walked.tags if "data-key" in held}
    used = {key for figure in walked.figures for key in figure.get("data-sources", "").split()}
    assert used <= listed


def test_every_number_in_quoted_words_comes_with_the_result(cases, pages, name) -> None:
    case = cases[name]
    said = " ".join(_strings(json.loads(to_json("business-case", case, cited(case)))["result"]))
    numbers = {
        word.strip("().,;:")
        for words in _quoted(pages[name])
        for word in words.split()
        if any(letter.isdigit() for letter in word)
    }
    assert numbers
    assert not [number for number in numbers if number not in said]


def test_every_link_within_the_report_leads_somewhere_and_ids_are_unique(pages, name) -> None:
    tags = walk(pages[name]).tags
    ids = [held["id"] for _, held in tags if "id" in held]
    assert len(ids) == len(set(ids))
    for _, held in tags:
        if held.get("href", "").startswith("#"):
            assert held["href"][1:] in ids
        for target in held.get("aria-labelledby", "").split():
            assert target in ids


def test_headings_are_in_order_and_elements_are_closed(pages, name) -> None:
    walked = walk(pages[name])
    assert walked.unclosed == []
    levels = [int(tag[1]) for tag, _ in walked.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_scopes_and_drawings_have_words(pages, name) -> None:
    tags = [tag for tag, _ in walk(pages[name]).tags]
    assert tags.count("table") == tags.count("caption")
    assert all(held.get("scope") for tag, held in walk(pages[name]).tags if tag == "th")
    drawings = [held for tag, held in walk(pages[name]).tags if tag == "svg"]
    assert drawings
    assert all(held["role"] == "img" and held["aria-labelledby"] for held in drawings)
    assert tags.count("desc") == len(drawings)


def test_the_report_is_one_small_file_that_fetches_nothing(pages, name) -> None:
    page = pages[name]
    assert len(page.encode()) < 300_000
    walked = walk(page)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in walked.tags}
    assert "@import" not in page
    assert "url(http" not in page


def test_a_case_without_a_usable_effect_says_why_and_draws_nothing_empty(pages) -> None:
    page = pages["no effect"]
    assert "Not known" in page
    assert "no usable effect is published" in page
    assert 'id="chart-years' not in page
    assert 'id="chart-swings' not in page
    assert 'id="chart-promise-wide' in page
    assert "How would we know?" in page


def test_harms_and_nulls_stand_before_the_rest(cases) -> None:
    case = cases["usable"]
    kinds = ("favours programme", "no detectable effect", "favours control")
    rows = tuple(
        replace(case.evidence[0], direction=kind, outcome=f"seen: {kind}") for kind in kinds
    )
    text = " ".join(
        " ".join(walk(html_report(replace(case, evidence=rows), cited(case))).text).split()
    )
    places = [text.index(f"seen: {kind}") for kind in kinds]
    assert places == sorted(places, reverse=True)
    assert "harm, or favours the comparison group: 1" in text


def test_the_same_case_gives_the_same_bytes(cases, pages, name) -> None:
    case = cases[name]
    assert html_report(case, cited(case)) == pages[name]
    assert workbook(case, cited(case)) == workbook(case, cited(case))


def test_harm_is_drawn_as_harm(cases) -> None:
    case = cases["usable"]
    harmful = case.headline.net.but(value=-5.0, low=-9.0, high=-1.0)
    page = html_report(replace(case, headline=replace(case.headline, net=harmful)), cited(case))
    assert page.count('class="harm"') == 5
    assert "−5" in page


def test_a_large_cohort_is_drawn_as_a_hundred(cases) -> None:
    case = cases["usable"]
    head, children = case.headline, Figure(1_000_000, "children", "input")
    head = replace(
        head,
        would_have_anyway=head.would_have_anyway.but(value=400_000.0),
        net=head.net.but(value=100_000.0),
    )
    large = replace(case, headline=head, cohort=replace(case.cohort, children=children))
    page = html_report(large, cited(case))
    assert page.count('href="#person"') == 100
    assert walk(page).bare == []


def _hostile(case, words: str):
    """Put the same words in every place that a user or a source may fill."""
    return replace(
        case,
        title=words,
        banner=(words,),
        place=replace(case.place, name=words),
        programme=replace(case.programme, name=words),
        notes=(words,),
        assumptions=(words,),
        evidence=tuple(
            replace(row, outcome=words, study=words, country=words) for row in case.evidence
        ),
        headline=replace(case.headline, verdict=words, conflicts=(words,), assumed=(words,)),
        outcomes=tuple(replace(row, name=words) for row in case.outcomes),
        cohort=replace(case.cohort, ages=words, level=words, risk=_assumed(words)),
        reverse=replace(
            case.reverse,
            beside=tuple(
                replace(row, programme=words, study=words, in_words=words)
                for row in case.reverse.beside
            ),
        ),
    )


def _assumed(words: str) -> Figure:
    return Figure(40.0, f"per cent {words}", "assumed", note=words)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(cases, words) -> None:
    case = _hostile(cases["usable"], words)
    works = (*cited(cases["usable"]), Source(key="bad", title=words, url=f"javascript:{words}"))
    page = html_report(case, works)
    walked, plain = walk(page), walk(html_report(_hostile(cases["usable"], "plain 1"), works))
    assert [tag for tag, _ in walked.tags] == [tag for tag, _ in plain.tags]
    assert not [name for _, held in walked.tags for name in held if name.startswith("on")]
    assert not [held for _, held in walked.tags if held.get("href", "").startswith("javascript")]
    assert "".join(words.split()) in "".join("".join(walked.text).split())
    book = openpyxl.load_workbook(io.BytesIO(workbook(case, works)))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    assert not [c for sheet in book for row in sheet for c in row if c.hyperlink]


def test_the_workbook_has_a_sheet_a_table_with_sources_beside_every_row(cases, name) -> None:
    case = cases[name]
    book = openpyxl.load_workbook(io.BytesIO(workbook(case, cited(case))))
    assert book.sheetnames[0] == "Read me"
    assert {"outcomes", "agencies", "hazards", "Assumptions", "Sources"} <= set(book.sheetnames)
    for sheet in book:
        if not sheet.title[0].islower():
            continue
        heads = [cell.value for cell in sheet[5]]
        assert sheet.freeze_panes == "B6"
        assert heads[-4:] == ["ranges are", "basis", "sources", "notes"]
        for row in sheet.iter_rows(min_row=6, values_only=True):
            numbers = [value for value in row if isinstance(value, int | float)]
            basis, sources = row[heads.index("basis")], row[heads.index("sources")]
            assert (
                not numbers
                or sources
                or set(basis.split("; ")) <= {"assumed", "input", "not known"}
            )


def test_every_number_of_the_document_stands_in_a_figure(cases, name) -> None:
    case = cases[name]
    document = json.loads(to_json("business-case", case, cited(case)))
    assert _bare_numbers(document, "") == []


def test_a_bare_number_in_a_document_is_found() -> None:
    assert _bare_numbers({"a": [{"b": 3}]}, "") == [".a[0].b"]


def _bare_numbers(node, path: str) -> list[str]:
    """Return the path of every number that is not part of a figure with its origin."""
    if isinstance(node, dict):
        sourced = node.get("sources") or node.get("basis") in {"assumed", "input", "not known"}
        inside = {"value", "low", "high"} if "unit" in node and sourced else set()
        return [
            found
            for key, value in node.items()
            if key not in inside
            for found in _bare_numbers(value, f"{path}.{key}")
        ]
    if isinstance(node, list):
        return [f for i, value in enumerate(node) for f in _bare_numbers(value, f"{path}[{i}]")]
    return [path] if isinstance(node, int | float) and not isinstance(node, bool) else []


def _strings(node):
    if isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
    elif isinstance(node, str):
        yield node


def _quoted(page: str) -> list[str]:
    """Return the words of every quoted span."""
    parts = page.split('<span class="quoted"')[1:]
    return [" ".join(walk(f"<p{part.split('</span>')[0]}</p>").text).strip() for part in parts]
