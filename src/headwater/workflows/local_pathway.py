"""A place, with or without a pathway of its own from a file: what later questions rest on."""

from collections.abc import Iterator
from dataclasses import dataclass

from headwater.catalogue import pathway as pathway_catalogue
from headwater.catalogue import returns
from headwater.catalogue.places import place
from headwater.core.errors import InputError, Problem
from headwater.core.local_pathway import LocalPathway
from headwater.core.pathway import Level, National
from headwater.core.place import Place
from headwater.pathways.from_records import BACK, with_own
from headwater.pathways.levels import ROUTES
from headwater.workflows.written import Loc, Said, check_model, read_toml
from headwater.workflows.written_toml import table_lines

ENDING = ".toml"
HEAD = """\
# The pathway of one authority, fitted to its own records by `headwater fit-pathway`.
# Use it in the place of the authority's name: headwater forecast --place FILE.toml
#
# It holds no child and no identifier, but counts by age and time, small ones among them: it is for
# those who may see the records. Do not publish it.
"""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place, and the pathway to use for it.

    Parameters
    ----------
    national
        With the place's own shapes where its records were fitted.
    levels
        As fitted to what is published, or to its own records.
    """

    place: Place
    national: National
    levels: tuple[Level, ...]
    own: LocalPathway | None = None


def known_place(name: str) -> KnownPlace:
    """Look up a place by name, or by the file of its own pathway.

    Raises
    ------
    InputError
        If nothing is called that, or the file is not right.
    """
    own = read_local_pathway(name) if name.endswith(ENDING) else None
    here = place(own.place if own is not None else name)
    _check_active(here)
    national, levels = pathway_catalogue.national(), pathway_catalogue.levels(here.id)
    if own is not None:
        national, levels = with_own(national, levels, own, sources=sources(own))
    return KnownPlace(here, national, levels, own)


def _check_active(here: Place) -> None:
    if not here.area.active:
        raise InputError(
            Problem(
                "place",
                f"{here.name} no longer exists. {here.area.boundary}",
                f"Name a successor: {', '.join(here.area.successors)}.",
            )
        )


def sources(own: LocalPathway) -> tuple[str, ...]:
    """Return the sources of the layouts of the returns that a pathway was fitted to."""
    return tuple(dict.fromkeys(key for form in own.returns for key in returns.layout(form).sources))


def read_local_pathway(name: str) -> LocalPathway:
    """Read a place's own pathway.

    Raises
    ------
    InputError
        With every fault of the file, in its order.
    """
    entry, file, text = read_toml(name, kind="local pathway", shipped={})
    return check_model(LocalPathway, entry, file, text, then=_known)


def _known(own: LocalPathway) -> Iterator[tuple[Loc, Said]]:
    """Yield what a file names that does not exist."""
    routes = {route.name for route in ROUTES} | {BACK}
    moves = {move.name for move in pathway_catalogue.national().pathway.transitions}
    for i, level in enumerate(own.level):
        if level.route not in routes:
            known = f"Known: {', '.join(sorted(routes))}."
            yield ("level", i, "route"), (f"there is no level '{level.route}'.", known)
    for i, each in enumerate(own.move):
        for move in set(each.moves) - moves:
            yield ("move", i, "moves"), (f"there is no move '{move}'.", "Fit the records again.")
    for form in own.returns:
        if form not in returns.FORMS:
            known = f"Known: {', '.join(returns.FORMS)}."
            yield ("returns",), (f"there is no return '{form}'.", known)
    try:
        place(own.place)
    except InputError as error:
        yield from ((("place",), (problem.what, problem.remedy)) for problem in error.problems)


def write_local_pathway(own: LocalPathway) -> str:
    """Return a pathway as the text of its file; reading it back gives the same."""
    return HEAD + "\n" + "\n".join(table_lines(own.model_dump(mode="python"))) + "\n"
