"""Paths as a store returns them, and what the Browser would draw of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from graphkb.model.metamodel import METAMODEL
from graphkb.queries import catalog
from graphkb.sync.schema import RUN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkb.queries.catalog import Question
    from graphkb.store.protocol import GraphStore, Value
    from tests.support.graphs import Key


class Path(NamedTuple):
    """One path: kind and id of each node, and the type of each relationship between two."""

    nodes: tuple[Key, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What paths look like together: their nodes, and their relationships without direction."""

    nodes: frozenset[Key]
    edges: frozenset[tuple[Key, str, Key]]

    @property
    def ids(self) -> set[str]:
        """The ids of the nodes."""
        return {node_id for _, node_id in self.nodes}

    @property
    def pieces(self) -> int:
        """In how many parts it falls."""
        piece = {node: {node} for node in self.nodes}
        for source, _, target in self.edges:
            if piece[source] is not piece[target]:
                piece[source] |= piece[target]
                piece |= dict.fromkeys(piece[target], piece[source])
        return len({id(nodes) for nodes in piece.values()})


def paths(store: GraphStore, text: str, arguments: Mapping[str, Value]) -> list[Path]:
    """Return the paths that a text returns from a store, in its order."""
    return [_path(cast("Any", row["path"])) for row in store.read(text, arguments)]


def drawing(found: Iterable[Path]) -> Drawing:
    """Return what paths look like together."""
    found = list(found)
    links = [(ends, way) for path in found for ends, way in zip(pairwise(path.nodes), path.types, strict=True)]
    return Drawing(
        frozenset(node for path in found for node in path.nodes),
        frozenset((min(ends), way, max(ends)) for ends, way in links),
    )


def anchored(exploration: Question) -> bool:
    """Tell whether the paths are those of an element that must be named."""
    return any(parameter.required for parameter in exploration.parameters)


def askings(store: GraphStore, exploration: Question) -> Iterator[dict[str, Value]]:
    """Yield the defaults with each choice of elements in the store for the other parameters."""
    required = [parameter for parameter in exploration.parameters if parameter.required]
    ids = [[key for kind in parameter.kinds for key in _ids(store, kind)] for parameter in required]
    for chosen in product(*ids):
        given = dict(zip((parameter.name for parameter in required), chosen, strict=True))
        yield catalog.check_arguments(exploration, given)


def _ids(store: GraphStore, kind: str) -> list[str]:
    return [str(row["id"]) for row in store.read(f"MATCH (n:{kind}) RETURN n.id AS id ORDER BY id")]


def _path(value: Any) -> Path:
    nodes = tuple((_kind(node["labels"]), str(node["properties"]["id"])) for node in value["nodes"])
    return Path(nodes, tuple(str(link["type"]) for link in value["relationships"]))


def _kind(labels: list[str]) -> str:
    """Return the kind among labels, whose order differs between the stores."""
    if RUN in labels:
        return RUN
    (kind,) = (label for label in labels if label in METAMODEL.kinds)
    return kind
