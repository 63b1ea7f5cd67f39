"""The knowledge base: a store together with what can be done with it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from graphkb.errors import DataError, DeletionRefused, UsageError
from graphkb.exports import WITH_OWNERS, restore_backup, write_backup, write_export
from graphkb.exports.neighborhood import find_element
from graphkb.extensions import find_extensions
from graphkb.load_options import DEFAULTS, LoadOptions
from graphkb.model.dataset import Dataset, NodeKey
from graphkb.model.difference import difference
from graphkb.model.interpretation import interpret
from graphkb.model.metamodel import METAMODEL
from graphkb.model.writing import write_document
from graphkb.sources import Reading, read_paths
from graphkb.store import open_store
from graphkb.sync.apply import apply_plan
from graphkb.sync.history import history_of, read_history
from graphkb.sync.plan import Count, Plan
from graphkb.sync.planning import make_plan
from graphkb.sync.runs import last_run, require_whole
from graphkb.sync.state import owners, read_attached, read_stored

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from graphkb.analysis.projection import Graph
    from graphkb.checks import Finding
    from graphkb.checks.completeness import Completeness
    from graphkb.checks.steps import Step
    from graphkb.exports import Manifest
    from graphkb.model.difference import Difference
    from graphkb.model.metamodel import Metamodel
    from graphkb.store import Py2neoGraph
    from graphkb.store.protocol import GraphStore, Row, Value
    from graphkb.sync.apply import Progress
    from graphkb.sync.history import Change, RunRecord


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
        files = list(map(Path, paths))
        plan = self._plan(source, self._read(files, options), options)
        plan.command = options.command(files, source)
        return plan

    def load(  # noqa: PLR0913  # what a load can be told
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        source: str,
        options: LoadOptions = DEFAULTS,
        wait: float = 0.0,
        chunk: int | None = None,
        progress: Progress | None = None,
    ) -> Plan:
        """Make the store say of ``source`` what these files and folders say; return what was changed.

        What the source no longer mentions is deleted; what other sources own is left alone. ``wait`` is how many
        seconds to wait for another load to end, ``chunk`` the most changes in one transaction, by default as many as
        the store likes best.

        Raises :class:`~graphkb.errors.DataError` with every problem of the input,
        :class:`~graphkb.errors.DeletionRefused` where too much would be deleted, and
        :class:`~graphkb.errors.LoadLocked` while another load is under way; then nothing is written.
        """
        files = list(map(Path, paths))
        command, reading = options.command(files, source), self._read(files, options)
        return self._apply(source, reading, options, command, wait=wait, chunk=chunk, progress=progress)

    def rejected(self, plan: Plan, error: DataError) -> Plan:
        """Return what is left of a plan that was refused: no changes, only its problems and conflicts."""
        return Plan(plan.source, last_run(self.store), problems=error.problems, conflicts=plan.conflicts)

    def forget(self, source: str, *, dry_run: bool = False, wait: float = 0.0) -> Plan:
        """Remove what ``source`` owns, or with ``dry_run`` only return the plan for it.

        Raises :class:`~graphkb.errors.UsageError` for a source that owns nothing.
        """
        if source not in self.sources():
            known = ", ".join(self.sources()) or "none"
            raise UsageError(f"There is no source {source!r}. Sources: {known}.")
        if dry_run:
            return self._plan(source, Reading(), DEFAULTS)
        command = shlex.join(("graphkb", "forget", source))
        return self._apply(source, Reading(), LoadOptions(allow_delete=True), command, wait=wait)

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

    def diff(self, other: KnowledgeBase) -> Difference:
        """Return what differs from what this holds to what ``other`` holds, such as an export that was opened.

        Which answers differ says :func:`graphkb.analysis.comparing`.
        """
        return difference(self.dataset(), other.dataset(), self.metamodel)

    def check(self, *rules: str, config: str | os.PathLike[str] | None = None) -> list[Finding]:
        """Return what the ``rules`` find wrong or missing, or all rules where none is named.

        ``config`` is a file of settings such as ``graphkb.toml``, which is read only where it is named. Raises
        :class:`~graphkb.errors.UsageError` for an unknown rule and for whatever is wrong with that file.
        """
        from graphkb.checks import check  # noqa: PLC0415  # networkx takes a while to import

        return list(check(self, rules, config=config).findings)

    def completeness(self, kind: str | None = None) -> tuple[Completeness, ...]:
        """Return which of their fields the elements of each kind have, or of one.

        Raises :class:`~graphkb.errors.UsageError` for an unknown kind.
        """
        from graphkb.checks.completeness import completeness  # noqa: PLC0415  # networkx takes a while to import

        return completeness(self.store, self.metamodel, kind)

    def steps(self) -> tuple[Step, ...]:
        """Return the five steps by which a knowledge base is begun, and how far this one has come."""
        from graphkb.checks.steps import steps  # noqa: PLC0415  # networkx takes a while to import

        return steps(self.store, self.metamodel)

    def stats(self) -> dict[str, dict[str, int]]:
        """Return how many nodes there are of each kind, and how many edges of each type."""
        data = self.dataset()
        counts: dict[str, dict[str, int]] = {"nodes": {}, "relationships": {}}
        for node in sorted(data.nodes):
            counts["nodes"][node.label] = counts["nodes"].get(node.label, 0) + 1
        for edge in sorted(data.edges):
            counts["relationships"][edge.type] = counts["relationships"].get(edge.type, 0) + 1
        return counts

    def history(self) -> list[RunRecord]:
        """Return the loads of this store, the last one first: who, when, how it ended, and what it changed."""
        return read_history(self.store)

    def history_of(self, element: str) -> list[tuple[RunRecord, Change]]:
        """Return what happened to one element, named by id or title, the last first.

        Raises :class:`~graphkb.errors.UsageError` for an element that neither the store nor its history knows, naming
        the nearest, and for a name that several have.
        """
        runs = self.history()
        told = (each for run in runs for each in run.changes if each.kind in self.metamodel.labels)
        gone: dict[NodeKey, dict[str, Any]] = {NodeKey(each.kind, each.id): {} for each in told}
        there = self.dataset().nodes
        # The id of what is gone, such as a stub that was adopted, may be the title of what is there.
        exact = {key: each for key, each in gone.items() if element in (key.id, f"{key.label}:{key.id}")}
        try:
            key = find_element(Dataset(exact | there, {}), element)
        except UsageError:
            key = find_element(Dataset(gone | there, {}), element)
        return history_of(self.store, runs, key)

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

    def backup(self, folder: str | os.PathLike[str]) -> Manifest:
        """Write everything that the store holds, with who owns it, into a new ``folder``; return what is in it.

        Raises :class:`~graphkb.errors.UsageError` as :func:`~graphkb.exports.write_backup` does.
        """
        return write_backup(self.store, Path(folder), self.metamodel)

    def restore(
        self,
        folder: str | os.PathLike[str],
        *,
        replace: bool = False,
        wait: float = 0.0,
        chunk: int | None = None,
        progress: Progress | None = None,
    ) -> Plan:
        """Make the store hold what the backup in ``folder`` holds, of all sources; return what was changed.

        Only with ``replace`` does anything go or change that the store holds already. Raises what
        :func:`~graphkb.exports.restore_backup` raises.
        """
        command = shlex.join(("graphkb", "restore", str(folder), *(["--replace"] if replace else ())))
        return restore_backup(
            self.store,
            Path(folder),
            self.metamodel,
            command=command,
            replace=replace,
            wait=wait,
            chunk=chunk,
            progress=progress,
        )

    def _read(self, paths: Iterable[Path], options: LoadOptions) -> Reading:
        mapping = None if options.mapping is None else Path(options.mapping)
        return read_paths(paths, metamodel=self.metamodel, mapping=mapping, dialect=options.dialect)

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
            ordered = DataError((*faults, *(each.problem for each in told.rivals))).problems
            return Plan(source, before, problems=ordered, notes=notes, metamodel=self.metamodel)

        def make(attached: set[NodeKey]) -> Plan:
            return make_plan(
                source,
                told.dataset,
                stored,
                base=before,
                partial=options.partial,
                on_conflict=options.on_conflict,
                attached=attached,
                places=told.places,
                rivals=told.rivals,
                metamodel=self.metamodel,
            )

        plan = make(set())
        if plan.nodes_deleted and (attached := read_attached(self.store, stored)):
            plan = make(attached)
        plan.notes = notes
        return plan

    def _apply(  # noqa: PLR0913  # what a load can be told
        self,
        source: str,
        reading: Reading,
        options: LoadOptions,
        command: str,
        *,
        wait: float = 0.0,
        chunk: int | None = None,
        progress: Progress | None = None,
    ) -> Plan:
        def make() -> Plan:
            plan = self._plan(source, reading, options)
            plan.command = command
            _refuse(plan, allow_delete=options.allow_delete)
            return plan

        return apply_plan(self.store, make, wait=wait, chunk=chunk, progress=progress)


def _refuse(plan: Plan, *, allow_delete: bool) -> None:
    if plan.problems:
        raise DataError(plan.problems)
    if plan.deletes_too_much and not allow_delete:
        raise DeletionRefused.of(plan.source, sum(plan.lost), sum(plan.owned))


def open_knowledge_base(  # noqa: PLR0913  # what a store can be told
    target: str | os.PathLike[str] | Py2neoGraph,
    *,
    username: str | None = None,
    password: str | None = None,
    database: str = "neo4j",
    metamodel: Metamodel = METAMODEL,
    extensions: Iterable[str | os.PathLike[str]] = (),
    as_it_is: bool = False,
) -> KnowledgeBase:
    """Open the knowledge base at ``target``; close it, or use it as a context manager.

    ``target`` is the address of a Neo4j server such as ``bolt://localhost:7687``, the path of an embedded file ending
    in ``.kgl``, which need not exist yet, or ``:memory:``; or a ``py2neo.Graph``, which stays the caller's.
    ``metamodel`` says what it can hold, together with the installed extensions and the modules or ``.py`` files named
    in ``extensions``. Raises
    :class:`~graphkb.errors.UsageError` and :class:`~graphkb.errors.StoreUnavailable` as
    :func:`~graphkb.extensions.find_extensions` and :func:`graphkb.store.open_store` do. An embedded file that holds
    less than its last run left raises :class:`~graphkb.errors.StoreDamaged`, unless it is opened ``as_it_is``.
    """
    extended = find_extensions(extensions)
    everything = extended.over(metamodel)
    store = open_store(target, username=username, password=password, database=database)
    if store.name.endswith(".kgl") and not as_it_is:
        try:
            require_whole(store)
        except BaseException:
            store.close()
            raise
    return KnowledgeBase(store, everything, extended.question_folders)
