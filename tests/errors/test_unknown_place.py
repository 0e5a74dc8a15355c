"""A place that cannot be found: one exact message each."""

import pytest

from headwater.catalogue.places import place
from headwater.core.errors import InputError


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "norfork",
            (
                "place: there is no place called 'norfork'. Did you mean 'norfolk'? "
                "`headwater places` lists them all."
            ),
        ),
        (
            "atlantis",
            "place: there is no place called 'atlantis'. `headwater places` lists them all.",
        ),
        ("", "place: there is no place called ''. `headwater places` lists them all."),
        ("durham", "place: there is no place called 'durham'. Did you mean 'County Durham'?"),
        (
            "hull",
            "place: there is no place called 'hull'. Did you mean 'Kingston upon Hull, City of'?",
        ),
        (
            "yorkshire",
            (
                "place: 'yorkshire' could be several: East Riding of Yorkshire; North Yorkshire. "
                "Give one of them."
            ),
        ),
    ],
)
def test_unknown_place(name: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        place(name)
    assert str(caught.value) == message
