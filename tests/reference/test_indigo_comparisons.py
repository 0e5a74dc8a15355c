"""Price × result beside payment: verdicts worked by hand."""

# ruff: noqa: E501 - a row of each table stands whole

import pytest

from headwater.readers.indigo import read
from headwater.workflows.indigo import answer
from headwater.workflows.indigo.compare import compare
from indigo_sample import folder

RESULT = "Project ID,Outcome Metric Id,Period - Start,Period - End,Outcomes achieved,Result type,Number with Positive social outcomes\n"
PRICE = "Project ID,Outcome Metric Id,Currency,Price Per Unit - Amount\n"
PAYMENT = "Project ID,Outcome Metric Id,Period - Start,Period - End,Type,Payments - Currency,Payments - Amount\n"


def compared(tmp_path, prices: list[str], results: list[str], payments: list[str]):
    """Return the lines of one project with these rows, less its id."""

    def table(head: str, rows: list[str]) -> str:
        return head + "".join(f"INDIGO-POJ-9001,{row}\n" for row in rows)

    path = folder(
        tmp_path / "in",
        projects=None,
        projects_outcome_metrics=None,
        projects_outcome_payment_plans=None,
        projects_outcome_pricings=table(PRICE, prices),
        projects_results=table(RESULT, results),
        projects_outcome_payments=table(PAYMENT, payments),
    )
    (project,) = read(path).exchange.projects
    return compare(project)


@pytest.mark.parametrize(
    ("prices", "results", "payments", "verdict", "gap"),
    [
        (["m,GBP,0.1"], ["m,2019,2020,3"], ["m,2019,2020,Actual,GBP,0.3"], "agrees", 0),
        (
            ["m,GBP,220"],
            ["m,2018-10-01,2022-10-01,10"],
            ["m,2018-10,2022-10,Actual,GBP,2200"],
            "agrees",
            0,
        ),
        (
            ["m,GBP,220"],
            ["m,2019,2020,10"],
            ["m,2019,2019,Actual,GBP,1200", "m,2020-01,2020-12,Actual,GBP,1000"],
            "agrees",
            0,
        ),
        (["m,GBP,220"], ["m,2019,2020,10"], ["m,2019,2020,Actual,GBP,2200.01"], "differs", 0.01),
        (["m,GBP,220"], ["m,2019,2020,10"], ["m,2019,2020,Actual,GBP,0"], "differs", -2200),
        (["m,GBP,220"], ["m,2019,2020,0"], ["m,2019,2020,Actual,GBP,0"], "agrees", 0),
        (["m,GBP,220"], ["m,,,10"], ["m,,,Actual,GBP,2200"], "agrees", 0),
        (
            ["m,GBP,220", "m,GBP,220.0"],
            ["m,2019,2020,10"],
            ["m,2019,2020,Actual,GBP,2200"],
            "agrees",
            0,
        ),
        (
            ["m,GBP,220", "m,GBP,230"],
            ["m,2019,2020,10"],
            ["m,2019,2020,Actual,GBP,2200"],
            "ambiguous",
            None,
        ),
        (["m,GBP,"], ["m,2019,2020,10"], ["m,2019,2020,Actual,GBP,2200"], "price missing", None),
        ([], ["m,2019,2020,10"], ["m,2019,2020,Actual,GBP,2200"], "price missing", None),
        (["m,GBP,220"], [], ["m,2019,2020,Actual,GBP,2200"], "result missing", None),
        (["m,GBP,220"], ["m,2019,2020,"], ["m,2019,2020,Actual,GBP,2200"], "result missing", None),
        (["m,GBP,220"], ["m,2019,2020,10"], [], "payment missing", None),
        (
            ["m,GBP,220"],
            ["m,2019,2020,10"],
            ["m,2019,2020,Planned,GBP,2200"],
            "payment missing",
            None,
        ),
        (["m,GBP,220"], ["m,2019,2020,10"], ["m,2019,2020,Actual,GBP,"], "payment missing", None),
        (
            ["m,GBP,220"],
            ["m,2019,2020,10"],
            ["m,2019,2020,Actual,USD,2200"],
            "different currency",
            None,
        ),
        (
            ["m,GBP,220"],
            ["m,2019,2020,10"],
            ["m,2019,2020,Actual,,2200"],
            "different currency",
            None,
        ),
        (
            ["m,GBP,220"],
            ["m,2019,2020,10"],
            ["m,2019,2020,Actual,USD,2200", "m,2019,2020,Actual,GBP,1"],
            "different currency",
            None,
        ),
        (
            ["m,GBP,220"],
            ["m,2019,2020,10"],
            ["m,2019,2021,Actual,GBP,2200"],
            "different period",
            None,
        ),
        (["m,GBP,220"], ["m,2019,2020,10"], ["m,,,Actual,GBP,2200"], "different period", None),
        (["m,GBP,220"], ["m,2019,2020,0.8"], ["m,2019,2020,Actual,GBP,2200"], "units differ", None),
        (["m,GBP,220"], ["m,2019,2020,80%"], ["m,2019,2020,Actual,GBP,2200"], "units differ", None),
        (
            ["m,GBP,220"],
            ["m,2019,2020,,Final,10"],
            ["m,2019,2020,Actual,GBP,2200"],
            "units differ",
            None,
        ),
        (["m,GBP,220"], ["m,2019,2020,10"], ["m,2019,2020,,GBP,2200"], "ambiguous", None),
        (
            ["m,GBP,220"],
            ["m,2019,2020,10", "m,2019,2020,11"],
            ["m,2019,2020,Actual,GBP,2200"],
            "ambiguous",
            None,
        ),
    ],
)
def test_a_verdict_worked_by_hand(prices, results, payments, verdict, gap, tmp_path):
    line = compared(tmp_path, prices, results, payments)[0]
    assert line.verdict == verdict, line.why
    assert line.difference.value == gap
    assert (line.verdict in {"agrees", "differs"}) == (line.difference.value is not None)
    assert line.verdict == "agrees" or line.why


def test_a_payment_for_another_time_has_a_line_of_its_own(tmp_path):
    lines = compared(
        tmp_path,
        ["m,GBP,220"],
        ["m,2019,2020,10"],
        ["m,2019,2020,Actual,GBP,2200", "m,2022,2022,Actual,GBP,5"],
    )
    assert [(line.verdict, line.paid.value) for line in lines] == [
        ("agrees", 2200),
        ("different period", 5),
    ]


def test_interim_and_final_results_are_compared_each_in_its_own_time(tmp_path):
    lines = compared(
        tmp_path,
        ["m,GBP,10"],
        ["m,2019,2019,4,Interim", "m,2019,2020,9,Final"],
        ["m,2019,2019,Actual,GBP,40", "m,2020,2020,Actual,GBP,50"],
    )
    assert [(line.verdict, line.due.value, line.paid.value) for line in lines] == [
        ("agrees", 40, 40),
        ("agrees", 90, 90),
    ]


def test_no_line_names_no_rows_and_no_amount_is_of_two_currencies(tmp_path):
    result = answer(folder(tmp_path / "in")).result
    assert all(line.where for line in result.comparisons)
    for line in result.comparisons:
        if line.verdict in {"agrees", "differs"}:
            units = {line.price.unit, line.due.unit, line.paid.unit, line.difference.unit}
            assert units == {"GBP"}
