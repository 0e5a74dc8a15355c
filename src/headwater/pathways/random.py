"""Counter-based random numbers: a number is a function of where it is used, not of when.

Each is the splitmix64 output function :cite:p:`steele2014splittable` at a counter made of (seed,
draw, child, state, visit, use), so that both arms share their luck, results do not depend on the
number of threads or chunks, and any child can be replayed alone. Written for Numba; the plain
Python simulator in `reference` uses the same definitions on Python integers.
"""

import numpy as np

from headwater.pathways.compiled import compiled

GAMMA = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)

USE_ELAPSED = np.uint64(60)
USE_RISK = np.uint64(61)
USE_AGE = np.uint64(62)
USE_MARK = np.uint64(63)
FAMILY_STREAM = np.uint64(0xD1B54A32D192ED03)
"""Keeps the numbers of families apart from the numbers of children."""


@compiled
def mix(z: np.uint64) -> np.uint64:
    """Return the splitmix64 output for a 64-bit counter."""
    z = (z ^ (z >> np.uint64(30))) * MIX_1
    z = (z ^ (z >> np.uint64(27))) * MIX_2
    return z ^ (z >> np.uint64(31))


@compiled
def key(seed: np.uint64, draw: np.uint64, child: np.uint64) -> np.uint64:
    """Return the key of one child in one draw."""
    world = mix(seed + GAMMA * (draw + np.uint64(1)))
    return mix(world + GAMMA * (child + np.uint64(1)))


@compiled
def uniform(child_key: np.uint64, state: np.uint64, visit: np.uint64, use: np.uint64) -> np.float64:
    """Return a number strictly between 0 and 1 for one use at one visit to one state."""
    counter = (visit << np.uint64(12)) | (state << np.uint64(6)) | use
    bits = mix(child_key + GAMMA * (counter + np.uint64(1)))
    return (np.float64(bits >> np.uint64(12)) + 0.5) * 2.0**-52
