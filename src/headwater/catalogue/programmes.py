"""Programmes: one file each under `data/programmes`, JSON or TOML, found by folder.

A file is validated when its programme is asked for, and all of them in the tests.
"""

import json
import tomllib
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from headwater.catalogue.files import DATA, read_json
from headwater.core.errors import InputError, Problem, did_you_mean
from headwater.core.programme import NotProgramme, Programme

_FOLDER = "programmes"


@cache
def programmes() -> dict[str, Programme]:
    """Return every programme by id, in the order of their ids."""
    return {name: _build(name) for name in sorted(_files())}


def programme(name: str) -> Programme:
    """Return one programme by its id, an alias or its exact name; case does not matter.

    Raises
    ------
    InputError
        If there is none, with the nearest name; or if the name stands for a fund or a review.
    """
    wanted = name.strip().casefold()
    if wanted in _files():
        return _build(wanted)
    names = _names()
    if wanted in names:
        return _build(names[wanted])
    raise InputError(_unknown(name.strip(), names))


@cache
def not_programmes() -> dict[str, NotProgramme]:
    """Return, by id, what has published costs or benefits and is no programme, with the reason."""
    return {entry["id"]: NotProgramme.model_validate(entry) for entry in read_json(_OTHERS)}


_OTHERS = "not_programmes.json"


def _unknown(name: str, names: dict[str, str]) -> Problem:
    other = not_programmes().get(name.casefold())
    if other is not None:
        return Problem("programme", f"'{name}' is {other.reason}.", "Name a programme.")
    return Problem(
        "programme",
        f"there is no programme called '{name}'.{did_you_mean(name, [*_files(), *names])}",
        "`headwater programmes` lists them all.",
    )


@cache
def _files() -> dict[str, Traversable]:
    return {
        entry.name.rpartition(".")[0]: entry
        for entry in (DATA / _FOLDER).iterdir()
        if entry.name.endswith((".json", ".toml"))
    }


@cache
def _entry(name: str) -> dict[str, Any]:
    file = _files()[name]
    text = file.read_text(encoding="utf-8")
    entry: dict[str, Any] = tomllib.loads(text) if file.name.endswith("toml") else json.loads(text)
    return entry


@cache
def _build(name: str) -> Programme:
    return Programme.model_validate(_entry(name))


@cache
def _names() -> dict[str, str]:
    """Return the id by every alias and name, in small letters."""
    found: dict[str, str] = {}
    for name in _files():
        entry = _entry(name)
        for word in (entry["name"], *entry.get("aliases", ())):
            if found.setdefault(word.casefold(), name) != name:
                msg = f"two programmes answer to '{word}': {found[word.casefold()]} and {name}"
                raise ValueError(msg)
    return found
