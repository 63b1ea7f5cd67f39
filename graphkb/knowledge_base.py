"""The knowledge base: a store together with what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from graphkb.errors import DataError, DeletionRefused, UsageError
from graphkb.exports import WITH_OWNERS, write_export
from graphkb.extensions import find_extensions
from graphkb.model.interpretation import interpret
from graphkb.model.metamodel import METAMODEL
from graphkb.model.writing import write_document
from graphkb.sources import UNDECLARED, Dialect, Reading, read_paths
from graphkb.store import open_store
from graphkb.sync.apply import CHUNK, apply_plan
from graphkb.sync.check import check_dataset
from graphkb.sync.plan import Count, Plan, make_plan
from graphkb.sync.runs import last_run
from graphkb.sync.state import owners, read_attached, read_stored

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from graphkb.analysis.projection import Graph
    from graphkb.model.dataset import Dataset, NodeKey
    from graphkb.model.metamodel import Metamodel
    from graphkb.store.protocol import GraphStore, Row, Value
    from graphkb.sync.apply import Progress
    from graphkb.sync.check import Finding


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How a load is read and planned."""

    partial: bool = False
    """Only add and update; delete nothing."""
    strict: bool = False
    """An incomplete record is a problem."""
    stubs: bool = True
    """A reference to something unknown makes a stub; without it, it is a problem."""
    allow_delete: bool = False
    """Delete also more than the guard allows."""
    mapping: str | os.PathLike[str] | None = None
    """File that says how to read files of other people's making."""
    dialect: Dialect = UNDECLARED
    """How tables are written, where that is not to be detected."""


DEFAULTS = LoadOptions()


class KnowledgeBase:
    """A store, and what can be done with it: load, check, ask, export. Use it as a context manager."""

    def __init__(
        self, store: GraphStore, metamodel: Metamodel = METAMODEL, question_folders: tuple[Path, ...] = ()
    ) -> None:
        self.store = store
        self.metamodel = metamodel
        self.question_folders = question_folders

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the store; a second call does nothing."""
        self.store.close()

    def plan(self, paths: Iterable[str | os.PathLike[str]], *, source: str, options: LoadOptions = DEFAULTS) -> Plan:
        """Return what a load of these files and folders as ``source`` would change; nothing is written.

        Problems of the input stand in the plan's ``problems``. Raises :class:`~graphkb.errors.UsageError` for a path
        that cannot be loaded.
        """
        return self._plan(source, self._read(paths, options), options)

    def load(  # noqa: PLR0913  # what a load can be told
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        source: str,
        options: LoadOptions = DEFAULTS,
        wait: float = 0.0,
        chunk: int = CHUNK,
        progress: Progress | None = None,
    ) -> Plan:
        """Make the store say of ``source`` what these files and folders say; return what was changed.

        What the source no longer mentions is deleted; what other sources own is left alone. ``wait`` is how many
        seconds to wait for another load to end, ``chunk`` the most changes in one transaction.

        Raises :class:`~graphkb.errors.DataError` with every problem of the input,
        :class:`~graphkb.errors.DeletionRefused` where too much would be deleted, and
        :class:`~graphkb.errors.LoadLocked` while another load is under way; then nothing is written.
        """
        return self._apply(source, self._read(paths, options), options, wait=wait, chunk=chunk, progress=progress)

    def rejected(self, source: str, error: DataError) -> Plan:
        """Return the plan of a load that was refused: no changes, only its problems."""
        return Plan(source, last_run(self.store), problems=error.problems)

    def forget(self, source: str, *, dry_run: bool = False, wait: float = 0.0) -> Plan:
        """Remove what ``source`` owns, or with ``dry_run`` only return the plan for it.

        Raises :class:`~graphkb.errors.UsageError` for a source that owns nothing.
        """
        if source not in self.sources():
            known = ", ".join(self.sources()) or "none"
            raise UsageError(f"There is no source {source!r}. Sources: {known}.")
        if dry_run:
            return self._plan(source, Reading(), DEFAULTS)
        return self._apply(source, Reading(), LoadOptions(allow_delete=True), wait=wait)

    def apply(self, plan: Plan, *, allow_delete: bool = False, wait: float = 0.0) -> Plan:
        """Carry out a plan that was made before.

        Raises :class:`~graphkb.errors.PlanOutdated` where the store had another load since, and what
        :meth:`load` raises.
        """
        _refuse(plan, allow_delete=allow_delete)
        return apply_plan(self.store, lambda: plan, plan=plan, wait=wait)

    def cypher(
        self,
        text: str,
        parameters: Mapping[str, Value] | None = None,
        /,
        *,
        timeout: float | None = None,
        max_rows: int = 100_000,
        **named: Value,
    ) -> list[Row]:
        """Run a reading Cypher text and return its rows; ``timeout`` is in seconds, ``max_rows`` the most rows to take.

        Parameters of the text are given by name; those that are called ``timeout`` or ``max_rows``, in the mapping
        ``parameters``. Raises :class:`~graphkb.errors.WriteRefused` for a text that would write,
        :class:`~graphkb.errors.QueryTimeout`, :class:`~graphkb.errors.TooManyRows` and
        :class:`~graphkb.errors.QueryError`.
        """
        return self.store.read(text, {**(parameters or {}), **named}, timeout=timeout, max_rows=max_rows)

    def graph(self, *, kinds: Iterable[str] | str = (), relationships: Iterable[str] | str = ()) -> Graph:
        """Return the graph, or the named ``kinds`` and types of ``relationships`` of it, for networkx.

        A ``MultiDiGraph`` whose nodes are pairs of kind and id, and whose attributes are the properties; see
        :func:`graphkb.analysis.projection.project`. Raises :class:`~graphkb.errors.UsageError` for unknown names.
        """
        from graphkb.analysis.projection import read_graph  # noqa: PLC0415  # networkx takes a while to import

        return read_graph(self.store, self.metamodel, kinds=kinds, relationships=relationships)

    def dataset(self) -> Dataset:
        """Return everything that the store holds, of all sources, without bookkeeping."""
        return read_stored(self.store, self.metamodel).dataset()

    def document(self) -> dict[str, list[dict[str, Any]]]:
        """Return everything as the records that files have, in canonical order; what is derived is left out."""
        return write_document(self.dataset(), self.metamodel)

    def export(
        self,
        folder: str | os.PathLike[str],
        *,
        format: str = "json",  # noqa: A002  # the word
        around: str | None = None,
        hops: int | None = None,
    ) -> list[Path]:
        """Write everything into files in ``folder`` and return their paths.

        The same graph gives the same bytes. In a format for looking at (``graphml``, ``jsonld``, ``mermaid``),
        ``around`` is the id or the title of an element, and the files hold only what is at most ``hops`` (2) edges
        away from it. Raises :class:`~graphkb.errors.UsageError` for an unknown format or element.
        """
        stored = read_stored(self.store, self.metamodel)
        dataset = stored.with_owners() if format in WITH_OWNERS else stored.dataset()
        return write_export(dataset, Path(folder), format, self.metamodel, around=around, hops=hops)

    def check(self) -> list[Finding]:
        """Return what is incomplete."""
        return check_dataset(self.dataset(), self.metamodel)

    def stats(self) -> dict[str, dict[str, int]]:
        """Return how many nodes there are of each kind, and how many edges of each type."""
        data = self.dataset()
        counts: dict[str, dict[str, int]] = {"nodes": {}, "relationships": {}}
        for node in sorted(data.nodes):
            counts["nodes"][node.label] = counts["nodes"].get(node.label, 0) + 1
        for edge in sorted(data.edges):
            counts["relationships"][edge.type] = counts["relationships"].get(edge.type, 0) + 1
        return counts

    def sources(self) -> dict[str, Count]:
        """Return the sources with how much each owns."""
        stored = read_stored(self.store, self.metamodel)
        found: dict[str, Count] = {}
        for each in stored.nodes.values():
            for source in owners(each):
                found[source] = found.get(source, Count()) + Count(1, 0)
        for each in stored.edges.values():
            for source in owners(each):
                found[source] = found.get(source, Count()) + Count(0, 1)
        return dict(sorted(found.items()))

    def _read(self, paths: Iterable[str | os.PathLike[str]], options: LoadOptions) -> Reading:
        mapping = None if options.mapping is None else Path(options.mapping)
        files = map(Path, paths)
        return read_paths(files, metamodel=self.metamodel, mapping=mapping, dialect=options.dialect)

    def _plan(self, source: str, reading: Reading, options: LoadOptions) -> Plan:
        if not source.strip() or not source.isprintable():
            raise UsageError("A source needs a name, of printable characters.")
        before = last_run(self.store)
        stored = read_stored(self.store, self.metamodel)
        elsewhere = stored.dataset() if options.partial else stored.without(source)
        told = interpret(
            reading.records, elsewhere, stubs=options.stubs, strict=options.strict, metamodel=self.metamodel
        )
        notes = (*reading.notes, *told.notes)
        faults = (*reading.problems, *told.problems)
        if faults:
            ordered = DataError(faults).problems
            return Plan(source, before, problems=ordered, notes=notes, metamodel=self.metamodel)

        def make(attached: set[NodeKey]) -> Plan:
            return make_plan(
                source,
                told.dataset,
                stored,
                base=before,
                partial=options.partial,
                attached=attached,
                places=told.places,
                metamodel=self.metamodel,
            )

        plan = make(set())
        if plan.nodes_deleted and (attached := read_attached(self.store, self.metamodel)):
            plan = make(attached)
        plan.notes = notes
        return plan

    def _apply(  # noqa: PLR0913  # what a load can be told
        self,
        source: str,
        reading: Reading,
        options: LoadOptions,
        *,
        wait: float = 0.0,
        chunk: int = CHUNK,
        progress: Progress | None = None,
    ) -> Plan:
        def make() -> Plan:
            plan = self._plan(source, reading, options)
            _refuse(plan, allow_delete=options.allow_delete)
            return plan

        return apply_plan(self.store, make, wait=wait, chunk=chunk, progress=progress)


def _refuse(plan: Plan, *, allow_delete: bool) -> None:
    if plan.problems:
        raise DataError(plan.problems)
    if plan.deletes_too_much and not allow_delete:
        raise DeletionRefused.of(plan.source, sum(plan.lost), sum(plan.owned))


def open_knowledge_base(  # noqa: PLR0913  # what a store can be told
    target: str | os.PathLike[str],
    *,
    username: str | None = None,
    password: str | None = None,
    database: str = "neo4j",
    metamodel: Metamodel = METAMODEL,
    extensions: Iterable[str | os.PathLike[str]] = (),
) -> KnowledgeBase:
    """Open the knowledge base at ``target``; close it, or use it as a context manager.

    ``target`` is the address of a Neo4j server such as ``bolt://localhost:7687``, the path of an embedded file ending
    in ``.kgl``, which need not exist yet, or ``:memory:``; ``metamodel`` says what it can hold, together with the
    installed extensions and the modules or ``.py`` files named in ``extensions``. Raises
    :class:`~graphkb.errors.UsageError` and :class:`~graphkb.errors.StoreUnavailable` as
    :func:`~graphkb.extensions.find_extensions` and :func:`graphkb.store.open_store` do.
    """
    extended = find_extensions(extensions)
    everything = extended.over(metamodel)
    store = open_store(target, username=username, password=password, database=database)
    return KnowledgeBase(store, everything, extended.question_folders)
