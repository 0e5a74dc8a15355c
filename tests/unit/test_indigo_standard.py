"""The standard as it is shipped, headings, dates and numbers."""

import pytest

from headwater.catalogue.indigo import Heading, standard
from headwater.core.indigo_text import key_of, read_number
from headwater.core.partial_date import Period, read_date, read_other_date


def test_every_table_of_the_standard_is_there():
    tables = standard().tables
    assert len(tables) == 21
    assert sum(len(table.fields) for table in tables.values()) == 345


@pytest.mark.parametrize("table", standard().tables.values(), ids=lambda table: table.name)
def test_every_heading_reads_back_as_its_field(table):
    for path in table.fields:
        assert table.read_heading(table.write_heading(path)) == Heading(path)
        assert table.read_heading(table.write_heading(path, json=True)) == Heading(path, json=True)
        assert table.read_heading(path) == Heading(path)
    titles = [key_of(field.title) for field in table.fields.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", ["colour", "Currency", "other: x", "as JSON: notes", "a~0b", " "])
@pytest.mark.parametrize("json", [False, True])
def test_a_heading_that_is_not_the_standards_reads_back(path, json):
    table = standard().table("outcome_pricings")
    assert table.read_heading(table.write_heading(path, json=json)) == Heading(path, json=json)


def test_headings_as_published_name_their_fields():
    table = standard().table("outcome_payments")
    for heading, path in (
        ("Outcome Payment Plan Id - (Value)", "outcome_payment_plan_id/value"),
        ("Payments - Amount - (Value)", "money/amount/value"),
        ("Payer Organisation ID - (Value)", "payer_organisation_id/value"),
        ("(In Sandboxes)", "sandboxes"),
        ("Sources", "source_ids"),
    ):
        assert table.read_heading(heading) == Heading(path)
    assert standard().named("Performance & Results") == "results"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2018", "2018"),
        ("2018-12", "2018-12"),
        ("2018-12-05", "2018-12-05"),
        ("2018-12-05T00:00:00", "2018-12-05"),
        ("2018-13", None),
        ("2018-02-30", None),
        ("18", None),
        ("", None),
        ("0001", None),
    ],
)
def test_a_date_of_the_standard(text, date):
    assert (str(read_date(text)) if read_date(text) else None) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("05/10/2022", "2022-10-05"),
        ("31.12.2022", "2022-12-31"),
        ("October 2022", "2022-10"),
        ("5 Oct 2022", "2022-10-05"),
        ("12/13/2022", None),
        ("Octember 2022", None),
        ("soon", None),
    ],
)
def test_a_date_in_another_form(text, date):
    assert (str(read_other_date(text)) if read_other_date(text) else None) == date


def period(start: str, end: str) -> Period:
    return Period(read_date(start), read_date(end))


@pytest.mark.parametrize(
    ("one", "other", "within", "apart"),
    [
        (("2018-10", "2022-10"), ("2018-10-01", "2022-10-01"), True, False),
        (("2019", "2019"), ("2018-10", "2020-03"), True, False),
        (("2018-09", "2019"), ("2018-10", "2020"), False, False),
        (("2021", "2022"), ("2018", "2020"), False, True),
        (("", "2019"), ("2018", "2020"), False, False),
    ],
)
def test_periods_are_compared_as_closely_as_both_are_known(one, other, within, apart):
    assert period(*one).within(period(*other)) is within
    assert period(*one).apart(period(*other)) is apart


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12635", "12635"),
        ("1,250.50", "1250.50"),
        ("£250", "250"),
        ("-3", "-3"),
        ("1e3", "1E+3"),
        ("1,25", None),
        ("250k", None),
        ("٣", None),
        ("9" * 99, None),
        ("nan", None),
    ],
)
def test_a_number_is_exact_or_none(text, number):
    assert (str(read_number(text)) if read_number(text) is not None else None) == number
