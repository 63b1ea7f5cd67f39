"""The statements that carry out a plan: one for all changes of a kind, with a row for each of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Protocol

from graphkb.model.metamodel import ELEMENT
from graphkb.store.protocol import Statement
from graphkb.sync.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graphkb.model.dataset import EdgeKey, NodeKey
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties
    from graphkb.store.protocol import Row, Value

ROWS: Final = 5_000
"""Most rows in one statement."""


def statements_in_chunks(plan: Plan, run: str, chunk: int) -> Iterator[tuple[list[Statement], int]]:
    """Yield the statements of a plan, each time those of one transaction and how many changes they make.

    A transaction makes at most ``chunk`` changes, save that what belongs to adoptions is one: a run that dies later has
    lost no edge of another source. A plan without changes is one transaction without statements.
    """
    apart, rest = _divided(plan)
    adopting = list(_groups(apart, run))
    room = max(chunk, sum(len(group.changes) for group in adopting))
    statements: list[Statement] = []
    size = 0
    for group in chain(adopting, _groups(rest, run)):
        at = 0
        while at < len(group.changes):
            if size == room:
                yield statements, size
                statements, size, room = [], 0, chunk
            part = group.changes[at : at + min(group.most, room - size)]
            statements.append(group.statement(part))
            at += len(part)
            size += len(part)
    yield statements, size


class _Changes(Protocol):
    """Changes that a statement can make, as many at a time as it takes."""

    @property
    def most(self) -> int:
        """How many it takes."""

    @property
    def changes(self) -> list[Any]:
        """All that are to be made."""

    def statement(self, changes: list[Any]) -> Statement:
        """Return the statement that makes some of the changes."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Changes for which there is one text, with a row for each."""

    text: str
    shared: Mapping[str, Value]
    """Parameters that all rows have in common."""
    changes: list[Any]
    row: Callable[[Any], Row]
    """Gives the row of a change."""
    most: int = ROWS

    def statement(self, changes: list[Any]) -> Statement:
        """Return the statement that makes some of the changes."""
        return Statement(self.text, {**self.shared, "rows": list(map(self.row, changes))}, expected=len(changes))


@dataclass(frozen=True, slots=True)
class _NodeDeletion:
    """Nodes of all kinds to delete, which one statement finds before it deletes the first, as it has to sort them.

    A server goes through all that its transaction has deleted whenever it looks a node up: 20,000 nodes by a statement
    for each kind took several times as long.
    """

    changes: list[Any]
    detach: bool
    """Whatever somebody drew by hand to a node goes with it; else the node stays, and the transaction fails."""
    most: int = 50_000

    def statement(self, changes: list[Any]) -> Statement:
        """Return the statement that deletes some of the nodes."""
        by_label = _alike(changes, _label)
        parts, ids = [], {}
        for number, (label, keys) in enumerate(by_label.items()):
            parts.append(f"  UNWIND $ids{number} AS id\n  MATCH (n:`{label}` {{id: id}})\n  RETURN n\n")
            ids[f"ids{number}"] = [key.id for key in keys]
        act = "DETACH DELETE n" if self.detach else "DELETE n"
        text = "CALL () {\n" + "  UNION ALL\n".join(parts) + f"}}\nWITH n\nORDER BY n.id\n{act}\n{_COUNT}"
        return Statement(text, ids, expected=len(changes))


def _groups(plan: Plan, run: str) -> Iterator[_Changes]:
    """Yield all changes in the order in which they can be made.

    Deletions come last: whatever takes the place of something is there before that goes, wherever a load breaks off.
    """
    yield from _node_creations(plan, run)
    yield from _node_updates(plan, run)
    yield from _edge_creations(plan, run)
    yield from _edge_updates(plan, run)
    for edges in _alike(plan.edges_deleted, _kind_of_edge).values():
        yield _Group(_edge_text(edges[0], "DELETE x", plan.metamodel), {}, edges, _edge_row)
    yield _NodeDeletion(plan.nodes_deleted, detach=plan.restores)


def _node_creations(plan: Plan, run: str) -> Iterator[_Group]:
    for changes in _alike(plan.nodes_created.items(), lambda change: _labeled(plan, *change)).values():
        key, properties = changes[0]
        text = (
            # A map, since the embedded engine refuses to create a node with a property that no other of its label has.
            f"UNWIND $rows AS r\nCREATE (n:`{key.label}` {{id: r.id}})\nSET n:{ELEMENT}, n += $stamp, n += r.set"
            f"{_labels(plan, key, properties)}\n{_COUNT}"
        )
        yield _Group(text, {"stamp": _stamp(plan, run)}, changes, _node_row)


def _stamp(plan: Plan, run: str) -> dict[str, Value]:
    """Return the owners and the run of what is new; of what a restore puts back, only its own row knows the owners."""
    return {"sources": None if plan.restores else [plan.source], "createdRun": run}


def _node_updates(plan: Plan, run: str) -> Iterator[_Group]:
    for changes in _alike(plan.nodes_updated.items(), lambda change: _labeled(plan, *change)).values():
        key, properties = changes[0]
        act = f"SET n:{ELEMENT}, n += r.set, n.changedRun = $run{_labels(plan, key, properties)}"
        yield _Group(_node_text(key.label, act), {"run": run}, changes, _node_row)


def _edge_creations(plan: Plan, run: str) -> Iterator[_Group]:
    for (type_, source, target), changes in _alike(plan.edges_created.items(), lambda change: _ends(change[0])).items():
        act = f"CREATE (a)-[x:`{type_}`]->(b)\nSET x += $stamp, x += r.set\n{_COUNT}"
        yield _Group(f"{_ends_text(source, target)}{act}", {"stamp": _stamp(plan, run)}, changes, _new_edge_row)


def _edge_updates(plan: Plan, run: str) -> Iterator[_Group]:
    for changes in _alike(plan.edges_updated.items(), lambda change: _kind_of_edge(change[0])).values():
        text = _edge_text(changes[0][0], "SET x += r.set, x.changedRun = $run", plan.metamodel)
        yield _Group(text, {"run": run}, changes, lambda change: _edge_row(change[0]) | {"set": change[1]})


def _alike(changes: Iterable[Any], kind: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    """Return changes by what they have in common, so that each text is made once."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for change in changes:
        groups[kind(change)].append(change)
    return groups


def _label(key: NodeKey) -> str:
    return key.label


def _labeled(plan: Plan, key: NodeKey, properties: Properties) -> tuple[Any, ...]:
    """Return the label of a node and what its properties decide of second labels."""
    if not plan.metamodel.kinds[key.label].second_labels:
        return (key.label,)
    return (key.label, *plan.metamodel.second_labels(key.label, properties).items())


def _ends(edge: EdgeKey) -> tuple[str, str, str]:
    # By position: this is done for every edge, and a name costs twice as much.
    return edge[0], edge[1][0], edge[2][0]


def _kind_of_edge(edge: EdgeKey) -> tuple[str, str, str, bool]:
    return (*_ends(edge), bool(edge.key))


def _labels(plan: Plan, key: NodeKey, properties: Properties) -> str:
    """Return the clauses that give a node its second labels, and take those away that it no longer has."""
    decided = plan.metamodel.second_labels(key.label, properties)
    given = "".join(f", n:`{label}`" for label, has in decided.items() if has)
    return given + "".join(f"\nREMOVE n:`{label}`" for label, has in decided.items() if not has)


def _divided(plan: Plan) -> tuple[Plan, Plan]:
    """Return the part of a plan in which stubs are adopted, and the rest."""
    if not plan.adopted:
        return Plan(plan.source, metamodel=plan.metamodel), plan
    defining = set(plan.adopted.values())

    def moves(edge: EdgeKey) -> bool:
        return edge.source in plan.adopted or edge.target in plan.adopted

    apart, rest = Plan(plan.source, metamodel=plan.metamodel), Plan(plan.source, metamodel=plan.metamodel)
    for key, each in plan.nodes_created.items():
        (apart if key in defining else rest).nodes_created[key] = each
    for edge, each in plan.edges_created.items():
        (apart if edge in plan.moved else rest).edges_created[edge] = each
    for edge, each in plan.edges_updated.items():
        (apart if edge in plan.moved else rest).edges_updated[edge] = each
    rest.nodes_updated = plan.nodes_updated
    for key in plan.nodes_deleted:
        (apart if key in plan.adopted else rest).nodes_deleted.append(key)
    for edge in plan.edges_deleted:
        (apart if moves(edge) else rest).edges_deleted.append(edge)
    return apart, rest


_COUNT: Final = "RETURN count(*) AS count"


def _node_text(label: str, act: str) -> str:
    return f"UNWIND $rows AS r\nMATCH (n:`{label}` {{id: r.id}})\n{act}\n{_COUNT}"


def _ends_text(source: str, target: str) -> str:
    # Each end is found by its own index before the edge is looked for, and that only where both are bound: in one
    # pattern, a server whose statistics are older than its data may scan the index anew for every row.
    return f"UNWIND $rows AS r\nMATCH (a:`{source}` {{id: r.s}})\nMATCH (b:`{target}` {{id: r.t}})\n"


def _edge_text(edge: EdgeKey, act: str, metamodel: Metamodel) -> str:
    type_, source, target = _ends(edge)
    row = metamodel.relationship(type_, source, target)
    condition = ""
    if row and row.key:
        # As text, since somebody may have set another value by hand.
        condition = f"WHERE toString(x.`{row.key}`) = r.k\n" if edge.key else f"WHERE x.`{row.key}` IS NULL\n"
    found = f"{_ends_text(source, target)}WITH r, a, b\nMATCH (a)-[x:`{type_}`]->(b)\n{condition}"
    return f"{found}{act}\nRETURN count(x) AS count"


def _node_row(change: tuple[NodeKey, Properties]) -> Row:
    return {"id": change[0].id, "set": change[1]}


def _new_edge_row(change: tuple[EdgeKey, Properties]) -> Row:
    edge, properties = change
    return {"s": edge[1][1], "t": edge[2][1], "set": properties}


def _edge_row(edge: EdgeKey) -> Row:
    return {"s": edge.source.id, "t": edge.target.id, "k": edge.key}
