"""Who pays whom on a statement's screen."""

from headwater.cli.settle_screen import who_pays
from headwater.core.cash import Cash


def test_a_payment_below_nought_is_paid_the_other_way():
    assert who_pays("City", Cash(-330_000_000, "USD"), "Fund") == "Fund pays City US$3,300,000.00"
    assert who_pays("City", Cash(500, "USD"), "Fund") == "City pays US$5.00"
