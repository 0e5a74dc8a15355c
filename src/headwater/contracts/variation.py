"""What a variation says: whole terms, or only what changes of a term, and where it stands."""

from datetime import date
from typing import Any

from pydantic import ConfigDict
from pydantic.json_schema import SkipJsonSchema

from headwater.contracts.term import Name, Term
from headwater.contracts.terms import AnyTerm
from headwater.core.model import Frozen

PLACE = ("term", "before", "after")
"""What a change says besides the fields that it changes."""


class Change(Frozen):
    """Changes one term: the fields named here take new values, all others stay as they are.

    Parameters
    ----------
    term
        The term.
    before, after
        The term before or after which it stands from now on; without either it keeps its place.
    as_changed
        The whole term as it then is. It is worked out, and never written.
    """

    model_config = ConfigDict(json_schema_extra={"additionalProperties": True})

    term: Name
    before: Name | None = None
    after: Name | None = None
    as_changed: SkipJsonSchema[AnyTerm | None] = None
    fields: SkipJsonSchema[tuple[str, ...]] = ()


def with_whole_terms(entry: Any) -> Any:
    """Return an agreement's plain values, with the whole term in every change of a variation.

    So a changed term is read as strictly as any other. What cannot be found is left for later.
    """
    varied = _list(entry, "variation")
    if not any(_list(one, "change") for one in varied):
        return entry
    terms, made = _by_id(_list(entry, "term")), list(varied)
    for i in sorted(range(len(varied)), key=lambda i: _day(varied[i])):
        for name in _list(varied[i], "drop"):
            terms.pop(str(name), None)
        terms |= _by_id(_list(varied[i], "term"))
        if changes := _list(varied[i], "change"):
            made[i] = {**varied[i], "change": [_whole(change, terms) for change in changes]}
    return {**entry, "variation": made}


def _whole(change: Any, terms: dict[str, Any]) -> Any:
    """Return a change with the whole term, and keep that as the term that later changes meet."""
    if not isinstance(change, dict):
        return change
    said = {name: value for name, value in change.items() if name in PLACE}
    fields = {name: value for name, value in change.items() if name not in PLACE}
    held = terms.get(str(change.get("term")))
    if held is None:
        return said
    whole = terms[str(change["term"])] = {**held, **fields}
    return said | {"as_changed": whole, "fields": tuple(fields)}


def _by_id(terms: list[Any]) -> dict[str, Any]:
    return {str(term.get("id")): dict(term) for term in terms if isinstance(term, dict)}


def _list(one: Any, name: str) -> list[Any]:
    """Return a list that stands under a name, or an empty one."""
    held = one.get(name) if isinstance(one, dict) else None
    return list(held) if isinstance(held, list | tuple) else []


def _day(one: Any) -> str:
    day = one.get("first_day") if isinstance(one, dict) else None
    return day.isoformat() if isinstance(day, date) else str(day)


def in_place(terms: list[Term], change: Change) -> list[Term]:
    """Return terms in order after a change of one."""
    assert change.as_changed is not None  # noqa: S101 - a change of no term has been refused
    if change.before is None and change.after is None:
        return [change.as_changed if term.id == change.term else term for term in terms]
    others = [term for term in terms if term.id != change.term]
    beside = change.before or change.after
    at = next(i for i, term in enumerate(others) if term.id == beside)
    at += change.before is None
    return [*others[:at], change.as_changed, *others[at:]]
