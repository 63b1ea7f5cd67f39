"""What would feel it if an element were retired."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from graphkb.analysis.declared import answer, declare
from graphkb.analysis.projection import project
from graphkb.exports.neighborhood import find_element
from graphkb.sync.state import read_stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphkb.analysis.projection import Graph
    from graphkb.model.dataset import Dataset, NodeKey
    from graphkb.queries.answer import Answer, Asked
    from graphkb.store.protocol import Value

RETIRING: Final = declare(
    "retiring",
    """\
// question: What would feel it if this element were retired, and has it anything else to rest on?
// grain: one row an element that is touched; what goes with the retired element itself has 0 steps
// param: element string    id or title of an element of any kind, or Kind:id
// param: max_steps integer = 3    1..8, how far to follow what rests on what
// param: limit integer = 1000    1.., at most so many rows, the nearest first
// returns: kind string, id string, title string, steps integer, link string
// returns: restsOnKind string?, restsOnId string?, restsOn string?, others integer
// table: kind, title, steps, link, restsOn, others
// none: Nothing rests on the element, and nothing goes with it.
""",
)

PARTS: Final = frozenset({"HAS_STAGE", "HAS_TOUCHPOINT", "HAS_ITEM"})
"""Relationships whose target goes when the source goes."""

NEEDS: Final = frozenset(
    {
        "ACQUIRED_VIA", "AT_STAGE", "CONSUMES", "CONTACTED_VIA", "DELIVERED_VIA", "DEPENDS_ON", "ENABLED_BY",
        "EXPERIENCES", "HAS_EXPERIENCE", "HAS_STAGE", "HAS_TOUCHPOINT", "INVOLVES", "MANAGED_THROUGH", "MAPPED_TO",
        "MAPS_TO", "READ_FROM", "REQUIRES", "SHAPED_BY", "SUPPORTED_BY", "VIA_CHANNEL",
    }
)  # fmt: skip
"""Relationships whose source rests on the target."""

GIVES: Final = frozenset(
    {
        "ADDRESSES", "APPLIES_TO", "CLOSES", "DELIVERS", "DESIGNED_FOR", "FULFILLS", "IMPROVES", "OWNS", "REACHES",
        "REALIZES", "SUPPORTS", "USED_IN",
    }
)  # fmt: skip
"""Relationships whose target rests on the source."""

_ENDS: Final = frozenset({"OWNS", "CLOSES", "IMPROVES", "ADDRESSES"})
"""What is lost with these hurts the element itself, but it goes on working for what rests on it."""


@dataclass(frozen=True, slots=True)
class TouchedElement:
    """One element that would feel it."""

    kind: str
    id: str
    title: str
    steps: int
    """Links from the retired element; 0 for what goes with it."""
    link: str
    """Type of the relationship over which it is reached first."""
    rests_on_kind: str | None
    """The element before it on the way; null where it goes with the retired one."""
    rests_on_id: str | None
    rests_on: str | None
    others: int
    """Further elements that are linked to it in the same way and are not touched; 0 if it loses all it has of that."""


def retiring(kb: Asked, *, element: str, max_steps: int = 3, limit: int = 1000) -> Answer[TouchedElement]:
    """Follow what rests on an element: what goes with it, and what would feel that it is gone; the nearest first.

    ``element`` is an id or a title of any kind, or ``Kind:id`` where that is not unique. Its parts go with it: stages,
    touchpoints, items. An element rests on another over the relationships ``NEEDS`` and ``GIVES`` of this module, over
    at most ``max_steps`` (1..8) of them; an owner, or an initiative that is lost, is felt and not passed on. With
    enough steps these are the descendants of the element in the graph of those links.

    Raises :class:`~graphkb.errors.UsageError` for an unknown element, one of several of a name, and values out of
    range, and :class:`~graphkb.errors.StoreError`.
    """
    parameters = {"element": element, "max_steps": max_steps, "limit": limit}
    return answer(kb, RETIRING, parameters, lambda given: _touched(read_stored(kb.store).dataset(), given))


class _Way(NamedTuple):
    steps: int
    link: str
    before: NodeKey | None


def _touched(dataset: Dataset, given: Mapping[str, Value]) -> Iterator[TouchedElement]:
    start = find_element(dataset, str(given["element"]))
    graph = project(dataset)
    ways = _ways(graph, start, cast("int", given["max_steps"]))
    for key in sorted(ways, key=lambda key: (ways[key].steps, key.label, graph.nodes[key]["title"], key.id)):
        way = ways[key]
        if key != start:
            yield TouchedElement(
                kind=key.label,
                id=key.id,
                title=graph.nodes[key]["title"],
                steps=way.steps,
                link=way.link,
                rests_on_kind=way.before and way.before.label,
                rests_on_id=way.before and way.before.id,
                rests_on=graph.nodes[way.before]["title"] if way.before else None,
                others=len(
                    {other for other, link in _linked(graph, key, GIVES, NEEDS) if link == way.link} - ways.keys()
                )
                if way.before
                else 0,
            )


def _ways(graph: Graph, start: NodeKey, most: int) -> dict[NodeKey, _Way]:
    ways = {start: _Way(0, "", None)}
    parts = deque([start])
    while parts:
        for _, part, (link, _) in graph.out_edges(parts.popleft(), keys=True):
            if link in PARTS and part not in ways:
                ways[part] = _Way(0, link, None)
                parts.append(part)
    queue = deque(sorted(ways))
    while queue:
        node = queue.popleft()
        steps = ways[node].steps
        if steps == most or (steps and ways[node].link in _ENDS):
            continue
        for other, link in sorted(_linked(graph, node, NEEDS, GIVES)):
            if other not in ways:
                ways[other] = _Way(steps + 1, link, node)
                queue.append(other)
    return ways


def _linked(
    graph: Graph, node: NodeKey, arriving: frozenset[str], leaving: frozenset[str]
) -> Iterator[tuple[NodeKey, str]]:
    """Yield what links of some types join to a node, and over which: where they arrive at it, and where they leave."""
    for source, _, (link, _) in graph.in_edges(node, keys=True):
        if link in arriving:
            yield source, link
    for _, target, (link, _) in graph.out_edges(node, keys=True):
        if link in leaving:
            yield target, link
