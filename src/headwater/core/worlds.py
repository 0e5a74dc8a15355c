"""Draws as worlds: draw 17 means the same shocks and effects in every place, contract and fund.

Every uncertain quantity has a name; its standard normal numbers depend on the seed and that name
alone, so that a quantity drawn in two workflows, or with more draws, is the same in both.
"""

import hashlib

import numpy as np

from headwater.core.arrays import FloatArray


def normals(seed: int, name: str, draws: int) -> FloatArray:
    """Return standard normal numbers of one named quantity, array (draw,).

    The first n numbers are the same however many are asked for. Philox
    :cite:p:`salmon2011parallel`, keyed by the SHA-256 of seed and name.
    """
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    key = int.from_bytes(digest[:16], "little")
    return np.random.Generator(np.random.Philox(key=key)).standard_normal(draws)


def own_seed(seed: int, name: str) -> int:
    """Return a seed of one name's own, so that the children of two places share no luck."""
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    return int.from_bytes(digest[:8], "little") >> 1


def shares(seed: int, name: str, draws: int, *, expected: FloatArray, count: float) -> FloatArray:
    """Return draws of shares that sum to one, array (draw, share).

    A Dirichlet distribution with the mean `expected` and the spread of `count` children counted.
    """
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    generator = np.random.Generator(np.random.Philox(key=int.from_bytes(digest[:16], "little")))
    gammas = generator.standard_gamma(np.maximum(expected * count, 1e-9), (draws, len(expected)))
    return np.asarray(gammas / gammas.sum(axis=1, keepdims=True))
