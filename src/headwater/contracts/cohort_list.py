"""Claims beside the list of those an agreement is for: cohort and group come from the list."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from headwater.core.claims import Claims
from headwater.core.coded import Coded


def with_list(claims: Claims, people: Mapping[str, tuple[str, str]]) -> Claims:
    """Return claims with the cohort and group of the list where they name none."""

    def filled(words: Coded, place: int) -> Coded:
        said = [people.get(word, ("", ""))[place] for word in claims.who.words]
        listed = np.array(said, dtype=object)[claims.who.codes]
        given = np.array(words.words, dtype=object)[words.codes]
        return Coded.of(np.where(given == "", listed, given).tolist())

    return replace(claims, cohort=filled(claims.cohort, 0), group=filled(claims.group, 1))
