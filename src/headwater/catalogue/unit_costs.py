"""Unit costs by agency, at their original prices."""

from functools import cache

from headwater.catalogue.files import read_json
from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.core.unit_cost import UnitCost


@cache
def unit_costs() -> dict[str, UnitCost]:
    """Return every unit cost by id, those that enter no calculation included."""
    return {entry["id"]: UnitCost.model_validate(entry) for entry in read_json("unit_costs.json")}


def unit_cost(name: str) -> UnitCost:
    """Return one unit cost by its id or its publisher's code ("ss4_1_2" or "SS4.1.2").

    Raises
    ------
    InputError
        If there is none, with the nearest id.
    """
    wanted = name.strip().casefold().replace(".", "_").replace("&", "")
    found = unit_costs().get(wanted) or _by_alias().get(wanted)
    if found is None:
        raise InputError(
            Problem(
                "unit cost",
                f"there is no unit cost called '{name}'.{did_you_mean(wanted, [*unit_costs()])}",
            )
        )
    return found


@cache
def _by_alias() -> dict[str, UnitCost]:
    return {alias: entry for entry in unit_costs().values() for alias in entry.aliases}
