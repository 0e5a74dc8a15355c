"""What an exchange is read by: the standard; its figures are the user's own."""

from headwater.catalogue.indigo import standard
from headwater.catalogue.sources import sources
from headwater.core.source import Source


def works() -> tuple[Source, ...]:
    """Return the source of the fields and code lists."""
    return (sources()[standard().source],)
