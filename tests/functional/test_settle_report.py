"""`--statement`, `--pdf` and `--xlsx`: what is due can be followed to its clause and its penny."""

import io
import re
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest
from report_walker import walk

from headwater.core.cash import Cash
from headwater.core.errors import InputError
from headwater.workflows.settle_report import html_report, pdf_report, workbook
from headwater.workflows.settle_report.agreement_tables import variations_table
from headwater.workflows.settle_report.line_tables import SHOWN
from headwater.workflows.settle_report.pdf import check_pdf
from statement_sample import AGREEMENT, CLAIMS, DUE, settled

HOSTILE = (
    "<script>alert(1)</script>",
    "x onerror=alert(2)><img src=x",
    '=HYPERLINK(""http://example.org"",""4"")',
    "+1+cmd|' /C calc'!A0",
    "{{ 7*7 }}",
)
FAULTY = "c10,days_at_home,child-01,2024-04-10,2024-06-30,82,2024-07-08,verified,x,\n"
EVALUATION = """
[[impact]]
metric = "entered_care"
estimate = "12 fewer"
low = "-3"
high = "25"
unit = "children"
method = "a comparison with like children elsewhere"
source = "the evaluation of 2026"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return settled(tmp_path_factory.mktemp("sample"), ledger=True)


@pytest.fixture(scope="module")
def page(sample) -> str:
    return html_report(*sample)


@pytest.fixture(scope="module")
def book(sample):
    return openpyxl.load_workbook(io.BytesIO(workbook(*sample)))


def text_of(page: str) -> str:
    return " ".join(" ".join(walk(page).text).split())


def test_it_says_what_is_due_to_whom_by_whom(page, sample) -> None:
    assert sample[1].due == Cash(DUE, "GBP")
    text = text_of(page)
    for said in (
        "Due to Family Circle, in all periods up to 2025-03-31 £15,564.00",
        "Exampleshire County Council Family Circle £11,673.00",
        "Exampleshire Integrated Care Board Family Circle £3,891.00",
        "2024-07-01 to 2024-09-30 2024-10-30 £12,000.00 £9,000.00 £3,000.00",
        "2025-01-01 to 2025-03-31 2025-04-30 £3,564.00 £2,673.00 £891.00",
        "Periods with nothing due: 2 of 4.",
        "Yes: every total is the same to the penny.",
    ):
        assert said in text


def test_a_line_leads_to_its_clause_its_evidence_and_how_it_was_worked_out(page) -> None:
    text = text_of(page)
    assert "claim c2b, of child-02 return of July 2024 51 days × £60.00 = £3,060.00" in text
    assert "not counted: replaced by a correction" in text
    leads = set(re.findall(r'href="#(term-[^"]+)"', page))
    assert "term-1-most" in leads
    assert leads <= set(re.findall(r'<tr role="row" id="([^"]+)"', page))


def test_a_varied_term_stands_once_for_each_version_with_its_own_clause(page) -> None:
    text = text_of(page)
    assert "most cap 3.4 −£5,532.00" in text
    assert "most cap deed of variation 1, 3 £0.00" in text
    assert "2025-01-01 deed of variation 1 a higher tariff" in text
    assert "tariff of day_at_home: £66 for one day; term most: amount £20,000 yes" in text


def test_what_is_payable_and_what_was_estimated_are_never_mixed(page, tmp_path) -> None:
    evaluated = html_report(*settled(tmp_path, agreement=AGREEMENT + EVALUATION))
    section = evaluated.partition('<section id="impact"')[2].partition("</section>")[0]
    assert "12 fewer" in section
    assert evaluated.count("12 fewer") == 1
    assert "Child enters care after the conference" in section
    assert 'class="cash"' not in section
    assert "The agreement names no evaluation." in page


def test_numbers_that_nobody_published_are_named_and_nothing_stands_for_them(tmp_path) -> None:
    hidden = AGREEMENT.replace('share = "40%"', 'share = "not published"')
    made = settled(tmp_path, agreement=hidden)
    said = text_of(html_report(*made))
    assert "in all periods up to 2025-03-31 not known" in said
    assert "anyway 3.2 share not published" in said
    assert "Nothing can be worked out without them." in said
    assert openpyxl.load_workbook(io.BytesIO(workbook(*made)))["not-known"].max_row > 5


def test_totals_that_do_not_tie_are_shouted(sample) -> None:
    worked, said = sample
    off = html_report(worked, replace(said, due=Cash(DUE + 1, "GBP")))
    assert "Totals do not tie." in off
    assert "No. Pay nothing on this statement until they do." in off


def test_rows_left_out_are_said_on_the_first_page(tmp_path) -> None:
    text = text_of(html_report(*settled(tmp_path, claims=CLAIMS + FAULTY)))
    assert "Before you pay: 1 rows that cannot be used are left out" in text
    assert "row 12 metric days_at_home" in text


def test_a_long_statement_shows_its_first_lines_and_says_where_all_are(tmp_path) -> None:
    head = "claim,metric,who,first_day,last_day,units,claimed_on,verdict,evidence\n"
    rows = "".join(
        f"n{i},day_at_home,k{i},2024-04-01,2024-04-01,1,2024-04-02,verified,e\n" for i in range(300)
    )
    made = settled(tmp_path, claims=head + rows)
    page = html_report(*made)
    assert f"The first {SHOWN} of 600. All are in the workbook" in text_of(page)
    assert page.count("day × £60.00") == SHOWN
    lines = openpyxl.load_workbook(io.BytesIO(workbook(*made)))["every-line"]
    assert lines.max_row == 4 + 600
    assert len(page) < 400_000


def test_the_page_is_one_file_without_script_and_its_links_and_headings_hold(page) -> None:
    walked = walk(page)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in walked.tags}
    assert "url(http" not in page
    assert walked.unclosed == []
    ids = Counter(held["id"] for _, held in walked.tags if "id" in held)
    assert [found for found, times in ids.items() if times > 1] == []
    for _, held in walked.tags:
        if held.get("href", "").startswith("#"):
            assert held["href"][1:] in ids
        assert set(held.get("aria-labelledby", "").split()) <= set(ids)
    levels = [int(tag[1]) for tag, _ in walked.tags if tag in {"h1", "h2", "h3"}]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tags = [tag for tag, _ in walked.tags]
    assert tags.count("table") == tags.count("caption")
    assert all(held.get("scope") for tag, held in walked.tags if tag == "th")


def test_every_amount_holds_its_exact_value(page) -> None:
    amounts = re.findall(r'<data class="cash" value="([^"]+)">([^<]+)</data>', page)
    assert len(amounts) > 80
    for value, shown in amounts:
        assert shown.replace("£", "").replace(",", "").replace("−", "-") == value


def test_the_cohort_list_stands_among_the_files(tmp_path) -> None:
    (tmp_path / "list.csv").write_text("who\nchild-01\nchild-02\nchild-03\n", encoding="utf-8")
    made = settled(tmp_path, cohort=tmp_path / "list.csv")
    assert made[0].cohort.hash in html_report(*made)
    files = openpyxl.load_workbook(io.BytesIO(workbook(*made)))["files"]
    assert made[0].cohort.hash in {cell.value for row in files for cell in row}


# The workbook


def test_the_workbook_adds_up_by_itself(book) -> None:
    lines = list(book["every-line"].iter_rows(min_row=5, values_only=True))
    assert round(100 * sum(row[9] for row in lines)) == DUE
    for row in lines:
        assert round(100 * (row[11] + row[12])) == round(100 * row[9])
    for _, formula, stated, difference in book["checks"].iter_rows(min_row=5, values_only=True):
        assert formula.startswith("=ROUND(SUM(")
        assert difference.startswith("=ROUND(")
        assert stated is not None
    found = openpyxl.load_workbook(io.BytesIO(_saved(book)))
    assert found.sheetnames[:2] == ["Read me", "checks"]


def _saved(book) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_workbook_holds_every_claim_and_what_becomes_of_it(book) -> None:
    rows = {r[0]: r for r in book["every-claim"].iter_rows(min_row=5, values_only=True)}
    assert len(rows) == CLAIMS.count("\n") - 1
    assert rows["c2"][12] == "not counted: replaced by a correction"
    assert rows["c2b"][12:14] == ("counts", "2024-04-01 to 2024-06-30")
    assert rows["c6"][14].startswith("the same outcome of 'child-02'")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(tmp_path, words) -> None:
    plain = words.replace('""', "'").replace('"', "'")
    claims = CLAIMS.replace("return of July 2024", f'"{words}"').replace("child-01", f'"{words}"')
    agreement = AGREEMENT.replace("Family Circle", plain).replace("schedule 1, line 1", plain)
    made = settled(tmp_path, agreement=agreement, claims=claims)
    page = html_report(*made)
    tags = Counter(tag for tag, _ in walk(page).tags)
    assert not {"script", "img"} & set(tags)
    assert not [n for _, held in walk(page).tags for n in held if n.startswith("on")]
    assert "".join(plain.split()) in "".join("".join(walk(page).text).split())
    book = openpyxl.load_workbook(io.BytesIO(workbook(*made)))
    for sheet in book:
        types = {cell.data_type for row in sheet for cell in row}
        assert types <= ({"s", "n", "f"} if sheet.title == "checks" else {"s", "n"})
        assert not [cell for row in sheet for cell in row if cell.hyperlink]


def test_the_same_settlement_gives_the_same_bytes(sample, page) -> None:
    assert html_report(*sample) == page
    assert workbook(*sample) == workbook(*sample)


# PDF


def test_the_pdf_is_tagged_and_not_long(page) -> None:
    try:
        import weasyprint  # noqa: F401, PLC0415
    except OSError as error:
        pytest.skip(f"WeasyPrint lacks a library: {error}")
    made = pdf_report(page)
    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made or b"StructTreeRoot" in made or len(made) > 20_000


def test_without_the_extra_the_error_names_it(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(InputError) as caught:
        check_pdf()
    assert str(caught.value) == (
        "--pdf: needs the extra 'pdf'. Install it: pip install 'headwater[pdf]'. "
        "Or write --statement and print that."
    )


def test_a_harm_that_is_reported_late_and_bare_is_counted_all_the_same(tmp_path) -> None:
    late = CLAIMS.replace("2025-02-12,1,2025-04-07,verified,return of April 2025", "@")
    late = late.replace("@", "2024-06-12,1,2025-04-07,verified,")
    assert late != CLAIMS
    _, said = settled(tmp_path, claims=late)
    assert [(state.state, state.claims) for state in said.safety] == [
        ("Child enters care after the conference", "1 child")
    ]
    assert said.due.pence == DUE


def test_a_variation_that_prices_earlier_units_anew_says_so(tmp_path) -> None:
    anew = 'earlier_units = "priced_anew"\nbecause = "a higher'
    worked, _ = settled(tmp_path, agreement=AGREEMENT.replace('because = "a higher', anew))
    (row,) = variations_table(worked.agreement.contract, worked.settled).rows
    assert row[3].endswith("units counted to date before it are priced anew")
