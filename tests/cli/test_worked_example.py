"""The worked example of the Orthogramic documentation, which nobody on the project wrote, by the command line alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkb.store import open_store
from tests.conftest import clear

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Command
    from tests.support.server import Server

NOTHING: Final = {"nodes": 0, "relationships": 0}


@pytest.fixture
def document(data: Path) -> Path:
    """Give the file."""
    return data / "retail-banking-example.json"


@pytest.fixture(params=["embedded", "neo4j"])
def target(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name an empty store of each kind in turn."""
    if request.param == "embedded":
        return "x.kgl"
    return emptied(request.getfixturevalue("neo4j_server"), monkeypatch)


def emptied(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """Empty a server, let the environment hold its credentials, and return its address."""
    store = open_store(server.uri, username=server.username, password=server.password)
    clear(store)
    store.close()
    monkeypatch.setenv("NEO4J_USERNAME", server.username)
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    return server.uri


def test_it_loads_without_a_problem_and_again_without_a_change(graphkb: Command, target: str, document: Path) -> None:
    """The second load creates, updates and deletes nothing."""
    load = ("--db", target, "load", document, "--source", "s3", "--format", "json")
    first = graphkb(*load)
    assert (first.code, first.err, first.json["problems"]) == (0, "", [])
    assert first.json["created"]["nodes"] > 30
    second = graphkb(*load)
    assert (second.code, second.json["problems"]) == (0, [])
    assert [second.json[name] for name in ("created", "updated", "deleted")] == [NOTHING] * 3
    assert second.json["unchanged"] == first.json["created"]


def test_its_gap_is_known_to_reach_no_stage(graphkb: Command, target: str, document: Path) -> None:
    """With the capability that it lies in, the segment that it hinders, and the link that is missing."""
    graphkb("--db", target, "load", document, "--source", "s3")
    rows = graphkb("--db", target, "ask", "gaps/reaching_no_stage", "--format", "json").json["rows"]
    row = next(row for row in rows if row["gapId"] == "gap-REL-CUST-CAP-001")
    assert row["capability"] == "Wealth Management Advisory"
    assert (row["segmentId"], row["segment"]) == ("CUST-SEG-001", "Affluent Professionals")
    assert row["missingLink"] == "no stage or value stage is enabled by the capability or by one that depends on it"


def test_no_gap_of_it_affects_a_stage_and_the_answer_says_why(graphkb: Command, target: str, document: Path) -> None:
    """No rows, a reason that names the gap, and no failure."""
    graphkb("--db", target, "load", document, "--source", "s3")
    result = graphkb("--db", target, "ask", "gaps/affecting_stages", "--format", "json")
    assert (result.code, result.json["rows"]) == (0, [])
    assert "Gap in Wealth Management Advisory" in result.json["why"]
    assert "gaps/reaching_no_stage" in result.json["why"]


def test_every_value_of_it_comes_back_at_its_place(graphkb: Command, target: str, document: Path, folder: Path) -> None:
    """Each leaf of the file stands at the same JSON pointer of the export, with the same value and type."""
    graphkb("--db", target, "load", document, "--source", "s3")
    assert graphkb("--db", target, "export", "kept").code == 0
    exported = dict(leaves(json.loads((folder / "kept" / "graphkb.json").read_text(encoding="utf-8"))))
    told = dict(leaves(json.loads(document.read_text(encoding="utf-8"))))
    assert len(told) > 150
    lost = {pointer: value for pointer, value in told.items() if not _same(exported.get(pointer), value)}
    assert lost == {}


def test_both_stores_print_the_same(
    graphkb: Command, document: Path, folder: Path, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same JSON of every command, and the same bytes of the export."""
    uri = emptied(neo4j_server, monkeypatch)
    commands = [
        ("load", str(document), "--source", "s3", "--format", "json"),
        ("load", str(document), "--source", "s3", "--format", "json"),
        *(
            (
                "ask",
                each["name"],
                *(f"{p['name']}=nobody" for p in each["parameters"] if "default" not in p),
                "--format",
                "json",
            )
            for each in graphkb("questions", "--format", "json").json
        ),
        ("stats", "--format", "json"),
        ("check", "--format", "json"),
        ("sources", "--format", "json"),
    ]
    for command in commands:
        embedded, server = graphkb("--db", "x.kgl", *command), graphkb("--db", uri, *command)
        assert (embedded.code, embedded.out) == (server.code, server.out)
        assert embedded.code == 0
    graphkb("--db", "x.kgl", "export", "embedded")
    graphkb("--db", uri, "export", "server")
    texts = {(folder / name / "graphkb.json").read_bytes() for name in ("embedded", "server")}
    assert len(texts) == 1


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every leaf with its JSON pointer; what stands behind a key that starts with _ is a remark."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith("_"):
                escaped = key.replace("~", "~0").replace("/", "~1")
                yield from leaves(inner, f"{pointer}/{escaped}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{pointer}/{index}")
    else:
        yield pointer, value


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
