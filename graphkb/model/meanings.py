"""What each field means: the sentence under its declaration, read from the source when it is first asked for."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.model.declaration import Record


def definition_of(model: type[Record]) -> str:
    """Return what a model is: the first paragraph of its docstring, in one line."""
    return _one_line((model.__doc__ or "").split("\n\n")[0])


def meaning_of(model: type[Record], attribute: str) -> str:
    """Return what a field means, as it is said where the field is declared; nothing where nobody said it."""
    sentences = (_sentences(base.__module__).get((base.__name__, attribute), "") for base in model.__mro__)
    return next(filter(None, sentences), "")


@functools.cache
def _sentences(module_name: str) -> Mapping[tuple[str, str], str]:
    """Return the docstrings of attributes in a module, by class and attribute."""
    try:
        tree = ast.parse(inspect.getsource(importlib.import_module(module_name)))
    except (OSError, TypeError):  # a module of the interpreter itself, or one without source
        return {}
    return {
        (owner.name, declared.target.id): _one_line(said.value.value)
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for declared, said in zip(owner.body, owner.body[1:], strict=False)
        if isinstance(declared, ast.AnnAssign) and isinstance(declared.target, ast.Name)
        if isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant) and isinstance(said.value.value, str)
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
