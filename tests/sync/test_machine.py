"""Any sequence of loads, of several sources, with stubs, conflicts, removals and deaths, ends as plain Python says.

The machine keeps what each source says, and what is stored of each capability: its maturity, who defines it, who refers
to it. It knows nothing of plans, statements or ids. Two of the four capabilities get their id by hand, so that a stub
made of a title is adopted; as ids never change, elements are compared by title.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from graphkb.errors import DataError
from graphkb.load_options import LoadOptions
from tests.conftest import LONG
from tests.support.loads import Loader, WatchedStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkb.store import GraphStore, Statement
    from graphkb.sync.plan import OnConflict, Plan

SOURCES: Final = ("a", "b", "c")
TITLES: Final = ("Alpha", "Beta", "Gamma", "Delta")
WITH_ID: Final = {"Gamma": "CAP-G", "Delta": "CAP-D"}
NEEDS: Final = """MATCH (a:Capability)-[r:DEPENDS_ON]->(b:Capability)
RETURN a.title AS a, b.title AS b, r.sources AS sources"""


@dataclass(frozen=True)
class Said:
    """What one source says: maturity by capability, and which capability depends on which."""

    levels: tuple[tuple[str, int], ...] = ()
    needs: frozenset[tuple[str, str]] = frozenset()

    def document(self) -> dict[str, Any]:
        """Return it as a file has it."""
        listed = []
        for title, level in self.levels:
            links = [{"title": other, "kind": "Capability"} for one, other in sorted(self.needs) if one == title]
            identity = {"capabilityID": WITH_ID[title]} if title in WITH_ID else {}
            listed.append({"title": title, "maturityLevel": level, "dependsOn": links, **identity})
        return {"capabilities": listed}


@st.composite
def sayings(draw: st.DrawFn) -> Said:
    """Return something to say: a few capabilities, which depend on others, be they defined or not."""
    levels = draw(st.dictionaries(st.sampled_from(TITLES), st.integers(1, 3), max_size=3))
    pairs = st.tuples(st.sampled_from(sorted(levels)), st.sampled_from(TITLES)) if levels else st.nothing()
    needs = draw(st.frozensets(pairs.filter(lambda pair: pair[0] < pair[1]), max_size=3)) if levels else frozenset()
    return Said(tuple(sorted(levels.items())), needs)


@dataclass
class Expected:
    """What the store should hold."""

    level: dict[str, int] = field(default_factory=dict)
    """Of each defined capability."""
    definers: dict[str, set[str]] = field(default_factory=dict)
    needs: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """Who says that one capability depends on another."""

    def conflicts(self, source: str, said: Said) -> set[str]:
        """Return the capabilities of which others say something else."""
        return {
            title
            for title, level in said.levels
            if self.definers.get(title, set()) - {source} and self.level[title] != level
        }

    def take_in(self, source: str, said: Said, on_conflict: OnConflict, *, partial: bool = False) -> None:
        """Let a source say something."""
        kept = self.conflicts(source, said) if on_conflict == "keep" else set()
        for title, level in said.levels:
            self.definers.setdefault(title, set()).add(source)
            self.level[title] = self.level[title] if title in kept else level
        for pair in said.needs:
            self.needs.setdefault(pair, set()).add(source)
        if not partial:
            for title in set(self.definers) - dict(said.levels).keys():
                self.definers[title].discard(source)
            for pair in set(self.needs) - said.needs:
                self.needs[pair].discard(source)
        self.definers = {title: owners for title, owners in self.definers.items() if owners}
        self.needs = {pair: owners for pair, owners in self.needs.items() if owners}
        self.level = {title: level for title, level in self.level.items() if title in self.definers}

    def content(self) -> tuple[dict[str, tuple[int | None, list[str]]], dict[tuple[str, str], list[str]]]:
        """Return maturity and owners by title, stubs without a maturity, and the owners of each dependency."""
        nodes: dict[str, tuple[int | None, list[str]]] = {}
        for title in {end for pair in self.needs for end in pair} | self.definers.keys():
            linking = {owner for pair, owners in self.needs.items() if title in pair for owner in owners}
            nodes[title] = (self.level.get(title), sorted(self.definers.get(title) or linking))
        return nodes, {pair: sorted(owners) for pair, owners in self.needs.items()}


class Loads(RuleBasedStateMachine):
    """Sources that come, change their mind, differ, die and go."""

    store: GraphStore
    emptied: Callable[[GraphStore], None]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.expected = Expected()
        self.said: dict[str, tuple[Said, OnConflict]] = {}
        self.runs = 0

    @initialize()
    def begin(self) -> None:
        """Start with nothing."""
        self.emptied(self.store)
        self.loader = Loader(self.store, Path(self.folder.name))

    def teardown(self) -> None:
        """Remove the files."""
        self.folder.cleanup()

    def _load(self, source: str, said: Said, on_conflict: OnConflict, **how: Any) -> Plan:
        options = LoadOptions(allow_delete=True, on_conflict=on_conflict, **how)
        plan = self.loader.load(source, said.document(), options=options)
        self.runs += not plan.is_empty
        return plan

    @rule(source=st.sampled_from(SOURCES), said=sayings(), on_conflict=st.sampled_from(("refuse", "keep", "take")))
    def load(self, source: str, said: Said, on_conflict: OnConflict) -> None:
        """Load; where others differ and nobody decides, nothing happens and every difference is told."""
        differing = self.expected.conflicts(source, said)
        if differing and on_conflict == "refuse":
            with pytest.raises(DataError) as refused:
                self._load(source, said, on_conflict)
            assert {each.rule for each in refused.value.problems} == {"conflict"}
            assert len(refused.value.problems) == len(differing)
            return
        plan = self._load(source, said, on_conflict)
        assert {each.field for each in plan.conflicts} == ({"maturityLevel"} if differing else set())
        self.expected.take_in(source, said, on_conflict)
        self.said[source] = (said, on_conflict)

    @rule(source=st.sampled_from(SOURCES), said=sayings())
    def add(self, source: str, said: Said) -> None:
        """Load a part, which takes nothing away."""
        if self.expected.conflicts(source, said):
            return
        self._load(source, said, "refuse", partial=True)
        self.expected.take_in(source, said, "refuse", partial=True)
        self.said.pop(source, None)

    @rule(source=st.sampled_from(SOURCES))
    def load_again(self, source: str) -> None:
        """The same again changes nothing, unless somebody else has said something since.

        A stub that was defined once has the id of its definition, until its only source names it by its title again.
        """
        if source not in self.said:
            return
        said, on_conflict = self.said[source]
        if self.expected.conflicts(source, said) and on_conflict == "refuse":
            return
        before = self.expected.content()
        nodes = before[0].items()
        is_left = any(told == (None, [source]) for title, told in nodes if title in WITH_ID)
        self.expected.take_in(source, said, on_conflict)
        is_same = before == self.expected.content()
        assert self._load(source, said, on_conflict).is_empty == is_same or (is_left and is_same)
        assert self._load(source, said, on_conflict).is_empty

    @rule(source=st.sampled_from(SOURCES))
    def forget(self, source: str) -> None:
        """Remove a source; what others refer to stays as a stub."""
        if source not in self.loader.kb.sources():
            return
        self.runs += not self.loader.kb.forget(source).is_empty
        self.expected.take_in(source, Said(), "refuse")
        self.said.pop(source, None)

    @rule(source=st.sampled_from(SOURCES), said=sayings(), write=st.integers(2, 6))
    def die_and_load_again(self, source: str, said: Said, write: int) -> None:
        """A load that dies between two transactions is completed by loading again."""
        if self.expected.conflicts(source, said):
            return

        def breaking(number: int, statements: list[Statement]) -> list[Statement]:
            if number == write:
                raise ConnectionResetError("the machine is gone")
            return statements

        kb, inner = self.loader.kb, self.store
        files = self.loader.files(said.document())
        options = LoadOptions(allow_delete=True)
        kb.store = WatchedStore(inner, breaking)
        try:
            kb.load(files, source=source, options=options, chunk=1)
        except ConnectionResetError:
            pass
        finally:
            kb.store = inner
        kb.load(files, source=source, options=options)
        self.runs = len(kb.history())
        self.expected.take_in(source, said, "refuse")
        self.said[source] = (said, "refuse")

    @invariant()
    def the_store_holds_what_was_said(self) -> None:
        """Titles, maturities, stubs, dependencies, and who owns each of them; nothing twice, nothing lost."""
        if not hasattr(self, "loader"):
            return
        stored = self.store.read(
            "MATCH (c:Capability) RETURN c.title AS title, c {.*, title: c.title} AS properties ORDER BY c.title"
        )
        nodes: dict[str, tuple[Any, list[str]]] = {}
        for row in stored:
            properties: Any = row["properties"]
            assert bool(properties.get("isStub")) == (properties.get("maturityLevel") is None)
            assert row["title"] not in nodes, "an element stands twice"
            nodes[str(row["title"])] = (properties.get("maturityLevel"), properties["sources"])
        edges = self.store.read(NEEDS)
        needs = {(str(row["a"]), str(row["b"])): row["sources"] for row in edges}
        assert len(needs) == len(edges), "a dependency stands twice"
        assert (nodes, needs) == self.expected.content()

    @invariant()
    def the_history_tells_of_every_load(self) -> None:
        """One run for each load that changed something; the last one is complete, and no lock is left."""
        if not hasattr(self, "loader"):
            return
        runs = self.loader.kb.history()
        assert len(runs) == self.runs
        assert all(run.status == "complete" for run in runs[:1])
        assert self.store.read("MATCH (lock:LoadLock) RETURN count(lock) AS locks") == [{"locks": 0}]


def test_any_sequence_of_loads_ends_as_plain_python_says(
    store: GraphStore, emptied: Callable[[GraphStore], None]
) -> None:
    """On both stores; the machine holds the store to the oracle after every step."""
    within = {"store": store, "emptied": staticmethod(emptied)}
    embedded = "://" not in store.name
    run_state_machine_as_test(
        type("Loads", (Loads,), within),
        # Shrinking would load for minutes; the steps are printed, and few.
        settings=settings(
            max_examples=(40 if embedded else 15) * (8 if LONG else 1),
            stateful_step_count=12,
            deadline=None,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
