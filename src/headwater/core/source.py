"""Where a figure comes from. A figure without a source does not load."""

from headwater.core.model import Frozen


class Source(Frozen):
    """A citation, resolved from its key in the catalogue's bibliography.

    `published` is a year or empty; an empty one is shown as "date not stated", and a figure whose
    only source has no date enters no calculation until the user supplies it.
    """

    key: str
    title: str
    url: str
    publisher: str = ""
    published: str = ""
    licence: str = ""
    also_at: tuple[str, ...] = ()
    """Other addresses at which the same document, or what it reports, was read."""

    @property
    def date(self) -> str:
        """The year of publication, or "date not stated"."""
        return self.published or "date not stated"
