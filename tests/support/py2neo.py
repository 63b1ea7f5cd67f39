"""Opens stores through py2neo in tests, where any warning is an error."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from graphkb.store import open_store

if TYPE_CHECKING:
    from graphkb.store import GraphStore, Py2neoGraph


def open_through_py2neo(target: str | Py2neoGraph, **settings: Any) -> GraphStore:
    """Open a store, at which the warning may come that comes once in a process."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "py2neo is no longer maintained", FutureWarning)
        return open_store(target, **settings)
