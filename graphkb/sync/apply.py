"""Carrying out a plan: few statements, all or nothing up to a limit, in chunks that can be completed above it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from graphkb.errors import PlanOutdated
from graphkb.model.metamodel import ELEMENT
from graphkb.store.protocol import Statement
from graphkb.sync.plan import Plan
from graphkb.sync.runs import (
    CREATE_RUN,
    UPDATE_RUN,
    drop_lock,
    last_run,
    load_lock,
    new_run_id,
    refresh_lock,
    timestamp,
    user,
    write_patiently,
)
from graphkb.sync.schema import schema_mark, schema_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graphkb.model.dataset import EdgeKey, NodeKey
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties
    from graphkb.store.protocol import GraphStore

CHUNK: Final = 50_000
"""Most changes in one transaction."""
ROWS: Final = 5_000
"""Most rows in one statement."""

_T = TypeVar("_T")

Progress: TypeAlias = "Callable[[int, int], None]"
"""Told how many changes of how many are done."""


def apply_plan(  # noqa: PLR0913  # what a load can be told
    store: GraphStore,
    make: Callable[[], Plan],
    *,
    plan: Plan | None = None,
    wait: float = 0.0,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> Plan:
    """Carry out a plan under the lock; return the plan that was carried out.

    ``make`` makes a plan of what the store holds now. A given ``plan`` is carried out only if the store had no run
    since; otherwise :class:`~graphkb.errors.PlanOutdated` is raised. An empty plan writes nothing.
    """
    current = plan or make()
    if current.is_empty or current.problems:
        return current
    _prepare(store, current.metamodel)
    run = new_run_id()
    with load_lock(store, run, wait=wait):
        if last_run(store) != current.base:
            if plan is not None:
                raise PlanOutdated(f"{store.name} was changed after this plan was made; make the plan again.")
            current = make()
            if current.is_empty or current.problems:
                write_patiently(store, [drop_lock(run)])
                return current
        _write(store, run, current, chunk, progress)
    return current


def _prepare(store: GraphStore, metamodel: Metamodel) -> None:
    if last_run(store).schema_mark != schema_mark(metamodel):
        write_patiently(store, schema_statements(metamodel))


def _write(store: GraphStore, run: str, plan: Plan, chunk: int, progress: Progress | None) -> None:
    chunks = list(_chunks(plan, run, chunk))
    total = sum(plan.created + plan.updated + plan.deleted)
    properties = _run_properties(plan)
    done = 0
    for number, (statements, size) in enumerate(chunks, 1):
        before = [Statement(CREATE_RUN, {"id": run, "properties": properties}, expected=1)] if number == 1 else []
        is_last = number == len(chunks)
        told: dict[str, Any] = {"chunks": number}
        if is_last:
            told |= {"status": "complete", "endedAt": timestamp()}
        noted = Statement(UPDATE_RUN, {"id": run, "properties": told}, expected=1)
        # The lock comes last: whoever asks for it meanwhile is told at once who holds it, instead of waiting.
        write_patiently(store, [*before, *statements, noted, drop_lock(run) if is_last else refresh_lock(run)])
        done += size
        if progress:
            progress(done, total)


def _run_properties(plan: Plan) -> Properties:
    counts = {
        f"{what}{verb.capitalize()}": getattr(getattr(plan, verb), what)
        for verb in ("created", "updated", "deleted")
        for what in ("nodes", "relationships")
    }
    return {
        "title": f"Load of {plan.source}",
        "source": plan.source,
        "user": user(),
        "startedAt": timestamp(),
        "status": "incomplete",
        "schemaMark": schema_mark(plan.metamodel),
        **counts,
    }


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


@dataclass(frozen=True, slots=True)
class _Row:
    """One change: the statement that makes it, and its row."""

    text: str
    row: dict[str, Any]


def _chunks(plan: Plan, run: str, chunk: int) -> Iterator[tuple[list[Statement], int]]:
    # What belongs to an adoption is one transaction: a run that dies later has lost no edge of another source.
    first = max(chunk, sum(1 for _ in _changes(_adoptions(plan), run)))
    rows_left = _rows(plan, run)
    for rows in (*_batches(islice(rows_left, first), first), *_batches(rows_left, chunk)):
        by_text: dict[str, list[Any]] = {}
        for each in rows:
            by_text.setdefault(each.text, []).append(each.row)
        statements = [
            Statement(text, {"rows": part}, expected=len(part))
            for text, listed in by_text.items()
            for part in _batches(listed, ROWS)
        ]
        yield statements, len(rows)


def _rows(plan: Plan, run: str) -> Iterator[_Row]:
    """Yield all changes in the order in which they can be made."""
    yield from _changes(_adoptions(plan), run)
    yield from _changes(_without_adoptions(plan), run)


def _changes(plan: Plan, run: str) -> Iterator[_Row]:
    for edge in plan.edges_deleted:
        yield _Row(_edge_text(edge, "DELETE x", plan.metamodel), _edge_row(edge))
    for key in plan.nodes_deleted:
        yield _Row(_node_text(key, "DELETE n"), {"id": key.id})
    created, changed = {"createdRun": run}, {"changedRun": run}
    for key, properties in plan.nodes_created.items():
        text = f"UNWIND $rows AS r\nCREATE (n:`{key.label}` {{id: r.id}})\nSET n:{ELEMENT}, n += r.set"
        text += f"{_labels(plan, key, properties)}\n{_COUNT}"
        yield _Row(text, {"id": key.id, "set": properties | created})
    for key, properties in plan.nodes_updated.items():
        act = f"SET n += r.set{_labels(plan, key, properties)}"
        yield _Row(_node_text(key, act), {"id": key.id, "set": properties | changed})
    for edge, properties in plan.edges_created.items():
        yield _Row(_edge_creation(edge), {"s": edge.source.id, "t": edge.target.id, "set": properties | created})
    for edge, properties in plan.edges_updated.items():
        yield _Row(_edge_text(edge, "SET x += r.set", plan.metamodel), _edge_row(edge) | {"set": properties | changed})


def _labels(plan: Plan, key: NodeKey, properties: Properties) -> str:
    """Return the clauses that give a node its second labels, and take those away that it no longer has."""
    decided = plan.metamodel.second_labels(key.label, properties)
    given = "".join(f", n:`{label}`" for label, has in decided.items() if has)
    return given + "".join(f"\nREMOVE n:`{label}`" for label, has in decided.items() if not has)


def _adoptions(plan: Plan) -> Plan:
    """Return the part of a plan in which stubs of other sources are adopted."""
    defining = set(plan.adopted.values())
    return Plan(
        plan.source,
        metamodel=plan.metamodel,
        nodes_created={key: each for key, each in plan.nodes_created.items() if key in defining},
        nodes_deleted=[key for key in plan.nodes_deleted if key in plan.adopted],
        edges_created={key: each for key, each in plan.edges_created.items() if key in plan.moved},
        edges_updated={key: each for key, each in plan.edges_updated.items() if key in plan.moved},
        edges_deleted=[key for key in plan.edges_deleted if _touches(key, plan.adopted)],
    )


def _without_adoptions(plan: Plan) -> Plan:
    apart = _adoptions(plan)
    deleted = {*apart.nodes_deleted, *apart.edges_deleted}
    return Plan(
        plan.source,
        metamodel=plan.metamodel,
        nodes_created={key: each for key, each in plan.nodes_created.items() if key not in apart.nodes_created},
        nodes_updated=plan.nodes_updated,
        nodes_deleted=[key for key in plan.nodes_deleted if key not in deleted],
        edges_created={key: each for key, each in plan.edges_created.items() if key not in apart.edges_created},
        edges_updated={key: each for key, each in plan.edges_updated.items() if key not in apart.edges_updated},
        edges_deleted=[key for key in plan.edges_deleted if key not in deleted],
    )


def _touches(edge: EdgeKey, nodes: Mapping[NodeKey, NodeKey]) -> bool:
    return edge.source in nodes or edge.target in nodes


_COUNT: Final = "RETURN count(*) AS count"


def _node_text(key: NodeKey, act: str) -> str:
    return f"UNWIND $rows AS r\nMATCH (n:`{key.label}` {{id: r.id}})\n{act}\n{_COUNT}"


def _ends_text(edge: EdgeKey) -> str:
    # Each end is found by its own index before the edge is looked for, and that only where both are bound: in one
    # pattern, a server whose statistics are older than its data may scan the index anew for every row.
    source, target = edge.source.label, edge.target.label
    return f"UNWIND $rows AS r\nMATCH (a:`{source}` {{id: r.s}})\nMATCH (b:`{target}` {{id: r.t}})\n"


def _edge_creation(edge: EdgeKey) -> str:
    return f"{_ends_text(edge)}CREATE (a)-[x:`{edge.type}`]->(b)\nSET x += r.set\n{_COUNT}"


def _edge_text(edge: EdgeKey, act: str, metamodel: Metamodel) -> str:
    row = metamodel.relationship(edge.type, edge.source.label, edge.target.label)
    condition = ""
    if row and row.key:
        condition = f"WHERE x.`{row.key}` = r.k\n" if edge.key else f"WHERE x.`{row.key}` IS NULL\n"
    return f"{_ends_text(edge)}OPTIONAL MATCH (a)-[x:`{edge.type}`]->(b)\n{condition}{act}\nRETURN count(x) AS count"


def _edge_row(edge: EdgeKey) -> dict[str, Any]:
    return {"s": edge.source.id, "t": edge.target.id, "k": edge.key}
