"""A part of the graph: an element, and what lies around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkb.errors import UsageError
from graphkb.model.dataset import Dataset, NodeKey
from graphkb.model.names import did_you_mean, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

HOPS: Final = 2
"""How far a neighborhood reaches where nobody says so."""


def neighborhood(dataset: Dataset, center: NodeKey, hops: int = HOPS) -> Dataset:
    """Return what is at most ``hops`` edges away from ``center``, whichever way they run, and all edges within."""
    around: dict[NodeKey, set[NodeKey]] = {}
    for edge in dataset.edges:
        around.setdefault(edge.source, set()).add(edge.target)
        around.setdefault(edge.target, set()).add(edge.source)
    near = {center}
    border = {center}
    for _ in range(hops):
        border = {other for key in border for other in around.get(key, ())} - near
        if not border:
            break
        near |= border
    return Dataset(
        {key: each for key, each in dataset.nodes.items() if key in near},
        {edge: each for edge, each in dataset.edges.items() if edge.source in near and edge.target in near},
    )


def find_element(dataset: Dataset, name: str) -> NodeKey:
    """Return the one element that ``name`` names: by id, else by title, or as ``Kind:id``.

    Raises :class:`~graphkb.errors.UsageError` where there is none, with the nearest name, or several, with all.
    """
    kind, _, identifier = name.partition(":")
    if (exact := NodeKey(kind, identifier)) in dataset.nodes:
        return exact
    found = [key for key in dataset.nodes if key.id == name]
    found = found or [key for key in dataset.nodes if slug(dataset.title(key)) == slug(name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{name!r} names several elements. Say which: {_listed(dataset, found)}.")
    names = {key.id for key in dataset.nodes} | {dataset.title(key) for key in dataset.nodes}
    raise UsageError(f"There is no element with the id or the title {name!r}.{did_you_mean(name, sorted(names))}")


def _listed(dataset: Dataset, keys: Iterable[NodeKey]) -> str:
    return ", ".join(f"{key.label}:{key.id} ({dataset.title(key)})" for key in sorted(keys))
