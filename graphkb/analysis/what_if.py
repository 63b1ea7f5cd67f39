"""What if: a change tried on a copy of the graph in memory, and the answers that it changes."""

from __future__ import annotations

from calendar import monthrange
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from graphkb.analysis.comparison import CHANGED_ROWS, ChangedRow, changed_rows, comparable_questions
from graphkb.analysis.declared import answer, declare
from graphkb.errors import UsageError
from graphkb.model.dataset import Dataset, NodeKey
from graphkb.store import open_store
from graphkb.sync.apply import apply_plan
from graphkb.sync.planning import make_plan
from graphkb.sync.state import Stored, read_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from graphkb.queries.answer import Answer, Asked
    from graphkb.store.protocol import GraphStore, Value

RAISING: Final = declare(
    "raising",
    """\
// question: Which answers change if a capability is raised?
// grain: one row a row of an answer that appears, disappears or changes
// param: capability Capability    by id or title
// param: levels integer = 1    1..4, by how many levels of maturity, up to 5
"""
    + CHANGED_ROWS,
)
CUTTING: Final = declare(
    "cutting",
    """\
// question: Which answers change if an initiative is cut?
// grain: one row a row of an answer that appears, disappears or changes
// param: initiative Initiative    by id or title
"""
    + CHANGED_ROWS,
)
SLIPPING: Final = declare(
    "slipping",
    """\
// question: Which answers change if an initiative slips?
// grain: one row a row of an answer that appears, disappears or changes
// param: initiative Initiative    by id or title
// param: quarters integer = 2    1..40, by how many quarters of a year
"""
    + CHANGED_ROWS,
)


def raising(
    kb: Asked, *, capability: str, levels: int = 1, questions: str | None = None, limit: int = 1000
) -> Answer[ChangedRow]:
    """Raise a capability by some levels of maturity (1..4, up to level 5), and find the answers that change.

    A maturity gap shrinks with it, and is gone where the target is reached; an assessed gap of a stated size keeps
    its size. ``capability`` is an id or a title; ``questions`` keeps some topics or questions. The change is made on a
    copy in memory, so it takes about as long as loading all that is stored.

    Raises :class:`~graphkb.errors.UsageError` for values out of range, a capability whose maturity is not known, and
    an unknown question, and :class:`~graphkb.errors.StoreError`.
    """
    parameters = {"capability": capability, "levels": levels, "questions": questions, "limit": limit}

    def change(dataset: Dataset, given: Mapping[str, Value]) -> None:
        key = NodeKey("Capability", str(given["capability"]))
        _raise(dataset, key, cast("int", given["levels"]))

    return answer(kb, RAISING, parameters, lambda given: _compared(kb, given, change))


def cutting(kb: Asked, *, initiative: str, questions: str | None = None, limit: int = 1000) -> Answer[ChangedRow]:
    """Cut an initiative with all its links, and find the answers that change.

    ``initiative`` is an id or a title; ``questions`` keeps some topics or questions. The change is made on a copy in
    memory.

    Raises :class:`~graphkb.errors.UsageError` for an unknown question, and :class:`~graphkb.errors.StoreError`.
    """
    parameters = {"initiative": initiative, "questions": questions, "limit": limit}

    def change(dataset: Dataset, given: Mapping[str, Value]) -> None:
        _remove(dataset, NodeKey("Initiative", str(given["initiative"])))

    return answer(kb, CUTTING, parameters, lambda given: _compared(kb, given, change))


def slipping(
    kb: Asked, *, initiative: str, quarters: int = 2, questions: str | None = None, limit: int = 1000
) -> Answer[ChangedRow]:
    """Let an initiative slip by some quarters (1..40), and find the answers that change.

    Its start and end move, those of the roadmap items that schedule it, and those of every initiative that depends on
    it, over any number of steps, with their items. A date without a month stays as it is, unless the quarters make
    whole years. ``initiative`` is an id or a title; ``questions`` keeps some topics or questions. The change is made on
    a copy in memory.

    Raises :class:`~graphkb.errors.UsageError` for values out of range and an unknown question, and
    :class:`~graphkb.errors.StoreError`.
    """
    parameters = {"initiative": initiative, "quarters": quarters, "questions": questions, "limit": limit}

    def change(dataset: Dataset, given: Mapping[str, Value]) -> None:
        _slip(dataset, NodeKey("Initiative", str(given["initiative"])), cast("int", given["quarters"]))

    return answer(kb, SLIPPING, parameters, lambda given: _compared(kb, given, change))


def _raise(dataset: Dataset, key: NodeKey, levels: int) -> None:
    properties = dataset.nodes[key]
    if "maturityLevel" not in properties:
        raise UsageError(f"The maturity of {key} is not known, so it cannot be raised; state its maturityLevel.")
    properties["maturityLevel"] = min(5, properties["maturityLevel"] + levels)
    gap = NodeKey("CapabilityGap", f"gap-{key.id}")
    if dataset.nodes.get(gap, {}).get("isDerived"):
        size = properties["targetMaturityLevel"] - properties["maturityLevel"]
        if size > 0:
            dataset.nodes[gap]["gapSize"] = size
        else:
            _remove(dataset, gap)


def _remove(dataset: Dataset, key: NodeKey) -> None:
    del dataset.nodes[key]
    for edge in [edge for edge in dataset.edges if key in (edge.source, edge.target)]:
        del dataset.edges[edge]


def _slip(dataset: Dataset, key: NodeKey, quarters: int) -> None:
    incoming = dataset.incoming()
    moved, border = {key}, [key]
    while border:
        later = {
            edge.source
            for edge in incoming.get(border.pop(), ())
            if edge.type in ("DEPENDS_ON", "SCHEDULES") and edge.source.label in ("Initiative", "RoadmapItem")
        }
        border += later - moved
        moved |= later
    for properties in (dataset.nodes[each] for each in moved):
        for name in ("startDate", "endDate"):
            if name in properties:
                properties[name] = later_date(str(properties[name]), quarters)


def later_date(date: str, quarters: int) -> str:
    """Return an ISO date, partial ones too, so many quarters later; the last days of a month stay within the month."""
    year, month, day = (*date.split("-"), "", "")[:3]
    if not month:
        return str(int(year) + quarters // 4) if quarters % 4 == 0 else date
    months = int(year) * 12 + int(month) - 1 + 3 * quarters
    year, month = f"{months // 12:04}", f"{months % 12 + 1:02}"
    last = monthrange(int(year), int(month))[1]
    return "-".join(part for part in (year, month, f"{min(int(day), last):02}" if day else "") if part)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy of what is stored, to be asked."""

    store: GraphStore
    question_folders: tuple[Path, ...]


def _compared(
    kb: Asked, given: Mapping[str, Value], change: Callable[[Dataset, Mapping[str, Value]], None]
) -> Iterator[ChangedRow]:
    asked = comparable_questions(kb, cast("str | None", given["questions"]))
    dataset = read_stored(kb.store).dataset()
    change(dataset, given)
    with closing(open_store(":memory:")) as store:
        apply_plan(store, lambda: make_plan("what if", dataset, Stored()))
        yield from changed_rows(kb, _Copy(store, kb.question_folders), asked)
