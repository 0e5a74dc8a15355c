"""How kernels are compiled.

A compiled kernel is found again by the date of its own file: after a change to this module, to
`random` or to `layout`, touch `kernel`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function, once a machine: the result is kept beside the source.

    It runs beside other threads and neither makes arrays nor counts who holds them: a kernel is
    handed all the room it needs. (Counting, at each use of a tuple of arrays, took four fifths of
    the time.) It is pasted into kernels that call it, which saves handing over those tuples a life
    at a time. Division follows IEEE 754, unchecked.
    """
    return kept(function, error_model="numpy", forceinline=True, _nrt=False)


def kept(function: Function, **options: Any) -> Function:
    """Compile a function and keep the result; where nothing can be kept, compile at every start."""
    try:
        done: Function = njit(cache=True, nogil=True, **options)(function)
    except RuntimeError:
        done = njit(nogil=True, **options)(function)
    return done
