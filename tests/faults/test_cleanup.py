"""A source of a hundred thousand elements is removed from a server with a small heap, in chunks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from graphkb.store import open_store
from graphkb.sync.plan import Count
from tests.conftest import only_long
from tests.support.loads import ALLOW_DELETE, Loader, empty, nodes_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import pytest

    from tests.support.server import Server

ELEMENTS = 100_000
KEPT = 100


def capabilities(count: int) -> dict[str, Any]:
    """Return so many capabilities in ten lines, each but the first ten of which another one depends on."""
    return {
        "capabilities": [
            {"capabilityID": f"c{n}", "title": f"Capability {n}", "purpose": f"Purpose {n}"}
            | ({"dependsOn": [{"id": f"c{n - 10}", "kind": "Capability"}]} if n >= 10 else {})
            for n in range(count)
        ]
    }


@only_long
def test_a_hundred_thousand_stale_elements_go(
    own_server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By a load that no longer mentions them, and by forgetting the source; what another source owns stays."""
    store = open_store(own_server.uri)
    empty(store)
    loader = Loader(store, tmp_path)
    loader.load("other", {"channels": [{"channelID": "c", "title": "C"}]})
    every, few = loader.files(capabilities(ELEMENTS), capabilities(KEPT))
    told = []

    def timed(what: str, elements: int, begun: float) -> None:
        seconds = time.monotonic() - begun
        told.append(f"{what}: {elements} elements in {seconds:.1f} s, {elements / seconds:,.0f} a second")

    for way in ("reload", "forget"):
        begun = time.monotonic()
        loader.kb.load([every], source="a", options=ALLOW_DELETE)
        timed("load", ELEMENTS, begun)
        begun = time.monotonic()
        plan = loader.kb.load([few], source="a", options=ALLOW_DELETE) if way == "reload" else loader.kb.forget("a")
        timed(way, plan.deleted.nodes, begun)
        kept = KEPT if way == "reload" else 0
        assert plan.deleted == Count(ELEMENTS - kept, ELEMENTS - max(kept, 10))
        assert plan.unchanged == Count(kept, max(kept - 10, 0))
    assert list(loader.kb.sources()) == ["other"]
    assert sum(nodes_of(store, "Element").values()) == 1
    store.close()
    with capsys.disabled():
        print("", *told, sep="\n")  # noqa: T201 - the numbers are to be seen
