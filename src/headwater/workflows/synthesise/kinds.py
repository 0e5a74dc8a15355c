"""What each kind of fault is, in the words that stand under its field."""

import ast
import inspect
import itertools
import textwrap

from headwater.core.model import Frozen


def said_of(model: type[Frozen]) -> dict[str, str]:
    """Return the first sentence under each field of a model."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(tree, ast.ClassDef)  # noqa: S101 - a model is a class
    found = {}
    for before, after in itertools.pairwise(tree.body):
        if (
            isinstance(before, ast.AnnAssign)
            and isinstance(before.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
        ):
            found[before.target.id] = " ".join(str(after.value.value).split())
    return found
