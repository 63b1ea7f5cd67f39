# ruff: noqa: INP001, T201 - a program, no package
"""How long loads take on both stores, beside the same rows merged by hand-written Cypher, and beside other libraries.

``python benchmarks/loading.py [ELEMENTS] [--runs N] [--store embedded|neo4j] [--only PART] [--json FILE]``

There are five times as many edges as elements. In every run all contenders take turns, each on a store that is empty
and has its constraints, in an order that changes from run to run. Runs before them, with other elements, warm the
server and are not counted: Java translates what runs often, so that the third is still faster than the second. The
server has the options of one that stays, not of one that tests start for minutes. Each time is divided by that of the
hand-written statements in the same run: ratios, since machines differ and have busy moments. A bar is held against the
median.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkb.exports import write_export
from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.interpretation import interpret
from graphkb.sources import read_paths
from graphkb.sync.apply import apply_plan
from graphkb.sync.planning import make_plan
from graphkb.sync.runs import last_run
from graphkb.sync.state import read_stored

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.contenders import Neomodel, Rows, create_by_py2neo
from benchmarks.shape import shaped
from benchmarks.table import HEADER, Crossing, Line
from benchmarks.targets import Database, File, Target
from tests.support.importing import run_import, server_on, statements
from tests.support.server import start_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkb.store.protocol import GraphStore
    from graphkb.sync.plan import Plan

SOURCE: Final = "benchmark"
ELEMENTS: Final = 20_000
RUNS: Final = 7
WARMING: Final = 3
"""Runs that are not counted."""
FEW: Final = 2_000
"""Elements for what joins elements one by one, which at the full size would take the better part of an hour."""
STALE: Final = 20_000
"""Elements of the graph that is deleted; with its edges it has more than 100,000 parts."""
SMALL_HEAP: Final = "512m"

BY_HAND: Final = "by hand: UNWIND MERGE"
WRITING: Final = "graphkb, first load: statements"
LOADING: Final = "graphkb, first load: plan and statements"
READING: Final = "graphkb, first load: reading and validating"
SAME: Final = "graphkb, again: nothing changed"
CHANGED: Final = "graphkb, again: 1 % changed"
PY2NEO: Final = "py2neo.bulk: create"
NEOMODEL: Final = f"neomodel: bulk_create, connect ({FEW:,} elements)"
DELETING: Final = f"graphkb, deleting, heap {SMALL_HEAP}"
BARE: Final = f"one DETACH DELETE of everything, heap {SMALL_HEAP}"
MEMORY: Final = "graphkb, memory of a first load"

BARS: Final = {
    (WRITING, "neo4j"): 1.1,
    (WRITING, "embedded"): 1.1,
    (LOADING, "neo4j"): 1.25,
    (LOADING, "embedded"): 1.25,
    (READING, "neo4j"): 1.25,
    (READING, "embedded"): 1.25,
    (SAME, "neo4j"): 0.30,
    (SAME, "embedded"): 0.50,
    (CHANGED, "neo4j"): 0.35,
    (CHANGED, "embedded"): 0.60,
    (MEMORY, "neo4j"): 2.0,
    (MEMORY, "embedded"): 2.0,
}
"""The most that is allowed, times the baseline. Reading is to take no longer than the load itself may."""
LEAST_DELETED: Final = 20_000
"""Parts of the graph that are to be deleted in a second."""


@dataclass(frozen=True)
class Load:
    """What is loaded, as files, as a dataset, as rows, and as a dataset of which a hundredth is otherwise."""

    folder: Path
    data: Dataset
    rows: Rows
    changed: Dataset

    @classmethod
    def of(cls, elements: int, folder: Path, *, seed: int = 0, prefix: str = "") -> Load:
        """Generate it, write it into files by our own export and read those."""
        write_export(_renamed(shaped(elements, seed=seed), prefix), folder, "json")
        told = interpret(read_paths([folder]).records)
        if told.problems:
            raise ValueError(f"The generated files have problems: {told.problems[0]}")
        return cls(folder, told.dataset, Rows.of(told.dataset), _changed(told.dataset))


def _renamed(data: Dataset, prefix: str) -> Dataset:
    def key(each: NodeKey) -> NodeKey:
        return NodeKey(each.label, prefix + each.id)

    nodes = {key(each): properties for each, properties in data.nodes.items()}
    edges = {each._replace(source=key(each.source), target=key(each.target)): p for each, p in data.edges.items()}
    return Dataset(nodes, edges)


def _changed(data: Dataset) -> Dataset:
    """Return a dataset in which every hundredth node has another title, and every hundredth edge another end."""
    nodes = {
        key: properties | {"title": f"{properties['title']}, renamed"} if number % 100 == 0 else properties
        for number, (key, properties) in enumerate(data.nodes.items())
    }
    edges: dict[EdgeKey, dict[str, Any]] = {}
    others: dict[str, list[NodeKey]] = {}
    for key in data.nodes:
        others.setdefault(key.label, []).append(key)
    for number, (edge, properties) in enumerate(data.edges.items()):
        other = others[edge.target.label][number % len(others[edge.target.label])]
        moved = edge._replace(target=other)
        edges[moved if number % 100 == 0 and moved not in data.edges else edge] = properties
    return Dataset(nodes, edges)


def timed(action: Callable[[], object]) -> float:
    """Return the seconds that an action takes; what others left behind is collected before."""
    gc.collect()
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def plan_of(store: GraphStore, data: Dataset) -> Plan:
    """Return the plan of a load of this data, as a load makes it of what it has read."""
    before = last_run(store)
    stored = read_stored(store)
    stored.without(SOURCE)  # to which references may lead
    return make_plan(SOURCE, data, stored, base=before)


def load_by_us(target: Target, load: Load) -> dict[str, float]:
    """Load, load again unchanged and load again changed, each as a command does, which opens the store anew.

    Returns the seconds of each.
    """
    plans: list[Plan] = []

    def plan(store: GraphStore, data: Dataset) -> None:
        plans.append(plan_of(store, data))

    def apply(store: GraphStore) -> None:
        apply_plan(store, lambda: plans[-1], plan=plans[-1])

    def opened(*actions: Callable[[GraphStore], None]) -> list[float]:
        start = time.perf_counter()
        with closing(target.open()) as store:
            opening = time.perf_counter() - start
            return [opening, *(timed(lambda action=action: action(store)) for action in actions)]

    opening, planning, writing = opened(lambda store: plan(store, load.data), apply)
    _require_loaded(target, load.data)
    same = opened(lambda store: plan(store, load.data))
    if not plans[-1].is_empty:
        raise RuntimeError(f"The same again would change {plans[-1].to_dict()}.")
    changing = opened(lambda store: plan(store, load.changed), apply)
    _require_loaded(target, load.changed)
    return {WRITING: writing, LOADING: opening + planning + writing, SAME: sum(same), CHANGED: sum(changing)}


def _require_loaded(target: Target, data: Dataset) -> None:
    """A contender that lost something would win."""
    with closing(target.open()) as store:
        nodes = store.read("MATCH (n) WHERE NOT n:Run AND NOT n:LoadLock RETURN count(n) AS count")[0]["count"]
        edges = store.read("MATCH ()-[r]->() RETURN count(r) AS count")[0]["count"]
    if (nodes, edges) != (len(data.nodes), len(data.edges)):
        due = f"{len(data.nodes)} and {len(data.edges)}"
        raise RuntimeError(f"The store holds {nodes} nodes and {edges} edges, not {due}.")


def contenders(target: Target, load: Load) -> list[Callable[[], dict[str, float]]]:
    """Return what takes turns: each measures on an empty store."""

    def checked(what: str, action: Callable[[], object], data: Dataset = load.data) -> dict[str, float]:
        seconds = timed(action)
        _require_loaded(target, data)
        return {what: seconds}

    found = [
        lambda: checked(BY_HAND, lambda: target.merge(load.rows)),
        lambda: load_by_us(target, load),
        lambda: {READING: timed(lambda: interpret(read_paths([load.folder]).records))},
    ]
    if isinstance(target, Database):
        server = target.server
        found.append(lambda: checked(PY2NEO, lambda: create_by_py2neo(server, load.rows)))
    return found


def take_turns(target: Target, load: Load, runs: int) -> list[Line]:
    """Let all contenders run so many times in turn; return a line for each."""
    lines: dict[str, Line] = {}
    turns = contenders(target, load)
    for number in range(runs):
        seconds: dict[str, float] = {}
        for turn in random.Random(number).sample(turns, len(turns)):  # noqa: S311  # nothing secret
            target.empty()
            seconds |= turn()
        for what, each in seconds.items():
            line = lines.setdefault(what, Line(target.name, what, bar=BARS.get((what, target.name))))
            line.seconds.append(each)
            line.ratios.append(each / seconds[BY_HAND])
    target.empty()
    return list(lines.values())


def few(target: Database, folder: Path, runs: int) -> Line:
    """Let neomodel run on few elements, beside the hand-written statements on as many."""
    load = Load.of(FEW, folder / "few")
    library = Neomodel(load.rows)
    line = Line(target.name, NEOMODEL)
    for number in range(WARMING + runs):
        target.empty()
        baseline = timed(lambda: target.merge(load.rows))
        target.empty()
        seconds = timed(lambda: library.load(target.driver))
        _require_loaded(target, load.data)
        if number >= WARMING:
            line.seconds.append(seconds)
            line.ratios.append(seconds / baseline)
    target.empty()
    return line


def deleting(folder: Path, runs: int) -> list[Line]:
    """Delete everything from a server with a small heap, and the same by one bare statement; the ratio is per second.

    The bare statement looks nothing up and asks nothing: it is the most that such a server can do.
    """
    load = Load.of(STALE, folder / "stale")
    parts = len(load.data.nodes) + len(load.data.edges)
    ours = Line("neo4j", DELETING, unit="/s", bar=LEAST_DELETED)
    bare = Line("neo4j", BARE, unit="/s")
    with start_server(heap=SMALL_HEAP, quick=False) as server, server.driver() as driver:
        target = Database(server, driver)
        with closing(target.open()) as store:
            for number in range(WARMING + runs):
                for line in (ours, bare):
                    _first(store, load.data)
                    last = plan_of(store, Dataset())
                    if line is ours:
                        seconds = timed(lambda last=last: apply_plan(store, lambda: last, plan=last))
                    else:
                        seconds = timed(lambda: driver.execute_query("MATCH (n) DETACH DELETE n"))
                    _require_loaded(target, Dataset())
                    if number >= WARMING:
                        line.seconds.append(seconds)
                        line.ratios.append(parts / seconds)
    return [ours, bare]


def memory(target: Target, load: Load) -> Line:
    """Load in a process of its own; return the most that it held at once, beside the records that it had read."""
    target.empty()
    address = target.server.uri if isinstance(target, Database) else str(target.path)  # type: ignore[attr-defined]
    program = Path(__file__).with_name("memory.py")
    command = [sys.executable, str(program), address, str(load.folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=3600)  # noqa: S603  # our own
    held: dict[str, int] = json.loads(told.stdout)
    return Line(target.name, MEMORY, ratios=[held["peak"] / held["records"]], bar=BARS[MEMORY, target.name])


def crossing(target: Database, loads: list[Load], folder: Path) -> Crossing:
    """Load and import at each size; the import with the restart of the server that it needs."""
    found = Crossing()
    store = target.open()
    _first(store, loads[0].data)  # warms the server
    store.close()
    for number, load in enumerate(loads):
        target.empty()
        store = target.open()
        found.sizes.append(len(load.data.nodes) + len(load.data.edges))
        found.loads.append(timed(lambda load=load, store=store: _first(store, load.data)))
        store.close()
        files, home = folder / f"admin-{number}", folder / f"home-{number}"
        seconds = timed(lambda load=load, files=files: write_export(load.data, files, "neo4j-admin"))
        seconds += timed(lambda files=files, home=home: run_import(files, home, quick=False))
        start = time.perf_counter()
        with server_on(home, quick=False) as server, server.driver() as driver:
            for text in statements(files):
                driver.execute_query(text)
            driver.execute_query("CALL db.awaitIndexes(600)")
            seconds += time.perf_counter() - start
        found.imports.append(seconds)
    target.empty()
    return found


def _first(store: GraphStore, data: Dataset) -> None:
    plan = plan_of(store, data)
    apply_plan(store, lambda: plan, plan=plan)


LIBRARIES: Final = ("graphkb", "neo4j", "neo4j-rust-ext", "kglite", "py2neo", "neomodel")
PARTS: Final = ("turns", "neomodel", "memory", "import", "deleting")


def measure(given: argparse.Namespace, stack: ExitStack, told: Callable[[Line], None]) -> Crossing | None:
    """Measure what was asked for; tell of each line as soon as it is there."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="graphkb-bench-")))
    only, stores = given.only or PARTS, given.store or ("embedded", "neo4j")
    load = Load.of(given.elements, folder / "files")
    print(f"{len(load.data.nodes):,} elements, {len(load.data.edges):,} edges\n\n{HEADER}", flush=True)
    found = None
    for name in stores:
        with ExitStack() as own:
            target: File | Database = File(folder)
            if name == "neo4j":
                settings = {"server.memory.pagecache.size": "1g"}
                server = own.enter_context(start_server(heap="3g", settings=settings, quick=False))
                target = Database(server, own.enter_context(server.driver()))
            if "turns" in only:
                warm = Load.of(min(given.elements, ELEMENTS), folder / "warm", seed=1, prefix="warm-")
                take_turns(target, warm, WARMING)
                for line in take_turns(target, load, given.runs):
                    told(line)
            if "memory" in only:
                told(memory(target, load))
            if isinstance(target, Database) and "neomodel" in only:
                told(few(target, folder, given.runs))
            if isinstance(target, Database) and "import" in only:
                small = Load.of(FEW, folder / "small")
                found = crossing(target, [small, load], folder)
                print(found.text(), flush=True)
    if "neo4j" in stores and "deleting" in only:
        for line in deleting(folder, given.runs):
            told(line)
    return found


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("elements", type=int, nargs="?", default=ELEMENTS)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--store", choices=("embedded", "neo4j"), action="append")
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything into this file too")
    given = parser.parse_args()
    lines: list[Line] = []

    def told(line: Line) -> None:
        lines.append(line)
        print(line.text(), flush=True)

    before = os.getloadavg()
    installed = {each.name.lower(): each.version for each in distributions()}
    libraries = {name: installed.get(name, "not installed") for name in LIBRARIES}
    with ExitStack() as stack:
        crossed = measure(given, stack, told)
    machine = {"system": platform.platform(), "python": platform.python_version(), "processors": os.cpu_count()}
    loads = {"before": before, "after": os.getloadavg()}
    print(f"\n{machine} {libraries} load {loads}")
    if given.json:
        everything = {
            "elements": given.elements,
            "machine": machine,
            "libraries": libraries,
            "load": loads,
            "lines": [asdict(line) | {"verdict": line.verdict} for line in lines],
            "crossing": None if crossed is None else asdict(crossed) | {"size": crossed.size},
        }
        given.json.write_text(json.dumps(everything, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
