"""Variations: a change names a term and what changes of it; lines cite the wording in force."""

from test_settlement_corners import DAYS, ONE, due, settled, worked_out

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


# A price of what is counted to date

SO_FAR = '[[term]]\nid = "so_far"\nkind = "measure"\nof = "day"\nover = "to_date"\n'
PAID = '[[term]]\nid = "paid"\nkind = "outcome_payment"\nof = "so_far"\namount = 10\n'
DEARER = """
[[variation]]
first_day = 2024-04-01
because = "a higher price"
[[variation.change]]
term = "paid"
amount = 20
"""
TEN_AND_THREE = "day,a,2024-02-01,10\nday,b,2024-05-01,3"


def test_units_of_a_settled_period_are_not_priced_anew(tmp_path) -> None:
    said = settled(tmp_path, SO_FAR + PAID + DEARER, TEN_AND_THREE)
    assert due(said) == [100, 60, 0, 0]


def test_units_are_priced_anew_where_the_variation_says_so(tmp_path) -> None:
    anew = DEARER.replace("because", 'earlier_units = "priced_anew"\nbecause')
    assert due(settled(tmp_path, SO_FAR + PAID + anew, TEN_AND_THREE)) == [100, 160, 0, 0]


def test_a_late_outcome_of_before_the_variation_has_the_price_of_its_day(tmp_path) -> None:
    top = f'{ONE}\nsettlement = {{ counted_by = "claimed_on" }}'
    claims = (
        "day,a,2024-02-01,10,2024-02-02\nday,b,2024-05-01,3,2024-05-02\n"
        "day,c,2024-03-01,4,2024-08-01\nday,c,2024-08-01,1,2024-08-01"
    )
    terms = SO_FAR + PAID + DEARER
    said = settled(tmp_path, terms, claims, top=top, columns=",claimed_on")
    assert due(said) == [100, 60, 4 * 10 + 1 * 20, 0]


def test_what_is_lost_is_taken_back_at_the_price_at_which_it_was_paid(tmp_path) -> None:
    net = (
        '[[term]]\nid = "so_far"\nkind = "measure"\nof = "day"\nhow = "difference"\n'
        'against = "stay"\nover = "to_date"\n'
    )
    back = PAID + 'paid_before = "taken_back"\n'
    # Five lost of 13: the three of after the variation at 20, and two of before at 10.
    claims = TEN_AND_THREE + "\nstay,a,2024-08-01,5"
    assert due(settled(tmp_path, net + back + DEARER, claims)) == [100, 60, -80, 0]


def test_a_table_counts_on_from_where_the_result_stood(tmp_path) -> None:
    table = '[[term]]\nid = "paid"\nkind = "table"\nof = "so_far"\n{}'
    bands = "band = [{{ at_least = 0, value = {} }}, {{ at_least = 12, value = {} }}]\n"
    varied = DEARER.replace("amount = 20\n", bands.format(200, 500))
    # At ten days the new table gives £200, at thirteen £500: £300 more than where it stood.
    terms = SO_FAR + table.format(bands.format(100, 300)) + varied
    said = settled(tmp_path, terms, TEN_AND_THREE)
    assert due(said) == [100, 300, 0, 0]


def test_a_payment_that_a_variation_adds_is_for_units_from_its_day(tmp_path) -> None:
    added = """
[[variation]]
first_day = 2024-04-01
because = "a bonus"
[[variation.term]]
id = "bonus"
kind = "outcome_payment"
of = "so_far"
amount = 1
"""
    assert due(settled(tmp_path, SO_FAR + PAID + added, TEN_AND_THREE)) == [100, 33, 0, 0]


def test_a_limit_of_the_measure_that_is_raised_pays_nothing_that_lay_above_it(tmp_path) -> None:
    raised = DEARER.replace('"paid"\namount = 20', '"so_far"\nmost = 50')
    terms = SO_FAR + "most = 6\n" + PAID + raised
    assert due(settled(tmp_path, terms, TEN_AND_THREE)) == [60, 30, 0, 0]


def test_a_line_says_from_which_day_it_counts(tmp_path) -> None:
    worked, _ = worked_out(tmp_path, SO_FAR + PAID + DEARER, TEN_AND_THREE)
    assert [line.because for line in worked.lines()] == [
        "10 days × £10.00, to date; less what was due before: £100.00",
        "3 days × £20.00, from 2024-04-01 to date; less what was due before: £60.00",
    ]


def test_an_instalment_is_known_by_how_long_not_by_its_place(tmp_path) -> None:
    lasting = '[[term]]\nid = "lasting"\nkind = "sustainment"\nof = "stay"\n'
    terms = lasting + "instalment = [{ days = 3, amount = 100 }, { days = 30, amount = 200 }]\n"
    earlier = """
[[variation]]
first_day = 2024-04-01
because = "an instalment at the start"
[[variation.change]]
term = "lasting"
instalment = [
    { days = 1, amount = 50 },
    { days = 3, amount = 100 },
    { days = 30, amount = 200 },
]
"""
    claims = "stay,a,2024-01-10,1,2024-01-01\nstay,a,2024-04-10,1,2024-04-01"
    said = settled(tmp_path, terms + earlier, claims, columns=",first_day")
    # Three days were paid for in January; April adds the new instalment alone.
    assert due(said) == [100, 50, 0, 0]
