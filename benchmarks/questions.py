# ruff: noqa: INP001, T201 - a program, no package
"""How long questions take on both stores, beside the same texts through the raw engine or driver.

``python benchmarks/questions.py [ELEMENTS] [--calls N] [--only TOPIC[/NAME]] [--store embedded|neo4j] [--growth PNG]``

Every question is asked of everything where it can be (``all``), and of one element at a time, chosen at random (by the
name of the parameter). Our call and the raw one take turns, the first of them is not counted. Calls end early where a
question has used up its seconds.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import kglite
import neo4j

from graphkb.queries import ask_rows, catalog
from graphkb.store import open_store
from graphkb.sync.apply import apply_plan
from graphkb.sync.planning import make_plan
from graphkb.sync.state import Stored

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.shape import shaped
from tests.support.server import start_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from graphkb.model.dataset import Dataset
    from graphkb.queries.catalog import Question
    from graphkb.store.protocol import GraphStore, Value

CALLS: Final = 200
SECONDS: Final = 3.0
"""After so many seconds a question is asked no more; at least three times in any case."""
AIMS: Final = {("embedded", "one"): 10.0, ("neo4j", "one"): 20.0, ("embedded", "all"): 2000.0, ("neo4j", "all"): 2000.0}
"""Milliseconds of the median for a question about one element and for one about everything."""
GROWTH: Final = (10_000, 30_000, 100_000)
FEW: Final = 5
"""Calls of each question at the smaller sizes, where only medians are drawn."""


@dataclass(frozen=True)
class Asked:
    """A store, in the form in which questions are asked of it."""

    store: GraphStore
    question_folders: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Target:
    """A store with the data, and the same data without us."""

    name: str
    asked: Asked
    raw: Callable[[str, Mapping[str, Value]], list[Any]]


@dataclass(frozen=True)
class Timing:
    """Milliseconds of the calls of one question in one form."""

    store: str
    question: str
    form: str
    rows: int
    ours: list[float]
    raw: list[float]
    failure: str = ""

    def line(self) -> str:
        """Return a line of the table."""
        start = f"{self.store:9}{self.question:36}{self.form:14}"
        if self.failure:
            return f"{start}{self.failure}"
        ours, raw = statistics.median(self.ours), statistics.median(self.raw)
        aim = AIMS[self.store, "all" if self.form == "all" else "one"]
        missed = f"  over {aim:.0f}" if ours > aim else ""
        return (
            f"{start}{self.rows:7}{len(self.ours):6}{ours:10.2f}{_high(self.ours):10.2f}{raw:10.2f}{_high(self.raw):10.2f}"
            f"{ours - raw:8.2f}{ours / raw:7.2f}{missed}"
        )


HEADER: Final = (
    f"{'store':9}{'question':36}{'asked of':14}{'rows':>7}{'calls':>6}{'median':>10}{'95 %':>10}"
    f"{'raw':>10}{'raw 95 %':>10}{'added':>8}{'ratio':>7}"
)


def _high(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(0.95 * len(values)))]


def measure(target: Target, question: Question, form: str, askings: Iterator[dict[str, Value]], calls: int) -> Timing:
    """Ask a question in one form, ours and raw in turn."""
    ours: list[float] = []
    raw: list[float] = []
    rows = 0
    text = question.text_for(target.asked.store.name)
    end = time.perf_counter() + SECONDS
    for number in range(calls + 1):
        given = next(askings)
        arguments = catalog.check_arguments(question, given)
        # As ours, the raw text is asked for one row more than the limit.
        limited = arguments | {catalog.LIMIT: int(str(arguments[catalog.LIMIT])) + 1}
        try:
            start = time.perf_counter()
            answer = ask_rows(target.asked, question.name, given)
            between = time.perf_counter()
            target.raw(text, limited)
            stop = time.perf_counter()
        except Exception as error:  # noqa: BLE001  # a question that fails is a line of the table
            return Timing(target.name, question.name, form, 0, [], [], f"failed: {str(error).splitlines()[0][:90]}")
        if number:
            ours.append((between - start) * 1000)
            raw.append((stop - between) * 1000)
            rows = max(rows, len(answer))
        if stop > end and number >= 3:  # noqa: PLR2004  # the least that has a median
            break
    return Timing(target.name, question.name, form, rows, ours, raw)


def forms(question: Question, ids: Mapping[str, list[str]]) -> Iterator[tuple[str, Iterator[dict[str, Value]]]]:
    """Yield the forms of a question: of everything, and of one element by each parameter that names one."""
    dice = random.Random(question.name)  # noqa: S311  # a benchmark's dice, not a secret
    if not any(p.required for p in question.parameters):
        yield "all", itertools.repeat({})
    for parameter in question.parameters:
        known = [each for kind in parameter.kinds for each in ids[kind]]
        if known:
            yield parameter.name, ({parameter.name: dice.choice(known)} for _ in itertools.count())


def loaded(store: GraphStore, data: Dataset) -> float:
    """Load the data into an empty store; return the seconds it took."""
    start = time.perf_counter()
    apply_plan(store, lambda: make_plan("benchmark", data, Stored()))
    return time.perf_counter() - start


def embedded(stack: ExitStack, data: Dataset) -> Target:
    """Return an embedded store with the data, and the same file opened by the engine itself."""
    path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "benchmark.kgl"
    store = open_store(path)
    stack.callback(store.close)
    print(f"embedded: loaded in {loaded(store, data):.1f} s", flush=True)
    graph = kglite.load(str(path))
    graph.read_only(True)

    def raw(text: str, parameters: Mapping[str, Value]) -> list[Any]:
        return list(graph.cypher(text, params=dict(parameters), timeout_ms=60_000, hide_structural_keys=True).to_list())

    return Target("embedded", Asked(store), raw)


def server(stack: ExitStack, data: Dataset) -> Target:
    """Return a Neo4j server with the data, and a driver of its own for the raw texts."""
    running = stack.enter_context(start_server(heap="3g", quick=False))
    store = open_store(running.uri, username=running.username, password=running.password)
    stack.callback(store.close)
    print(f"neo4j: loaded in {loaded(store, data):.1f} s", flush=True)
    driver = stack.enter_context(running.driver())
    driver.execute_query("CALL db.awaitIndexes()")

    def raw(text: str, parameters: Mapping[str, Value]) -> list[Any]:
        with driver.session(default_access_mode=neo4j.READ_ACCESS, fetch_size=-1) as session:
            return session.run(neo4j.Query(text, timeout=60), dict(parameters)).data()  # type: ignore[arg-type]  # texts are files

    return Target("neo4j", Asked(store), raw)


STORES: Final = {"embedded": embedded, "neo4j": server}


def run(elements: int, calls: int, only: str | None, stores: list[str]) -> list[Timing]:
    """Measure all questions at one size, and print a line for each."""
    data = shaped(elements)
    print(f"\n{len(data.nodes)} elements, {len(data.edges)} edges\n", flush=True)
    ids: dict[str, list[str]] = {}
    for key in data.nodes:
        ids.setdefault(key.label, []).append(key.id)
    timings: list[Timing] = []
    for name in stores:
        with ExitStack() as stack:
            target = STORES[name](stack, data)
            print(f"\n{HEADER}", flush=True)
            for question in catalog.questions():
                if only in (None, question.name, question.topic):
                    for form, askings in forms(question, ids):
                        timings.append(measure(target, question, form, askings, calls))
                        print(timings[-1].line(), flush=True)
    return timings


def draw(sizes: Mapping[int, list[Timing]], path: Path) -> None:
    """Draw how the medians of the questions about everything grow with the number of elements."""
    import matplotlib as mpl  # noqa: PLC0415  # only a plot needs it

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(1, 2, figsize=(14, 7), sharey=True)
    for axis, store in zip(axes, STORES, strict=True):
        series: dict[str, list[tuple[int, float]]] = {}
        for size, timings in sizes.items():
            for each in timings:
                if each.store == store and each.form == "all" and each.ours:
                    series.setdefault(each.question, []).append((size, statistics.median(each.ours)))
        for question, points in series.items():
            axis.loglog(*zip(*points, strict=True), marker="o", markersize=3, linewidth=0.8, label=question)
        linear = [size / min(sizes) * 10 for size in sizes]
        axis.loglog(list(sizes), linear, "k--", linewidth=1.5, label="linear")
        axis.set(title=store, xlabel="elements", ylabel="median, ms")
    axes[1].legend(fontsize=5, ncol=2, loc="upper left", bbox_to_anchor=(1, 1))
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("elements", type=int, nargs="?", default=100_000)
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("--only", help="a topic or a question")
    parser.add_argument("--store", choices=list(STORES), action="append")
    parser.add_argument("--growth", type=Path, help="measure three sizes, and draw the growth into this file")
    given = parser.parse_args()
    stores = given.store or list(STORES)
    if given.growth is None:
        run(given.elements, given.calls, given.only, stores)
    else:
        *smaller, largest = GROWTH
        sizes = {size: run(size, FEW, given.only, stores) for size in smaller}
        sizes[largest] = run(largest, given.calls, given.only, stores)
        draw(sizes, given.growth)


if __name__ == "__main__":
    main()
