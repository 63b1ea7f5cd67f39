"""Carrying out a plan: few statements, all or nothing up to a limit, in chunks that can be completed above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from graphkb.errors import PlanOutdated
from graphkb.model.garbage import without_collection
from graphkb.store.protocol import Statement
from graphkb.sync.history import told_changes
from graphkb.sync.runs import (
    CREATE_RUN,
    UPDATE_RUN,
    count_content,
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
from graphkb.sync.statements import statements_in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties
    from graphkb.store.protocol import GraphStore
    from graphkb.sync.plan import Plan

Progress: TypeAlias = "Callable[[int, int], None]"
"""Told how many changes of how many are done."""


def apply_plan(  # noqa: PLR0913  # what a load can be told
    store: GraphStore,
    make: Callable[[], Plan],
    *,
    plan: Plan | None = None,
    wait: float = 0.0,
    chunk: int | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Carry out a plan under the lock; return the plan that was carried out.

    A transaction makes at most ``chunk`` changes, by default as many as the store likes best.

    ``make`` makes a plan of what the store holds now. A given ``plan`` is carried out only if the store had no run
    since; otherwise :class:`~graphkb.errors.PlanOutdated` is raised. An empty plan writes nothing, save a restore's
    run, which vouches for what is there.
    """
    current = plan or make()
    if _is_nothing(current):
        return current
    _prepare(store, current.metamodel)
    run = new_run_id()
    with load_lock(store, run, wait=wait):
        if last_run(store) != current.base:
            if plan is not None:
                raise PlanOutdated(f"{store.name} was changed after this plan was made; make the plan again.")
            current = make()
            if _is_nothing(current):
                write_patiently(store, [drop_lock(run)])
                return current
        _write(store, run, current, chunk or store.most_changes, progress)
    return current


def _is_nothing(plan: Plan) -> bool:
    return bool(plan.problems) or (plan.is_empty and not plan.restores)


def _prepare(store: GraphStore, metamodel: Metamodel) -> None:
    if last_run(store).schema_mark != schema_mark(metamodel):
        write_patiently(store, schema_statements(metamodel))


@without_collection()
def _write(store: GraphStore, run: str, plan: Plan, chunk: int, progress: Progress | None) -> None:
    total = sum(plan.created + plan.updated + plan.deleted)
    properties = _run_properties(plan)
    done = 0
    for number, (statements, size) in enumerate(statements_in_chunks(plan, run, chunk), 1):
        before = [Statement(CREATE_RUN, {"id": run, "properties": properties}, expected=1)] if number == 1 else []
        done += size
        is_last = done == total
        told: dict[str, Any] = {"chunks": number}
        if is_last:
            told |= {"status": "complete", "endedAt": timestamp()}
        noted = [Statement(UPDATE_RUN, {"id": run, "properties": told}, expected=1), count_content(run)]
        # The lock comes last: whoever asks for it meanwhile is told at once who holds it, instead of waiting.
        write_patiently(store, [*before, *statements, *noted, drop_lock(run) if is_last else refresh_lock(run)])
        if progress:
            progress(done, total)


def _run_properties(plan: Plan) -> Properties:
    counts = {
        f"{what}{verb.capitalize()}": getattr(getattr(plan, verb), what)
        for verb in ("created", "updated", "deleted")
        for what in ("nodes", "relationships")
    }
    return {
        "title": "Restore of a backup" if plan.restores else f"Load of {plan.source}",
        "source": plan.source,
        "user": user(),
        "startedAt": timestamp(),
        "status": "incomplete",
        "schemaMark": schema_mark(plan.metamodel),
        "command": plan.command,
        "changes": told_changes(plan),
        **counts,
    }
