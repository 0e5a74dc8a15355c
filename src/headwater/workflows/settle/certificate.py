"""A certificate: what was settled from what, so that anybody who holds the files can work it out.

It holds no claim and no key of a person: hashes of the agreement, the claims and the ledger, and
the amounts by period, payer and term. `verify` works everything out again from the files.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from headwater import __version__
from headwater.contracts.ledger_file import START, chained, kept, read_ledger, read_postings
from headwater.contracts.post import cell_names
from headwater.core.cash import Cash
from headwater.core.errors import InputError, Problem
from headwater.workflows.agreements import Agreement, read_agreement, shipped_agreements
from headwater.workflows.settle.answer import Worked, statement, work_out
from headwater.workflows.settle.result import Statement
from headwater.workflows.settle.up_to import last_day_of

FORMAT = "headwater-certificate/1"
KEYS = (
    "certificate",
    "engine",
    "agreement",
    "claims",
    "cohort",
    "settled",
    "result",
    "ledger",
    "sha256",
)


def certificate(worked: Worked, said: Statement) -> dict[str, Any]:
    """Return the certificate of a settlement, as plain values."""
    without = any(finding.stops for finding in worked.findings)
    held: dict[str, Any] = {
        "certificate": FORMAT,
        "engine": f"headwater {__version__}",
        "agreement": {
            "id": said.agreement,
            "file": worked.agreement.name,
            "sha256": said.agreement_hash,
        },
        "claims": {"file": said.claims_file, "sha256": said.claims_hash},
        "cohort": worked.cohort and {"file": worked.cohort.name, "sha256": worked.cohort.hash},
        "settled": {
            "until": str(worked.until),
            "without_faulty_rows": without,
            "settled_on": str(worked.latest) if without else None,
        },
        "result": result_of(worked, said),
        "ledger": said.ledger and {"file": said.ledger.file, "head": said.ledger.head},
    }
    return held | {"sha256": seal(held)}


def result_of(worked: Worked, said: Statement) -> dict[str, Any]:
    """Return what a settlement gave, in the order in which it is compared."""
    return {
        "currency": said.currency,
        "due": said.due.plain,
        "payers": {due.what: due.amount.plain for due in said.payers},
        "periods": {due.period: due.amount.plain for due in said.periods},
        "terms": _terms(said),
        "conditions": [
            f"{t.period}; {t.term}; {t.cell}; {t.measure} {t.measured}; {t.wanted}; "
            f"{'met' if t.met else 'not met'}"
            for t in said.tests
            if t.cell in {"all", *(c.id for c in worked.agreement.contract.cohort)}
        ],
        "claims": {state.state: state.claims for state in said.claims},
        "lines": {"count": sum(len(b.cells) for b in worked.blocks), "sha256": lines_hash(worked)},
    }


def _terms(said: Statement) -> dict[str, str]:
    """Return what each term adds under all its wordings, or why that is not known."""
    sums: dict[str, int] = {}
    for term in said.terms:
        if term.amount is not None:
            sums[term.term] = sums.get(term.term, 0) + term.amount.pence
    unknown = {term.term: term.unknown for term in said.terms if term.amount is None}
    whole = {name: Cash(pence, said.currency).plain for name, pence in sums.items()}
    return {term.term: (unknown | whole)[term.term] for term in said.terms}


def lines_hash(worked: Worked) -> str:
    """Return the hash of every line: period, term, cell, pence, and each payer's part."""
    digest = hashlib.sha256()
    for block in worked.blocks:
        lines, flow = block.lines, block.flow
        period = worked.settled.periods[lines.period]
        head = (str(period), str(lines.version), lines.term, ",".join(flow.payers), flow.payee)
        digest.update("\x1f".join(head).encode())
        name = cell_names(worked.settled, worked.accepted, lines)
        digest.update("\x1f".join(name(i)[0] for i in block.cells.tolist()).encode())
        for values in (block.pence, block.parts):
            digest.update(values.astype("<i8").tobytes())
    return digest.hexdigest()


def seal(held: dict[str, Any]) -> str:
    """Return the hash of a certificate's other values."""
    text = json.dumps(
        {key: value for key, value in held.items() if key != "sha256"},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def certificate_text(held: dict[str, Any]) -> str:
    """Return a certificate as it is written to its file."""
    return json.dumps(held, indent=1, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """One thing that was compared: what the certificate says, and what was found."""

    what: str
    certificate: str
    found: str

    @property
    def same(self) -> bool:
        """Whether they agree."""
        return self.certificate == self.found


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found, step by step; the first that differs is the difference."""

    file: str
    steps: tuple[ComparedPart, ...]
    engine: str
    note: str = ""

    @property
    def difference(self) -> ComparedPart | None:
        """The first step that differs, if any."""
        return next((step for step in self.steps if not step.same), None)


def read_certificate(path: Path) -> dict[str, Any]:
    """Read a certificate.

    Raises
    ------
    InputError
        If it is none.
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(
            Problem(path.name, f"cannot be read as a certificate ({error}).")
        ) from error
    if not isinstance(held, dict) or held.get("certificate") != FORMAT:
        raise InputError(
            Problem(path.name, f"is no certificate ({FORMAT}).", "Name one that settle wrote.")
        )
    missing = [key for key in KEYS if key not in held]
    if missing:
        raise InputError(Problem(path.name, f"lacks {', '.join(missing)}.", "It is not whole."))
    return held


def verify(
    path: Path,
    *,
    agreement: str | None = None,
    claims: Path | None = None,
    cohort: Path | None = None,
    ledger: Path | None = None,
) -> Verified:
    """Work a certificate out again, and compare it step by step.

    Parameters
    ----------
    agreement, claims, cohort, ledger
        The files, where they do not lie beside the certificate under the names it gives.

    Raises
    ------
    InputError
        If the certificate or one of its files cannot be read.
    """
    held = read_certificate(path)
    try:
        steps = tuple(_steps(held, path, agreement, (claims, cohort, ledger)))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError(
            Problem(path.name, f"is not whole: {error!r}.", "Settle again.")
        ) from error
    engine = str(held["engine"])
    other = f"Settled by {engine}, worked out again by headwater {__version__}."
    return Verified(path.name, steps, engine, "" if engine.endswith(f" {__version__}") else other)


def settled_again(path: Path, *, agreement: str | None = None) -> tuple[Verified, Worked]:
    """Return how a certificate compares with its files, and the settlement worked out again.

    Raises
    ------
    InputError
        If the certificate or one of its files cannot be read.
    """
    found = verify(path, agreement=agreement)
    held = read_certificate(path)
    read = read_agreement(agreement or _agreement(held, path))
    people = held["cohort"] and _beside(path, held["cohort"]["file"], "--cohort")
    file = _beside(path, held["claims"]["file"], "--claims")
    return found, _worked(held, read, file, people)


def _steps(
    held: dict[str, Any],
    path: Path,
    agreement: str | None,
    files: tuple[Path | None, Path | None, Path | None],
) -> Iterator[ComparedPart]:
    claims, cohort, ledger = files
    yield ComparedPart("the certificate's own seal", str(held["sha256"]), seal(held))
    read = read_agreement(agreement or _agreement(held, path))
    yield ComparedPart("agreement file", held["agreement"]["sha256"], read.hash)
    file = claims or _beside(path, held["claims"]["file"], "--claims")
    people = held["cohort"] and _beside(path, held["cohort"]["file"], "--cohort")
    found = _worked(held, read, file, cohort or people)
    yield ComparedPart("claims file", held["claims"]["sha256"], found.file.hash)
    if held["cohort"]:
        listed = "" if found.cohort is None else found.cohort.hash
        yield ComparedPart("cohort list", held["cohort"]["sha256"], listed)
    yield from _compared("", held["result"], result_of(found, statement(found)))
    if held["ledger"] is not None:
        book = ledger or _beside(path, held["ledger"]["file"], "--ledger")
        yield ComparedPart("ledger", held["ledger"]["head"], _head(book, held, read))


def _worked(held: dict[str, Any], read: Agreement, file: Path, cohort: Path | None) -> Worked:
    until, day = held["settled"]["until"], held["settled"].get("settled_on")
    return work_out(
        read,
        file,
        until=last_day_of(read.contract) if until is None else date.fromisoformat(until),
        leave_out=bool(held["settled"]["without_faulty_rows"]),
        cohort=cohort or None,
        today=None if day is None else date.fromisoformat(day),
    )


def _agreement(held: dict[str, Any], path: Path) -> str:
    name = str(held["agreement"]["file"])
    beside = path.parent / Path(name).name
    shipped = name.removesuffix(".toml")
    return str(beside) if beside.is_file() or shipped not in shipped_agreements() else shipped


def _beside(path: Path, name: str, option: str) -> Path:
    beside = path.parent / Path(str(name)).name
    if not beside.is_file():
        raise InputError(
            Problem(
                path.name, f"'{beside.name}' does not lie beside it.", f"Name it: {option} FILE."
            )
        )
    return beside


def _head(book: Path, held: dict[str, Any], read: Agreement) -> str:
    """Return the hash that the certificate names, if it is in a chain that is whole to its end."""
    wanted, chain, count = held["ledger"]["head"], START, 0
    reached = wanted == START
    contract = read.contract
    with read_ledger(book, agreement=contract.id, currency=contract.currency) as ledger:
        for number, posting, said in read_postings(ledger):
            count += 1
            chain = chained(chain, posting)
            if chain != said or number != count:
                return f"broken at posting {number:,}"
            reached = reached or chain == wanted
        if not kept(ledger):
            return "no longer refuses changes: what kept its postings was taken out"
    return str(wanted) if reached else f"not among its {count:,} postings"


def _compared(where: str, said: Any, found: Any) -> Iterator[ComparedPart]:
    """Yield each value of two results, in their order."""
    if isinstance(said, dict) and isinstance(found, dict):
        for key in dict.fromkeys((*found, *said)):
            name = f"{where}, {key}" if where else str(key)
            yield from _compared(name, said.get(key), found.get(key))
    elif isinstance(said, list) and isinstance(found, list):
        for i in range(max(len(said), len(found))):
            pair = [values[i] if i < len(values) else None for values in (said, found)]
            yield from _compared(f"{where} {i + 1}", *pair)
    else:
        yield ComparedPart(where, _shown(said), _shown(found))


def _shown(value: Any) -> str:
    return "nothing" if value is None else str(value)
