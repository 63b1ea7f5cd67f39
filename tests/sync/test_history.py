"""The history of a store: its runs, who carried them out, what each changed, and what happened to one element."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkb.errors import UsageError
from graphkb.load_options import LoadOptions
from graphkb.sources import Dialect
from graphkb.sync import history
from graphkb.sync.history import Change
from graphkb.sync.plan import Count
from tests.support.loads import ALLOW_DELETE, WatchedStore

if TYPE_CHECKING:
    from graphkb.store import Statement
    from tests.support.loads import Document, Loader

EVERY: Final = LoadOptions(
    partial=True,
    strict=True,
    stubs=False,
    allow_delete=True,
    on_conflict="take",
    mapping="m.yaml",
    dialect=Dialect(delimiter="|", encoding="cp1252"),
)


def capabilities(*levels: int) -> Document:
    """Return a capability of each maturity."""
    return {
        "capabilities": [
            {"capabilityID": f"c{number}", "title": f"Capability {number}", "maturityLevel": level}
            for number, level in enumerate(levels)
        ]
    }


def test_every_load_is_told_the_last_first(loader: Loader) -> None:
    """Source, person, times, status and counts; a load that changed nothing is none."""
    loader.load("a", capabilities(1, 2, 3))
    loader.load("a", capabilities(1, 2, 3))
    loader.load("b", {"capabilities": [{"title": "Other"}]})
    loader.load("a", capabilities(1, 5))
    runs = loader.kb.history()
    assert [(run.source, run.created.nodes, run.updated.nodes, run.deleted.nodes) for run in runs] == [
        ("a", 0, 1, 1),
        ("b", 1, 0, 0),
        ("a", 3, 0, 0),
    ]
    assert {run.status for run in runs} == {"complete"}
    assert all(run.user and run.ended_at and run.started_at <= run.ended_at for run in runs)
    assert [run.untold for run in runs] == [0, 0, 0]


def test_a_run_tells_each_change_with_its_fields(loader: Loader) -> None:
    """Deletions come first, then updates with the fields that changed, then what is new; bookkeeping is no field."""
    loader.load("a", capabilities(1, 2, 3))
    linked: dict[str, Any] = json.loads(json.dumps(capabilities(1, 5)))
    linked["capabilities"][0]["dependsOn"] = [{"id": "c1", "kind": "Capability"}]
    loader.load("a", linked)
    assert loader.kb.history()[0].changes == (
        Change("deleted", "Capability", "c2"),
        Change("updated", "Capability", "c1", ("maturityLevel",)),
        Change("created", "DEPENDS_ON", "(Capability 'c0')-[DEPENDS_ON]->(Capability 'c1')"),
    )


def test_what_happened_to_an_element_is_told_by_id_and_by_title_also_when_it_is_gone(loader: Loader) -> None:
    """Created by one source, changed by it, deleted."""
    loader.load("a", capabilities(1, 2))
    loader.load("a", capabilities(1, 4))
    by_title = [(run.source, each.verb, each.fields) for run, each in loader.kb.history_of("Capability 1")]
    assert by_title == [("a", "updated", ("maturityLevel",)), ("a", "created", ())]
    loader.load("a", capabilities(1))
    assert [each.verb for _, each in loader.kb.history_of("c1")] == ["deleted", "updated", "created"]
    assert [each.verb for _, each in loader.kb.history_of("c0")] == ["created"]


def test_an_element_that_nobody_knows_is_a_wrong_call(loader: Loader) -> None:
    """The nearest name is told."""
    loader.load("a", capabilities(1))
    with pytest.raises(UsageError, match="Did you mean 'Capability 0'"):
        loader.kb.history_of("Capabilty 0")


def test_beyond_the_most_that_a_run_tells_elements_still_name_their_run(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large load keeps its history small; what it made is found all the same, without the fields."""
    monkeypatch.setattr(history, "MOST_CHANGES", 1)
    loader.load("a", capabilities(1, 2))
    loader.load("a", capabilities(2, 3))
    run = loader.kb.history()[0]
    assert (len(run.changes), run.untold) == (1, 1)
    assert [(each.verb, each.fields) for _, each in loader.kb.history_of("c1")] == [("updated", ()), ("created", ())]


def test_a_run_that_died_shows_with_the_command_that_completes_it(loader: Loader) -> None:
    """Its status is incomplete, its command is that of the load; carried out again, the history tells of both."""
    writes = 5  # the schema, the lock, two chunks, and this one

    def breaking(number: int, statements: list[Statement]) -> list[Statement]:
        if number == writes:
            raise RuntimeError("the machine is gone")
        return statements

    kb, files = loader.kb, loader.files(capabilities(1, 2, 3, 4))
    inner = kb.store
    kb.store = WatchedStore(inner, breaking)
    with pytest.raises(RuntimeError, match="gone"):
        kb.load(files, source="a", chunk=1)
    kb.store = inner
    (run,) = kb.history()
    assert (run.status, run.ended_at) == ("incomplete", None)
    assert run.command == shlex.join(["graphkb", "load", *map(str, files), "--source", "a"])
    kb.load(files, source="a")
    assert [each.status for each in kb.history()] == ["complete", "incomplete"]
    assert sum((each.created for each in kb.history()), Count()).nodes >= 4


def test_the_command_of_a_run_has_every_option_of_the_load(loader: Loader) -> None:
    """Carried out again, it does the same; values with spaces and quotes are quoted."""
    files = loader.files(capabilities(1))
    command = EVERY.command(files, "it's mine")
    assert shlex.split(command) == [
        *("graphkb", "load", str(files[0]), "--source", "it's mine", "--partial", "--strict", "--no-stubs"),
        *("--allow-delete", "--on-conflict", "take", "--mapping", "m.yaml"),
        *("--csv", "delimiter=|", "--csv", "encoding=cp1252"),
    ]
    loader.kb.load(files, source="it's mine", options=ALLOW_DELETE)
    loader.kb.forget("it's mine")
    assert loader.kb.history()[0].command == "graphkb forget 'it'\"'\"'s mine'"


def test_a_run_is_plain_values(loader: Loader) -> None:
    """As JSON, nothing is lost."""
    loader.load("a", capabilities(1))
    told = json.loads(json.dumps(loader.kb.history()[0].to_dict()))
    assert told["created"] == {"nodes": 1, "relationships": 0}
    assert told["changes"] == [{"verb": "created", "kind": "Capability", "id": "c0", "fields": []}]
