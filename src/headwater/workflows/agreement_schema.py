"""The JSON Schema of agreement files, so that an editor can help whoever writes one.

It is made from the models that read the files. It knows fields, forms and limits; what must hold
between fields (names that are there, shares that add to 1) only reading the file can tell.
"""

import inspect
import itertools
import re
from collections.abc import Iterator
from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter

from headwater.contracts.agreement import Contract
from headwater.contracts.grant import Grant
from headwater.core.model import Frozen
from headwater.evaluation.rules import RuleList

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def agreement_schema() -> dict[str, Any]:
    """Return the schema of a contract or a grant, as plain values."""
    both: TypeAdapter[Any] = TypeAdapter(
        Annotated[Contract | Grant, Field(discriminator="agreement")]
    )
    made = _with_rules(both.json_schema())
    said = {kind.__name__: kind for kind in _models(Contract, Grant, RuleList)}
    for name, held in made["$defs"].items():
        kind = said[name]
        held["description"] = _summary(kind)
        words = fields_said(kind)
        for field, rule in held.get("properties", {}).items():
            rule.pop("title", None)
            if field in words:
                rule["description"] = words[field]
    head = {
        "$schema": DIALECT,
        "title": "An agreement of Headwater: an outcomes contract or a ring-fenced grant",
    }
    return head | made


def _with_rules(made: dict[str, Any]) -> dict[str, Any]:
    """Return a schema in which a table of odds has the kinds of payment rule."""
    rules = RuleList.model_json_schema(ref_template="#/$defs/{model}")
    made["$defs"]["Odds"]["properties"]["rule"] |= {"items": rules["properties"]["rule"]["items"]}
    twice = (made["$defs"].keys() & rules["$defs"].keys()) - {"Given", "GivenPart", "GivenSize"}
    if twice:
        msg = f"two models of one name: {sorted(twice)}"
        raise AssertionError(msg)
    return made | {"$defs": made["$defs"] | rules["$defs"]}


def _models(*roots: type[Frozen]) -> Iterator[type[Frozen]]:
    """Yield every model that these are made of, themselves first."""
    waiting, seen = list(roots), set[type[Frozen]]()
    while waiting:
        kind = waiting.pop(0)
        if kind in seen:
            continue
        seen.add(kind)
        yield kind
        waiting += itertools.chain.from_iterable(
            _within(field.annotation) for field in kind.model_fields.values()
        )


def _within(annotation: Any) -> Iterator[type[Frozen]]:
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        yield annotation
    for inner in get_args(annotation):
        yield from _within(inner)


def _summary(kind: type[Frozen]) -> str:
    return " ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split())


def fields_said(kind: type[Frozen]) -> dict[str, str]:
    """Return what each field means, as the docstrings of its class and those above it say."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        _, _, listed = inspect.cleandoc(one.__doc__ or "").partition("Parameters\n----------\n")
        for match in re.finditer(r"^(\w[\w, ]*)\n((?: {4}.*\n?|\n)+)", listed, re.MULTILINE):
            words = " ".join(match[2].split())
            found |= {name.strip(): words for name in match[1].split(",")}
    return found
