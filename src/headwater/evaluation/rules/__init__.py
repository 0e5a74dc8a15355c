"""The kinds of payment rule, one a module; a new module here is a new kind."""

import importlib
import pkgutil
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import Field

from headwater.core.model import Frozen
from headwater.evaluation.rule import Rule


def _kinds() -> dict[str, type[Rule]]:
    """Return every kind by the name it has in a file."""
    kinds: dict[str, type[Rule]] = {}
    for module in pkgutil.iter_modules(__path__):
        held = importlib.import_module(f"{__name__}.{module.name}")
        for thing in vars(held).values():
            if isinstance(thing, type) and issubclass(thing, Rule) and _is_kind(thing):
                kinds[_name(thing)] = thing
    return dict(sorted(kinds.items()))


def _is_kind(rule: type[Rule]) -> bool:
    return bool(getattr(rule.model_fields["kind"].annotation, "__args__", ()))


def _name(kind: type[Rule]) -> str:
    """Return the one value that a kind's field `kind` may have."""
    (name,) = kind.model_fields["kind"].annotation.__args__  # type: ignore[union-attr]
    return str(name)


RULES = _kinds()
if TYPE_CHECKING:
    AnyRule = Rule
else:
    AnyRule: Any = Annotated[Union[tuple(RULES.values())], Field(discriminator="kind")]  # noqa: UP007


class RuleList(Frozen):
    """Rules as they were written, each of its kind."""

    rule: tuple[AnyRule, ...]
