"""A backup: everything that a store holds, of all sources, as files that prove themselves by counts and hashes.

The canonical export says what a person wants to read, and can be loaded by itself. Beside it stands every element and
every relationship with the sources that own it, word for word as stored: the export of several sources does not say
who owns what, and what somebody changed by hand, it may not say at all. Runs are no part of a backup.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkb.errors import DataError, LoadLocked, OutcomeError, Problem, UsageError
from graphkb.exports.files import json_files
from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.metamodel import ELEMENT
from graphkb.sync.apply import apply_plan
from graphkb.sync.restoring import plan_restoration
from graphkb.sync.runs import last_run, timestamp
from graphkb.sync.schema import LOCK, RUN
from graphkb.sync.state import owners, read_stored
from graphkb.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphkb.model.metamodel import Metamodel
    from graphkb.store.protocol import GraphStore
    from graphkb.sync.apply import Progress
    from graphkb.sync.plan import Plan
    from graphkb.sync.runs import Run
    from graphkb.sync.state import Stored

MANIFEST: Final = "manifest.json"
EXPORT: Final = "graphkb.json"
NODES: Final = "nodes.jsonl"
EDGES: Final = "relationships.jsonl"

_ATTEMPTS: Final = 5
"""How often a store is read anew where a load ended meanwhile."""
_EVERY_NODE: Final = "MATCH (n)\nRETURN labels(n) AS labels, count(*) AS nodes"
_EVERY_EDGE: Final = "MATCH ()-[r]->()\nRETURN count(r) AS relationships"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds and how to recognize it."""

    made_at: str
    """ISO text, in UTC."""
    store: str
    """Name of the store, without credentials."""
    version: str
    """Version of graphkb that made it."""
    nodes: dict[str, int]
    """How many elements of each kind."""
    relationships: dict[str, int]
    """How many of each type."""
    sources: dict[str, dict[str, int]]
    """How many nodes and relationships each source owns."""
    files: dict[str, str]
    """SHA-256 of each file."""
    notes: tuple[str, ...] = ()
    """What the store held that is not in the backup."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def write_backup(store: GraphStore, folder: Path, metamodel: Metamodel) -> Manifest:
    """Write everything that a store holds into ``folder``, which is there only once it is complete.

    Raises :class:`~graphkb.errors.UsageError` for a folder that is there already or cannot be written, and for a store
    with elements of unknown kinds; :class:`~graphkb.errors.LoadLocked` where loads go on and on.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already and not empty; name a new folder for the backup.")
    stored, run = _read_at_rest(store, metamodel)
    notes = _beside(store, stored, metamodel)
    if run.status == "incomplete":
        notes.append(f"The last run, {run.id}, did not come to its end; the backup holds what it has written.")
    data = stored.with_owners()
    files = _files(data, metamodel)
    hashes = {name: _hash(content) for name, content in files.items()}
    manifest = Manifest(timestamp(), store.name, VERSION, **_counts(data), files=hashes, notes=tuple(notes))
    text = json.dumps(manifest.to_dict(), ensure_ascii=False, indent=2) + "\n"
    _write_folder(folder, {**files, MANIFEST: text.encode()})
    return manifest


def read_backup(folder: Path, metamodel: Metamodel) -> tuple[Manifest, Dataset]:
    """Return a backup's manifest, and everything it holds with the sources that own it.

    Raises :class:`~graphkb.errors.DataError` naming each file that is missing, or not as it was written.
    """
    manifest = _read_manifest(folder / MANIFEST)
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name in (EXPORT, NODES, EDGES):
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError as error:
            problems.append(_problem(folder / name, "missing", f"This file of the backup cannot be read: {error}."))
            continue
        if _hash(contents[name]) != manifest.files.get(name):
            message = "This file of the backup is not as it was written; restore another backup."
            problems.append(_problem(folder / name, "damaged", message))
    if problems:
        raise DataError(problems)
    data = Dataset()
    for name, take in ((NODES, _take_node), (EDGES, _take_edge)):
        problems += _take_lines(folder / name, contents[name], data, take, metamodel)
    if not problems and _counts(data) != {each: getattr(manifest, each) for each in _counts(data)}:
        message = f"Its numbers are not those of {NODES} and {EDGES}; restore another backup."
        problems.append(_problem(folder / MANIFEST, "damaged", message))
    if problems:
        raise DataError(problems)
    return manifest, data


def restore_backup(  # noqa: PLR0913  # what a restore can be told
    store: GraphStore,
    folder: Path,
    metamodel: Metamodel,
    *,
    replace: bool = False,
    command: str = "",
    wait: float = 0.0,
    chunk: int | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Make a store hold what a backup holds, of all sources; return what was changed.

    What is there already counts as restored, so that a restore that broke off is completed by the same call. Up to
    ``chunk`` changes are all or nothing; above, nothing goes before what comes is there. Raises
    :class:`~graphkb.errors.DataError` for a backup that is damaged or incomplete,
    :class:`~graphkb.errors.UsageError` where something else would be lost and ``replace`` is not set, and
    :class:`~graphkb.errors.OutcomeError` where the store then holds other than the backup.
    """
    manifest, data = read_backup(folder, metamodel)

    def make() -> Plan:
        before = last_run(store)
        _require_known(store, metamodel)
        stored = read_stored(store, metamodel)
        plan = plan_restoration(data, stored, base=before, metamodel=metamodel, command=command)
        if not replace and sum(plan.updated + plan.deleted) > 0:
            raise UsageError(
                f"{store.name} holds {len(stored.nodes)} elements and {len(stored.edges)} relationships, of which "
                f"{sum(plan.deleted)} would go and {sum(plan.updated)} be changed. Restore into an empty store, or "
                "replace what this one holds by --replace."
            )
        return plan

    plan = apply_plan(store, make, wait=wait, chunk=chunk, progress=progress)
    restored = _files(read_stored(store, metamodel).with_owners(), metamodel)
    # Another version may word the export in another way.
    compared = restored if manifest.version == VERSION else (NODES, EDGES)
    if differing := [name for name in compared if _hash(restored[name]) != manifest.files[name]]:
        raise OutcomeError(
            f"{store.name} holds other than the backup in {folder}: {', '.join(differing)} made of it would differ. "
            "Something else has changed the store meanwhile; restore again."
        )
    return plan


def _read_at_rest(store: GraphStore, metamodel: Metamodel) -> tuple[Stored, Run]:
    """Read a store such that no run falls in between the reads; return the last one too."""
    for _ in range(_ATTEMPTS):
        before = last_run(store)
        stored = read_stored(store, metamodel)
        if last_run(store) == before:
            return stored, before
    raise LoadLocked(f"A load is under way in {store.name}; make the backup when it has ended.")


def _require_known(store: GraphStore, metamodel: Metamodel) -> list[tuple[set[str], int]]:
    """Return how many nodes there are by their labels; refuse elements of which this call does not know the kind."""
    found = [(set(_texts(row["labels"])), int(str(row["nodes"]))) for row in store.read(_EVERY_NODE)]
    unknown: set[str] = set()
    for labels, _ in found:
        if ELEMENT in labels and not labels & metamodel.labels:
            unknown |= labels - {ELEMENT}
    if unknown:
        raise UsageError(
            f"{store.name} holds elements of kinds that are not known here: {', '.join(sorted(unknown))}. Name the "
            "extension that has them by --extension."
        )
    return found


def _beside(store: GraphStore, stored: Stored, metamodel: Metamodel) -> list[str]:
    """Return what a store holds beside its elements."""
    nodes = 0
    for labels, count in _require_known(store, metamodel):
        if not labels & {RUN, LOCK}:
            nodes += count
    edges = int(str(store.read(_EVERY_EDGE)[0]["relationships"]))
    beside = nodes - len(stored.nodes), edges - len(stored.edges)
    told = f"Not in the backup, as no load made them: {beside[0]} nodes and {beside[1]} relationships."
    return [told] if any(beside) else []


def _texts(value: Any) -> list[str]:
    return list(value)


def _files(data: Dataset, metamodel: Metamodel) -> dict[str, bytes]:
    """Return the files of everything, in canonical order: the same always as the same bytes."""
    titled = {key: {"title": key.id} | properties for key, properties in data.nodes.items()}
    nodes = ({"kind": key.label, "id": key.id, "properties": titled[key]} for key in sorted(titled))
    edges = (
        {
            "type": edge.type,
            "from": edge.source._asdict(),
            "to": edge.target._asdict(),
            "key": edge.key,
            "properties": data.edges[edge],
        }
        for edge in sorted(data.edges)
    )
    plain = Dataset(
        {key: _without_owners(each) for key, each in titled.items()},
        {edge: _without_owners(each) for edge, each in data.edges.items()},
    )
    [export] = json_files(plain, metamodel).values()
    return {EXPORT: export.encode()} | {
        name: "".join(f"{_line(each)}\n" for each in told).encode() for name, told in ((NODES, nodes), (EDGES, edges))
    }


def _without_owners(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name != "sources"}


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, allow_nan=False)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _counts(data: Dataset) -> dict[str, Any]:
    owned: dict[str, Counter[str]] = {}
    for what, part in (("nodes", data.nodes), ("relationships", data.edges)):
        for properties in part.values():
            for source in owners(properties):
                owned.setdefault(source, Counter({"nodes": 0, "relationships": 0}))[what] += 1
    return {
        "nodes": dict(sorted(Counter(key.label for key in data.nodes).items())),
        "relationships": dict(sorted(Counter(edge.type for edge in data.edges).items())),
        "sources": {source: dict(count) for source, count in sorted(owned.items())},
    }


def _take_lines(
    path: Path,
    content: bytes,
    data: Dataset,
    take: Callable[[Dataset, dict[str, Any], Metamodel], str],
    metamodel: Metamodel,
) -> list[Problem]:
    """Take up the lines of a file; return what is wrong with them, once for each kind or type."""
    unknown: dict[str, int] = {}
    for number, line in enumerate(content.decode().split("\n")[:-1], 1):
        if name := take(data, json.loads(line), metamodel):
            unknown.setdefault(name, number)
    told = "{} is not known here. Name the extension that has it by --extension; this is graphkb " + VERSION
    return [_problem(path, "unknown-kind", f"{told.format(name)}.", line) for name, line in unknown.items()]


def _take_node(data: Dataset, told: dict[str, Any], metamodel: Metamodel) -> str:
    data.nodes[NodeKey(told["kind"], told["id"])] = told["properties"]
    return "" if told["kind"] in metamodel.labels else f"The kind {told['kind']!r}"


def _take_edge(data: Dataset, told: dict[str, Any], metamodel: Metamodel) -> str:
    source, target = (NodeKey(**told[end]) for end in ("from", "to"))
    data.edges[EdgeKey(told["type"], source, target, told["key"])] = told["properties"]
    known = metamodel.relationship(told["type"], source.label, target.label)
    return "" if known else f"The relationship {told['type']} from {source.label} to {target.label}"


def _read_manifest(path: Path) -> Manifest:
    try:
        told = json.loads(path.read_bytes())
        manifest = Manifest(**told | {"notes": tuple(told["notes"])})
        if not isinstance(manifest.files, dict):
            raise TypeError("It names no files.")  # noqa: TRY301  # told below, as everything else that is wrong with it
    except OSError as error:
        message = f"There is no backup in this folder, or not all of one: {error.strerror}."
        raise DataError([_problem(path, "missing", message)]) from error
    except (ValueError, TypeError, KeyError) as error:
        message = f"This file of the backup is not as it was written; restore another backup. ({error})"
        raise DataError([_problem(path, "damaged", message)]) from error
    return manifest


def _problem(path: Path, rule: str, message: str, line: int | None = None) -> Problem:
    return Problem(str(path), "", rule, message, line)


def _flush_names(folder: Path) -> None:
    """Let the names in a folder outlive a power cut, where the system can do that for a folder."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that gets its name when all of them are on the disk."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            for name, content in files.items():
                with (temporary / name).open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            _flush_names(temporary)
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o777 & ~mask)
            if folder.exists():
                folder.rmdir()
            temporary.rename(folder)
            _flush_names(folder.parent)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
    except OSError as error:
        raise UsageError(f"Cannot write the backup into {folder}: {error.strerror}.") from error
