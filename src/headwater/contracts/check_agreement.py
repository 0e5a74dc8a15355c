"""What is wrong in an agreement beyond the form of its fields: names, order, sums and sense."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from headwater.contracts.agreement import Contract, Expected, Metric
from headwater.contracts.amounts import is_known
from headwater.contracts.check_limits import limit_faults
from headwater.contracts.check_money import money_faults
from headwater.contracts.check_variation import change_faults
from headwater.contracts.column import Shape
from headwater.contracts.flows import flows
from headwater.contracts.term import Term, whole_pence
from headwater.contracts.versions import versions
from headwater.core.errors import did_you_mean
from headwater.core.exact import write_exact
from headwater.core.unseen_day import is_seen

MOST_SPREAD = Fraction(1, 2)
"""No share between 0 and 1 has a larger standard deviation: half the worlds 0, half 1."""
Loc = tuple[str | int, ...]
Fault = tuple[Loc, tuple[str, str]]
"""Where, what is wrong, and what to do."""

QUESTIONS = (
    "cohort_closed",
    "referral_independent",
    "refusal_limited",
    "baseline_frozen",
    "deadweight_estimated",
    "data_independent",
    "sustained",
    "limits",
    "counter_metrics",
    "safety_gate",
    "termination",
    "publication",
)
"""What an agreement may answer in `[safeguard]`."""


def agreement_faults(contract: Contract) -> Iterator[Fault]:
    """Yield every fault of an agreement that its single fields cannot show."""
    yield from _days(contract)
    yield from _names(contract)
    yield from _parties(contract)
    yield from _payers(contract)
    yield from _prices(contract)
    yield from _others(contract)
    yield from money_faults(contract)
    found = list(_terms(contract, ("term",)))
    yield from found
    if not found:
        yield from limit_faults(contract)
        yield from _flows(contract)
        yield from _variations(contract)


def _variations(contract: Contract) -> Iterator[Fault]:
    """Yield what is wrong in what variations say, and in the terms as they then stand."""
    found = list(change_faults(contract))
    yield from found
    if found:
        return
    ordered = sorted(range(len(contract.variation)), key=lambda i: contract.variation[i].first_day)
    before = contract
    for i, version in zip(ordered, versions(contract)[1:], strict=True):
        now, varied = version.contract, contract.variation[i]
        here: Loc = ("variation", i)
        for name in varied.drop:
            yield from _known((*here, "drop"), name, [term.id for term in before.term], "term")
        changed = tuple(one.as_changed for one in varied.change if one.as_changed is not None)
        for table, terms in (("term", varied.term), ("change", changed)):
            own = contract.model_copy(update={"price": varied.price, "term": terms})
            named = [*(_prices(own) if table == "term" else ()), *_parties(own)]
            for loc, said in named:
                if loc[0] in {"price", "term"}:
                    yield (*here, table if loc[0] == "term" else loc[0], *loc[1:]), said
        found = list(_terms(now, ("term",)))
        for loc, said in found or [*limit_faults(now), *_flows(now)]:
            yield here, (f"with it, {'.'.join(map(str, loc))} {said[0]}", said[1])
        before = now


def _days(contract: Contract) -> Iterator[Fault]:
    if contract.last_day < contract.first_day:
        yield (
            ("last_day",),
            (f"{contract.last_day} is before the first day, {contract.first_day}.", "Mend one."),
        )
    for i, cohort in enumerate(contract.cohort):
        if cohort.last_day < cohort.first_day:
            yield (
                ("cohort", i, "last_day"),
                (f"{cohort.last_day} is before the first day, {cohort.first_day}.", "Mend one."),
            )
    yield from _settlement_days(contract)


def _settlement_days(contract: Contract) -> Iterator[Fault]:
    rule = contract.settlement
    if rule.closes is not None and is_seen(contract.last_day) and rule.closes < contract.last_day:
        yield (
            ("settlement", "closes"),
            (f"{rule.closes} is before the agreement's last day, {contract.last_day}.", ""),
        )
    end = rule.closes or contract.last_day
    if rule.dates and is_seen(end) and max(rule.dates) < end:
        yield (
            ("settlement", "dates"),
            (f"end on {max(rule.dates)}, before the last day, {end}.", "Add the last period."),
        )
    if list(rule.dates) != sorted(set(rule.dates)):
        yield ("settlement", "dates"), ("are not in rising order.", "Put them in order, each once.")
    outside = [day for day in rule.dates if day < contract.first_day]
    if outside:
        yield ("settlement", "dates"), (f"{outside[0]} is before the agreement's first day.", "")
    for i, variation in enumerate(contract.variation):
        if not contract.first_day <= variation.first_day <= (rule.closes or contract.last_day):
            yield (
                ("variation", i, "first_day"),
                (f"{variation.first_day} is outside the agreement.", "Choose a day within it."),
            )


def _names(contract: Contract) -> Iterator[Fault]:
    """Yield names given twice; metrics and terms share theirs."""
    for table in ("party", "cohort"):
        yield from _twice([(table, i, one.id) for i, one in enumerate(getattr(contract, table))])
    both = [("metric", i, metric.id) for i, metric in enumerate(contract.metric)]
    yield from _twice([*both, *(("term", i, term.id) for i, term in enumerate(contract.term))])


def _twice(named: list[tuple[str, int, str]]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for table, i, name in named:
        if name in seen:
            yield (
                (table, i, "id"),
                (f"'{name}' is the name of a {seen[name]} already.", "Change one."),
            )
        seen.setdefault(name, table)


def _known(loc: Loc, name: str, known: Sequence[str], kind: str) -> Iterator[Fault]:
    if name not in known:
        listed = f"Known: {', '.join(known)}." if known else f"The agreement names no {kind}."
        yield loc, (f"no {kind} '{name}'.{did_you_mean(name, known)}", listed)


def _parties(contract: Contract) -> Iterator[Fault]:
    known = [party.id for party in contract.party]
    named: list[tuple[Loc, str]] = [(("payee",), contract.payee)]
    named += [(("payer", i, "party"), payer.party) for i, payer in enumerate(contract.payer)]
    for i, term in enumerate(contract.term):
        for field in ("payer", "payee"):
            if getattr(term, field) is not None:
                named.append((("term", i, field), getattr(term, field)))
    if contract.verification.by:
        named.append((("verification", "by"), contract.verification.by))
    for loc, name in named:
        yield from _known(loc, name, known, "party")


def _payers(contract: Contract) -> Iterator[Fault]:
    shares = [payer.share for payer in contract.payer]
    whole = sum((share for share in shares if is_known(share)), Fraction(0))
    if all(is_known(share) for share in shares) and whole != 1:
        yield ("payer",), (f"shares add to {write_exact(whole)}, not 1.", "Mend the shares.")
    for i, payer in enumerate(contract.payer):
        for _, what, do in whole_pence("most", payer.most):
            yield ("payer", i, "most"), (what, do)
    if all(payer.most is not None for payer in contract.payer):
        yield (
            ("payer",),
            ("each has a limit ('most'), so nobody pays what passes them.", "Use a cap term."),
        )
    names = [payer.party for payer in contract.payer]
    for i, name in enumerate(names):
        if name in names[:i]:
            yield ("payer", i, "party"), (f"'{name}' is listed twice.", "Add its shares.")


def _prices(contract: Contract) -> Iterator[Fault]:
    units = {metric.id: metric.unit for metric in contract.metric}
    seen = set()
    for i, line in enumerate(contract.price):
        yield from _known(("price", i, "metric"), line.metric, list(units), "metric")
        if line.metric in units and line.per != units[line.metric]:
            yield (
                ("price", i, "per"),
                (f"'{line.per}' is not the metric's unit, '{units[line.metric]}'.", "Use that."),
            )
        if line.currency not in {"", contract.currency}:
            yield (
                ("price", i, "currency"),
                (f"{line.currency} in an agreement in {contract.currency}.", "One currency."),
            )
        for field, known in (
            ("cohort", [cohort.id for cohort in contract.cohort]),
            ("group", list(contract.groups)),
        ):
            if getattr(line, field):
                yield from _known(("price", i, field), getattr(line, field), known, field)
        key = (line.metric, line.cohort, line.group)
        if key in seen:
            yield ("price", i), (f"'{line.metric}' has a price for these already.", "Keep one.")
        seen.add(key)


def _others(contract: Contract) -> Iterator[Fault]:
    metrics = [metric.id for metric in contract.metric]
    for i, impact in enumerate(contract.impact):
        yield from _known(("impact", i, "metric"), impact.metric, metrics, "metric")
    yield from _expected(contract)
    for name in contract.safeguard:
        yield from _known(("safeguard", name), name, QUESTIONS, "question")


def _expected(contract: Contract) -> Iterator[Fault]:
    found = {metric.id: metric for metric in contract.metric}
    for i, row in enumerate(contract.expected):
        yield from _known(("expected", i, "metric"), row.metric, list(found), "metric")
        for field, known in (
            ("cohort", [cohort.id for cohort in contract.cohort]),
            ("group", list(contract.groups)),
        ):
            if getattr(row, field):
                yield from _known(("expected", i, field), getattr(row, field), known, field)
        metric = found.get(row.metric)
        if metric is not None and metric.about != "cohort":
            yield from _chances(metric, row, ("expected", i))
        if row.last_day < row.first_day:
            yield ("expected", i, "last_day"), ("is before the first day.", "Mend one.")


def _chances(metric: Metric, row: Expected, at: Loc) -> Iterator[Fault]:
    """Yield what cannot be of a row about people who have an outcome or not."""
    if max(row.without, row.promised) > 1:
        yield at, ("a chance is above 1.", "Write 45% as 0.45.")
    if row.spread > MOST_SPREAD:
        yield (
            (*at, "spread"),
            (
                f"{write_exact(row.spread)} is more than a chance can vary, 0.5.",
                "Write five percentage points as 0.05.",
            ),
        )
    if metric.most_units is not None and row.each > metric.most_units:
        above = f"above the metric's most_units, {write_exact(metric.most_units)}."
        yield (
            (*at, "each"),
            (f"{write_exact(row.each)} is {above}", "A claim may hold no more: mend one."),
        )


def _terms(contract: Contract, at: Loc) -> Iterator[Fault]:
    """Yield what is wrong with terms, each among those before it."""
    shapes = contract.metric_shapes()
    places = {term.id: i for i, term in enumerate(contract.term)}
    taken: dict[str, str] = {}
    for i, term in enumerate(contract.term):
        here: Loc = (*at, i)
        found = [*_references(contract, term, shapes, places, here)]
        if not found:
            found = [
                ((*here, *_path(field)), (what, remedy))
                for field, what, remedy in term.faults(shapes)
            ]
        if not found:
            found = [*_taken(term, shapes, taken, here), *_filtered(term, shapes, here)]
            found += [*_priced(contract, term, here)]
        yield from found
        if found:
            return
        shapes[term.id] = term.shape(shapes)
    if not any(shape.money for shape in shapes.values()):
        yield at, ("no term pays anything.", "Add an outcome_payment or a block_payment.")


def _path(field: str) -> Loc:
    return tuple(int(part) if part.isdigit() else part for part in field.split("."))


def _references(
    contract: Contract, term: Term, shapes: dict[str, Shape], places: dict[str, int], at: Loc
) -> Iterator[Fault]:
    metrics = [metric.id for metric in contract.metric]
    for name in dict.fromkeys((*term.of, *term.refers())):
        if name in shapes:
            continue
        field = "of" if name in term.of else term.kind
        if name in places:
            yield (
                (*at, field),
                (
                    f"'{name}' does not stand before it.",
                    "A term takes up metrics and the terms above it: change the order.",
                ),
            )
        else:
            yield from _known((*at, field), name, [*metrics, *places], "metric or term")
    where = term.where
    for name in (*where.not_after, *([where.after] if where.after else [])):
        yield from _known((*at, "where"), name, metrics, "metric")
    for field, names, known in (
        ("cohort", where.cohort, [cohort.id for cohort in contract.cohort]),
        ("group", where.group, list(contract.groups)),
    ):
        for name in names:
            yield from _known((*at, "where", field), name, known, field)


def _taken(term: Term, shapes: dict[str, Shape], taken: dict[str, str], at: Loc) -> Iterator[Fault]:
    """Yield amounts that two terms take up: they would be paid twice."""
    for name in term.of:
        if not shapes[name].money:
            continue
        if name in taken:
            yield (
                (*at, "of"),
                (
                    f"'{name}' is taken up by '{taken[name]}' already.",
                    f"Take up '{taken[name]}' instead.",
                ),
            )
        taken[name] = term.id


def _filtered(term: Term, shapes: dict[str, Shape], at: Loc) -> Iterator[Fault]:
    """Yield filters that cannot be applied to what a term takes up."""
    for name in term.of:
        grain = shapes[name].grain
        if term.where.limits_claims and grain != "claim":
            yield (
                (*at, "where"),
                (f"'{name}' is by {grain}: single claims cannot be told apart.", "Filter earlier."),
            )
        for field in ("cohort", "group"):
            if getattr(term.where, field) and grain not in {"claim", "who", field}:
                yield (
                    (*at, "where", field),
                    (f"'{name}' is by {grain}: a {field} cannot be told apart.", "Filter earlier."),
                )


def _priced(contract: Contract, term: Term, at: Loc) -> Iterator[Fault]:
    """Yield payments for which the rate card has no line."""
    if term.kind != "outcome_payment" or getattr(term, "amount", None) is not None:
        return
    metrics = {metric.id: metric for metric in contract.metric}
    for name in term.of:
        if name not in metrics:
            yield (*at, "amount"), (f"'{name}' is a measure: it has no rate card.", "Add 'amount'.")
        elif not any(line.metric == name for line in contract.price):
            yield (*at, "of"), (f"'{name}' has no line in the rate card.", "Add a [[price]].")
        elif metrics[name].safety:
            yield (*at, "of"), (f"'{name}' is a safety metric.", "It is watched, not paid for.")


def _flows(contract: Contract) -> Iterator[Fault]:
    """Yield terms that take up amounts of several payers or payees, and name none."""
    each = flows(contract)
    measures = {term.id for term in contract.term if term.kind == "measure"}
    for i, term in enumerate(contract.term):
        above = [each[name] for name in term.of if name in each and name not in measures]
        payers = {(flow.payers, flow.shares) for flow in above}
        if len(payers) > 1 and term.payer is None:
            yield ("term", i, "payer"), ("is missing: what it takes up has several.", "Name one.")
        if len({flow.payee for flow in above}) > 1 and term.payee is None:
            yield ("term", i, "payee"), ("is missing: what it takes up has several.", "Name one.")
