"""What was written without identifiers."""

from dataclasses import dataclass

from headwater.core.figure import Figure


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file written.

    Parameters
    ----------
    file, table
        The file read, and what it was read as.
    written
        The file written, within the folder.
    rows
        Its rows.
    blanked
        Cells emptied because they held what their column may not: it could have been a name.
    """

    file: str
    table: str
    written: str
    rows: Figure
    blanked: Figure


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """Files written under keyed pseudonyms.

    Parameters
    ----------
    files
        Each file written.
    not_read
        What was named and not read, with its reason; nothing of it was written.
    disclosed
        What the files still say of a child.
    """

    files: tuple[WrittenFile, ...]
    not_read: tuple[str, ...]
    disclosed: tuple[str, ...]
