"""Hold what was read against the rules, each breach a fault with what it may move."""

from collections.abc import Iterator

from headwater.core.fault import Fault
from headwater.readers.returns import plain_lives
from headwater.readers.returns.check_cin import check_cin, cin_numbers
from headwater.readers.returns.checks_chain import chain_checks
from headwater.readers.returns.checks_episodes import episode_checks
from headwater.readers.returns.checks_extracts import extract_faults
from headwater.readers.returns.checks_missing import missing_checks, missing_scene
from headwater.readers.returns.checks_status import status_checks
from headwater.readers.returns.identity import renamed
from headwater.readers.returns.numbers import COVERED
from headwater.readers.returns.people import conflicts
from headwater.readers.returns.read import Return
from headwater.readers.returns.rule_check import held_against
from headwater.readers.returns.scene import scene

EPISODES, HEADER, MISSING = "episodes", "header", "missing"


def check(held: Return) -> Iterator[Fault]:
    """Yield a fault for each breach of a rule, form by form and rule by rule."""
    care = None
    if EPISODES in held.tables:
        care = scene(held.tables[EPISODES], held.tables.get(HEADER))
        yield from held_against(care, (*episode_checks(), *chain_checks(), *status_checks()))
        yield from renamed(care)
    if MISSING in held.tables:
        yield from held_against(missing_scene(held.tables[MISSING], care), tuple(missing_checks()))
    if "cin" in held.forms:
        yield from check_cin(held)
    yield from extract_faults(held)
    yield from plain_lives.faults(held)
    yield from conflicts(held)


def numbers(form: str) -> frozenset[str]:
    """Return the number of every published rule of a return that is checked."""
    if form == "cin":
        return COVERED | cin_numbers()
    expressed = (*episode_checks(), *chain_checks(), *status_checks(), *missing_checks())
    return COVERED | {each.number for each in expressed}
