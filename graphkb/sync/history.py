"""What happened to a store: its runs, who carried them out and when, and what each of them changed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from graphkb.model.metamodel import BOOKKEEPING
from graphkb.sync.plan import Count
from graphkb.sync.runs import READ_LOCK, is_stale
from graphkb.sync.schema import RUN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.model.dataset import EdgeKey, NodeKey
    from graphkb.store.protocol import GraphStore
    from graphkb.sync.plan import Plan

MOST_CHANGES: Final = 500
"""So many changes a run tells one by one; beyond, each element and edge still names the run that last touched it."""

READ_RUNS: Final = f"""MATCH (run:{RUN})
WITH run
ORDER BY run.startedAt DESC, run.id DESC
RETURN run {{.*, id: run.id}} AS run"""
_TOUCHED: Final = """MATCH (n:`{kind}` {{id: $id}})
RETURN n.createdRun AS created, n.changedRun AS changed"""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a run changed."""

    verb: str
    """``created``, ``updated`` or ``deleted``."""
    kind: str
    """Label of the element, or type of the relationship."""
    id: str
    """Id of the element, or how the relationship reads."""
    fields: tuple[str, ...] = ()
    """Fields that were set or removed; of an update only."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**asdict(self), "fields": list(self.fields)}


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One load, or one removal of a source."""

    id: str
    source: str
    user: str
    started_at: str
    """ISO text, in UTC."""
    ended_at: str | None
    status: str
    """``complete``, ``under way``, or ``incomplete`` where it died."""
    created: Count
    updated: Count
    deleted: Count
    command: str
    """What carries it out again, and completes it where it died; empty where it is not known."""
    changes: tuple[Change, ...]
    """At most :data:`MOST_CHANGES`, deletions first."""

    @property
    def untold(self) -> int:
        """How many changes are not among :attr:`changes`."""
        return sum(self.created + self.updated + self.deleted) - len(self.changes)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        counts = {name: getattr(self, name)._asdict() for name in ("created", "updated", "deleted")}
        told = {name: getattr(self, name) for name in ("id", "source", "user", "started_at", "ended_at", "status")}
        changes = [each.to_dict() for each in self.changes]
        return {**told, **counts, "command": self.command, "changes": changes, "untold": self.untold}


def told_changes(plan: Plan) -> list[str]:
    """Return the changes of a plan as a run keeps them: deletions first, then updates, then what is new."""
    every = chain(
        _changes("deleted", dict.fromkeys(plan.nodes_deleted), dict.fromkeys(plan.edges_deleted)),
        _changes("updated", plan.nodes_updated, plan.edges_updated),
        _changes("created", plan.nodes_created, plan.edges_created),
    )
    return [json.dumps(list(asdict(each).values()), ensure_ascii=False) for each in islice(every, MOST_CHANGES)]


def _changes(verb: str, nodes: dict[NodeKey, Any], edges: dict[EdgeKey, Any]) -> Iterator[Change]:
    for key, properties in nodes.items():
        yield Change(verb, key.label, key.id, _fields(verb, properties))
    for edge, properties in edges.items():
        yield Change(verb, edge.type, str(edge), _fields(verb, properties))


def _fields(verb: str, properties: Any) -> tuple[str, ...]:
    return tuple(sorted(properties.keys() - BOOKKEEPING)) if verb == "updated" else ()


def read_history(store: GraphStore) -> list[RunRecord]:
    """Return the runs of a store, the last one first."""
    lock = store.read(READ_LOCK)
    under_way = str(lock[0]["run"]) if lock and not is_stale(lock[0]) else ""
    return [_record(row["run"], under_way) for row in store.read(READ_RUNS)]


def _record(run: Any, under_way: str) -> RunRecord:
    counts = {
        verb: Count(*(int(run.get(f"{what}{verb.capitalize()}") or 0) for what in ("nodes", "relationships")))
        for verb in ("created", "updated", "deleted")
    }
    status = str(run.get("status"))
    return RunRecord(
        id=run["id"],
        source=run.get("source") or "",
        user=run.get("user") or "",
        started_at=run.get("startedAt") or "",
        ended_at=run.get("endedAt"),
        status="under way" if status == "incomplete" and run["id"] == under_way else status,
        command=run.get("command") or "",
        changes=tuple(_change(text) for text in run.get("changes") or ()),
        **counts,
    )


def _change(text: str) -> Change:
    verb, kind, identifier, fields = json.loads(text)
    return Change(verb, kind, identifier, tuple(fields))


def history_of(store: GraphStore, runs: Iterable[RunRecord], key: NodeKey) -> list[tuple[RunRecord, Change]]:
    """Return what happened to one element, the last first: the runs that tell of it, and those that it names itself."""
    marks: dict[Any, str] = {}
    for row in store.read(_TOUCHED.format(kind=key.label), {"id": key.id}):
        marks |= {row["created"]: "created", row["changed"]: "updated"}
    found = []
    for run in runs:
        told = [each for each in run.changes if (each.kind, each.id) == key]
        if not told and run.id in marks:
            told = [Change(marks[run.id], *key)]
        found += [(run, each) for each in told]
    return found
