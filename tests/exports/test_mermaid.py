"""Mermaid: a flowchart that shows what it should, whatever the titles hold."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings

from graphkb.errors import UsageError
from graphkb.exports import FORMATS, write_export
from graphkb.exports.mermaid import MOST_NODES
from graphkb.model import METAMODEL
from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from tests.exports.gathering import gathered
from tests.model.reading import meaning
from tests.model.values import WORDS
from tests.strategies import Document, documents
from tests.support.drawing import draw

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.model.properties import Properties

NODE: Final = re.compile(r'  (n\d+)\["([^"]*)<br/>\((\w+)\)"\]:::(\w+)')
EDGE: Final = re.compile(r'  (n\d+) -->\|"(\w+)"\| (n\d+)')
STYLE: Final = re.compile(r"  classDef (\w+) fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}")

TITLES: Final = (
    *WORDS, "end", "End", "subgraph", "graph", "1. Foo", "1) Foo", "- x", "+ x", "* x", "> q", "# head", "---", "===",
    "2024-01-01", "#35;", "#quot;", "&amp; &lt;b&gt; &#65;", "<b>bold</b><script>alert(1)</script>", "a\n\nb\r\nc",
    "%%{init: {}}%%", "%% comment", "style x:#35;a", "lifestyle a:b#1;", "classDef x:#;", "fa:fa-car", "`md **b**`",
    "**b** *i* _i_ __b__ ~~s~~", "https://example.org/a?b=c&d=#e", "click n1 call", 'a|b]"}', "$$x^2$$", "\\n \\\\ \\",
    "@{ shape: x }", "a;b", "\u201cq\u201d", "\ufb02°°65¶ß", "\ufb02°quot¶ß", "snake_case _x", "[x](y)", "![x](y)",
    "|a|b|",     "\U0001f469\u200d\U0001f469\u200d\U0001f466", "\u202eabc", "(c) (tm)", "a -- b --> c", "x & y", "'",
    "\x00\x07", "<br/>", "//",
)  # fmt: skip
"""What Mermaid, Markdown or HTML could take for more than text."""


def written(dataset: Dataset) -> str:
    """Return the picture of a dataset."""
    return str(FORMATS["mermaid"](dataset, METAMODEL)["graphkb.mmd"])


def shown(title: str) -> str:
    """Return a title as people see it: spaces as one, and nothing that has no width of its own."""
    return re.sub("[\u200b\x00-\x1f\x7f-\x9f]", "", " ".join(title.split()))


def decoded(text: str) -> str:
    """Return what a text within quotes says."""
    return shown(re.sub(r"#(\d+);", lambda code: chr(int(code[1])), text))


@settings(max_examples=50)
@given(documents())
def test_a_picture_holds_every_element_and_every_relationship(document: Document) -> None:
    """Nodes with title and kind, edges with their type, and every class that is used is styled."""
    dataset = meaning(document)
    first, *lines = written(dataset).splitlines()
    assert first == "flowchart LR"
    nodes, edges, styles = (
        [found for line in lines if (found := each.fullmatch(line))] for each in (NODE, EDGE, STYLE)
    )
    assert len(nodes) + len(edges) + len(styles) == len(lines)
    keys = dict(zip((node[1] for node in nodes), sorted(dataset.nodes), strict=True))
    for node in nodes:
        assert decoded(node[2]) == shown(dataset.title(keys[node[1]]))
        assert node[3] == keys[node[1]].label
    assert [(keys[edge[1]], edge[2], keys[edge[3]]) for edge in edges] == sorted(
        {(edge.source, edge.type, edge.target) for edge in dataset.edges}
    )
    assert {style[1] for style in styles} == {node[4] for node in nodes}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_nothing_but_text(title: str) -> None:
    """Of what could end the text or mean something, only codes are left."""
    (text,) = re.findall(r'n1\["(.*)<br/>\(Need\)"\]', written(Dataset({NodeKey("Need", "n"): {"title": title}})))
    assert not re.search(r"[^\w ,.()\-/#;\u0080-\U0010ffff]", text)
    assert not re.search(r"#(?!\d+;)", text)
    assert decoded(text) == shown(title)


def test_mermaid_draws_what_the_graph_holds() -> None:
    """Of every title, every kind and every type, the picture shows the text, and no markup that came with it."""
    titles = Dataset({NodeKey("Need", f"{at:03}"): {"title": title} for at, title in enumerate(TITLES)})
    datasets = [Dataset(), titles, *(meaning(document) for document in gathered(4))]
    for dataset, drawn in zip(datasets, draw([written(each) for each in datasets]), strict=True):
        assert not isinstance(drawn, str), drawn
        keys = sorted(dataset.nodes)
        lines = [[shown(dataset.title(key)), f"({key.label})"] for key in keys]
        assert [[shown(line) for line in node["lines"]] for node in drawn["nodes"]] == lines
        assert all(node["elements"] == ["br"] for node in drawn["nodes"])
        assert all(f"domain_{_domain(key)}" in node["classes"] for key, node in zip(keys, drawn["nodes"], strict=True))
        arrows = {(edge.source, edge.type, edge.target) for edge in dataset.edges}
        # Mermaid draws a loop in three parts, two of them without a label.
        assert sorted(filter(None, drawn["edges"])) == sorted(type_ for _, type_, _ in arrows)


def _domain(key: NodeKey) -> str:
    return METAMODEL.kinds[key.label].__module__.rpartition(".")[2]


def test_kinds_of_a_domain_have_one_color_and_others_another() -> None:
    """So that the eye finds what belongs together."""
    keys = [NodeKey(label, "x") for label in ("Journey", "JourneyStage", "Capability", "Persona")]
    text = written(Dataset({key: {} for key in keys}))
    classes = {node[3]: node[4] for node in NODE.finditer(text)}
    assert classes["Journey"] == classes["JourneyStage"]
    assert len(set(classes.values())) == 3
    assert len(set(re.findall(r"classDef \w+ (\S+)", text))) == 3


def test_more_than_a_picture_can_show_is_refused(tmp_path: Path) -> None:
    """The message says how many there are and how to choose; nothing is written."""
    nodes = {NodeKey("Need", str(number)): {"title": "x"} for number in range(MOST_NODES + 1)}
    with pytest.raises(UsageError, match=r"201 elements, .* at most 200\. Choose an element .*--around ELEMENT --hops"):
        write_export(Dataset(dict(nodes)), tmp_path / "out", "mermaid")
    assert not (tmp_path / "out").exists()
    nodes.popitem()
    assert written(Dataset(dict(nodes))).count("Need") == MOST_NODES
    keys = list(nodes)
    edges: dict[EdgeKey, Properties] = {EdgeKey("REFINES", one, other): {} for one in keys[:25] for other in keys[:25]}
    with pytest.raises(UsageError, match="625 relationships"):
        written(Dataset(dict(nodes), edges))
    with pytest.raises(UsageError, match="characters"):
        written(Dataset({keys[0]: {"title": "x" * 60_000}}))


def test_a_part_is_drawn_around_an_element(tmp_path: Path) -> None:
    """Two hops where nothing else is said; a part in a format that holds everything is refused."""
    keys = [NodeKey("Capability", str(number)) for number in range(7)]
    edges: dict[EdgeKey, Properties] = {EdgeKey("DEPENDS_ON", *ends): {} for ends in pairwise(keys)}
    dataset = Dataset({key: {"title": f"Step {key.id}"} for key in keys}, edges)
    for hops, count in ((None, 5), (1, 3), (0, 1)):
        (path,) = write_export(dataset, tmp_path, "mermaid", around="Step 3", hops=hops)
        assert len(NODE.findall(path.read_text(encoding="utf-8"))) == count
    with pytest.raises(UsageError, match="Say around which element"):
        write_export(dataset, tmp_path / "none", "mermaid", hops=1)
    for name in FORMATS.keys() - {"graphml", "jsonld", "mermaid"}:
        with pytest.raises(UsageError, match=f"{name} holds everything"):
            write_export(dataset, tmp_path / "none", name, around="Step 3")
    assert not (tmp_path / "none").exists()
