"""`headwater places`: every authority in England, or one place's card."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from headwater.workflows.places import Card, PlaceList


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("places")(places)


def places(
    name: Annotated[
        str | None,
        typer.Argument(help="A place by name, id, authority's number or ONS code; all without it."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the whole result here.")
    ] = None,
) -> None:
    """Any English authority: its published figures by year, neighbours beside it, what is lacking.

    Without NAME every authority is listed with its latest stocks. Figures are as published;
    those suppressed or not available say so and are never filled in.
    """
    from headwater.cli.output import check_writable
    from headwater.workflows.places import card, list_places

    check_writable(json)
    _give(card(name) if name is not None else list_places(), json)


def _give(result: "Card | PlaceList", json: Path | None) -> None:
    from headwater.catalogue.sources import sources
    from headwater.cli.output import console, write_whole
    from headwater.cli.place_card import show_card
    from headwater.cli.place_list import show_list
    from headwater.reporting.documents import to_json
    from headwater.workflows.citations import cited
    from headwater.workflows.places import Card

    works = list(cited(result))
    if isinstance(result, Card):
        works.append(sources()[result.neighbours_source])
    if json is not None:
        write_whole(json, to_json("places", result, works))
    if isinstance(result, Card):
        show_card(console, result, works)
    else:
        show_list(console, result, works)
