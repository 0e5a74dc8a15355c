"""The kinds of term, one a module; a new module here is a new kind.

Each kind does one thing to what it takes up. A contract puts them in order.
"""

import importlib
import pkgutil
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import Field

from headwater.contracts.term import Term


def _kinds() -> dict[str, type[Term]]:
    """Return every kind by the name it has in an agreement."""
    kinds: dict[str, type[Term]] = {}
    for module in pkgutil.iter_modules(__path__):
        held = importlib.import_module(f"{__name__}.{module.name}")
        for thing in vars(held).values():
            if isinstance(thing, type) and issubclass(thing, Term) and thing is not Term:
                kinds[_name(thing)] = thing
    return dict(sorted(kinds.items()))


def _name(kind: type[Term]) -> str:
    """Return the one value that a kind's field `kind` may have."""
    (name,) = kind.model_fields["kind"].annotation.__args__  # type: ignore[union-attr]
    return str(name)


KINDS = _kinds()
if TYPE_CHECKING:
    AnyTerm = Term
else:
    AnyTerm: Any = Annotated[Union[tuple(KINDS.values())], Field(discriminator="kind")]  # noqa: UP007
