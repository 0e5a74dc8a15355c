"""Variations: a change names a term and what changes of it; lines cite the wording in force."""

from test_settlement_corners import DAYS, due, settled

from headwater.workflows.settle.result import Statement

MOST = '[[term]]\nid = "most"\nkind = "cap"\nof = "days"\nper = "all"\namount = 100\nclause = "4"\n'
CLAIMS = "day,a,2024-02-01,80\nday,a,2024-05-01,30\nday,b,2024-08-01,90"
RAISED = """
[[variation]]
first_day = 2024-04-01
because = "more money"
[[variation.change]]
term = "most"
amount = 150
clause = "deed 1, 4"
"""


def adds(said: Statement) -> list[tuple[str, str, str, str]]:
    return [(term.term, term.clause, term.since, str(term.amount)) for term in said.terms]


def test_a_change_says_only_what_changes(tmp_path) -> None:
    said = settled(tmp_path, DAYS + MOST + RAISED, CLAIMS)
    assert due(said) == [80, 30, 40, 0]
    assert adds(said) == [
        ("days", "", "", "£200.00"),
        ("most", "4", "", "£0.00"),
        ("most", "deed 1, 4", "2024-04-01", "−£50.00"),
    ]


def test_a_later_change_meets_what_the_earlier_ones_left(tmp_path) -> None:
    again = RAISED.replace("2024-04-01", "2024-07-01").replace("amount = 150", "amount = 120")
    said = settled(tmp_path, DAYS + MOST + again + RAISED, CLAIMS)
    assert due(said) == [80, 30, 10, 0]


def test_a_new_term_may_stand_between_two(tmp_path) -> None:
    between = """
[[variation]]
first_day = 2024-07-01
because = "deadweight is taken off before the limit"
[[variation.term]]
id = "anyway"
kind = "deadweight"
of = "days"
share = 0.5
[[variation.change]]
term = "anyway"
before = "most"
[[variation.change]]
term = "most"
of = "anyway"
"""
    assert due(settled(tmp_path, DAYS + MOST + between, CLAIMS)) == [80, 20, 0, 0]
    higher = DAYS + MOST.replace("100", "140") + between
    assert due(settled(tmp_path, higher, CLAIMS)) == [80, 30, 30, 0]


def test_a_term_may_end_and_what_took_it_up_take_up_another(tmp_path) -> None:
    without = """
[[variation]]
first_day = 2024-07-01
because = "no limit for each child"
drop = ["each"]
[[variation.change]]
term = "most"
of = "days"
"""
    each = '[[term]]\nid = "each"\nkind = "cap"\nof = "days"\nper = "who"\namount = 50\n'
    most = MOST.replace('of = "days"', 'of = "each"').replace("100", "1000")
    assert due(settled(tmp_path, DAYS + each + most + without, CLAIMS)) == [50, 0, 90, 0]
