"""A file of episodes as large as is asked for, to measure readers on."""

from pathlib import Path

from headwater.synthesis.many import copies, stacked
from headwater.workflows.synthesise.answer import make
from headwater.workflows.synthesise.asked import Asked
from headwater.workflows.synthesise.faults import Faults


def write_episodes(path: Path, rows: int, *, asked: Asked | None = None) -> None:
    """Write a CSV of so many episodes, five years stacked as a pipeline leaves them.

    The lives are lived once and told again under other keys: what a reader does with a row is
    measured, and nothing about children.

    Parameters
    ----------
    asked
        The lives that are told again.
    """
    asked = asked or Asked("norfolk", children=200_000, years=5)
    made = make(asked, Faults())
    frame = stacked(made.lives, asked.returns, made.place.name)
    with path.open("wb") as file:
        for number, part in enumerate(copies(frame, rows)):
            part.write_csv(file, include_header=number == 0)
