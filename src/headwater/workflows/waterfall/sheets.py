"""The tables of a waterfall's workbook: scenarios, instruments, parties, and every movement."""

from headwater import __version__
from headwater.reporting.table import Table
from headwater.reporting.workbook import READ_ME, Lines, workbook_bytes
from headwater.workflows.waterfall.result import WaterfallAnswer


def workbook(found: WaterfallAnswer) -> bytes:
    """Return the workbook; the same result gives the same bytes."""
    return workbook_bytes(
        title=f"{found.name}: who gets what, when",
        about=(*found.in_words, f"Headwater {__version__}.", *READ_ME),
        tables=(scenarios(found), instruments(found), parties(found), flows(found)),
        lists=(Lines("Order of payment", found.order),),
        works=(),
    )


def scenarios(found: WaterfallAnswer) -> Table:
    """Return what each scenario comes to."""
    columns = (
        "scenario",
        "what is supposed",
        "payments",
        "the public pays",
        "invested",
        "investors net",
        "investors' rate",
        "investors' multiple",
        "investors' peak",
        "investors lose",
        "finance rate",
        "peak",
        "costs never paid",
        "owed to payers",
    )
    rows = tuple(
        (
            one.scenario,
            one.words,
            one.payments,
            one.public_pays,
            one.invested,
            one.investors_net,
            one.investors_rate,
            one.investors_multiple,
            one.investors_peak,
            one.investors_lose,
            one.finance_rate,
            one.peak,
            one.never_paid,
            one.owed_to_payers,
        )
        for one in found.scenarios
    )
    return Table("scenarios", "Scenarios", columns, rows, note="Means of draws.", fold=False)


def instruments(found: WaterfallAnswer) -> Table:
    """Return what each instrument comes to in each scenario."""
    columns = (
        "scenario",
        "instrument",
        "kind",
        "party",
        "gives",
        "gets",
        "capital lost",
        "interest unpaid",
        "rate",
        "no rate",
        "multiple",
        "peak",
        "chance of loss",
        "shortfall",
        "first cash",
    )
    rows = tuple(
        (
            one.scenario,
            line.instrument,
            line.kind,
            line.party,
            line.given,
            line.got,
            line.lost,
            line.unpaid_interest,
            line.rate,
            line.no_rate,
            line.multiple,
            line.peak,
            line.loss,
            line.shortfall,
            line.first_cash,
        )
        for one in found.scenarios
        for line in one.instruments
    )
    return Table("instruments", "Instruments", columns, rows, note="Means of draws.", fold=False)


def parties(found: WaterfallAnswer) -> Table:
    """Return what each party gives and gets in each scenario."""
    rows = tuple(
        (one.scenario, line.name, line.role, line.given, line.got, line.net)
        for one in found.scenarios
        for line in one.parties
    )
    columns = ("scenario", "party", "role", "gives", "gets", "net")
    return Table("parties", "Parties", columns, rows, note="Means of draws.", fold=False)


def flows(found: WaterfallAnswer) -> Table:
    """Return every movement of every scenario."""
    rows = tuple(
        (one.scenario, line.day, line.source, line.target, line.what, line.amount)
        for one in found.scenarios
        for line in one.flows
    )
    columns = ("scenario", "day", "from", "to", "what", "amount")
    return Table("flows", "Who gets what, when", columns, rows, note="Means of draws.", fold=False)
