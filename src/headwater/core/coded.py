"""Words that repeat, each held once."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

import numpy as np

from headwater.core.arrays import BoolArray, IntArray


@dataclass(frozen=True, slots=True)
class Coded:
    """Words that repeat: each once, and which of them stands in each row; array (row,)."""

    codes: IntArray
    words: tuple[str, ...]

    @classmethod
    def of(cls, words: list[str] | tuple[str, ...]) -> "Coded":
        """Return words, in the order of their letters, with their codes."""
        known = tuple(sorted(set(words)))
        place = {word: i for i, word in enumerate(known)}
        return cls(np.array([place[word] for word in words], dtype=np.int64), known)

    def __getitem__(self, rows: Any) -> "Coded":
        """Return the same words in fewer rows."""
        return Coded(self.codes[rows], self.words)

    def word(self, row: int) -> str:
        """Return the word in a row."""
        return self.words[int(self.codes[row])]

    def among(self, words: Container[str]) -> BoolArray:
        """Return which rows hold one of some words."""
        wanted = np.array([word in words for word in self.words], dtype=bool)
        return wanted[self.codes] if len(wanted) else np.zeros(len(self.codes), dtype=bool)
