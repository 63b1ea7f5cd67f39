"""Mermaid: a picture of a part of the graph, made for a Markdown page."""

from __future__ import annotations

import colorsys
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from graphkb.errors import UsageError
from graphkb.exports.domains import domain_of, hues

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.model.dataset import Dataset
    from graphkb.model.metamodel import Metamodel

MOST_NODES: Final = 200
"""More cannot be told apart in one picture."""
MOST_EDGES: Final = 500
"""Mermaid draws no more, unless whoever shows the page allows it."""
MOST_CHARACTERS: Final = 50_000
"""Mermaid reads no more, unless whoever shows the page allows it."""

_UNSAFE: Final = re.compile(r"[^\w ,.()\-/\u0080-\U0010ffff]|_")
_LIST: Final = re.compile(r"^(\d*)([.)-])")
"""Where Mermaid would refuse to show a list of Markdown."""
_MAGIC: Final = re.compile(r"\\(?=n)|\$(?=\$)|:(?=fa-)|\ufb02(?=°)|¶(?=ß)")
"""What Mermaid replaces even where it is written as codes: line breaks, formulas, icons, its own marks for codes."""
_NOTHING: Final = "\u200b"
"""A space without width, which parts what must not stand together."""


def mermaid_files(dataset: Dataset, metamodel: Metamodel) -> Mapping[str, str]:
    """Return the graph as one flowchart; every node shows title and kind, in a color of its domain.

    Raises :class:`~graphkb.errors.UsageError` for more than a picture can show.
    """
    numbers = {key: f"n{number}" for number, key in enumerate(sorted(dataset.nodes), 1)}
    arrows = sorted({(edge.source, edge.type, edge.target) for edge in dataset.edges})
    domains = {label: f"domain_{domain_of(kind)}" for label, kind in metamodel.kinds.items()}
    colors = {f"domain_{domain}": _color(hue) for domain, hue in hues(metamodel).items()}
    lines = ["flowchart LR"]
    lines += [
        f'  {number}["{escaped(dataset.title(key))}<br/>({escaped(key.label)})"]:::{domains[key.label]}'
        for key, number in numbers.items()
    ]
    lines += [f'  {numbers[source]} -->|"{type_}"| {numbers[target]}' for source, type_, target in arrows]
    used = {domains[key.label] for key in numbers}
    lines += [f"  classDef {domain} {style}" for domain, style in colors.items() if domain in used]
    text = "\n".join(lines) + "\n"
    _refuse_too_much(len(numbers), len(arrows), len(text))
    return {"graphkb.mmd": text}


def escaped(text: str) -> str:
    """Return text as it may stand within quotes: white space as single spaces, what could be read as more as codes."""
    parted = _MAGIC.sub(lambda found: found[0] + _NOTHING, " ".join(text.split()))
    coded = "".join(_code(each) if _UNSAFE.match(each) or not each.isprintable() else each for each in parted)
    return _LIST.sub(lambda found: found[1] + _code(found[2]), coded)


def _code(character: str) -> str:
    """Return the code of a character; a page cannot show a control character, whose code may mean another one."""
    return "" if unicodedata.category(character) == "Cc" else f"#{ord(character)};"


def _color(hue: float) -> str:
    """Return a style that is light, so that black text can be read."""
    fill, stroke = (_hex(colorsys.hls_to_rgb(hue, lightness, 0.6)) for lightness in (0.9, 0.4))
    return f"fill:{fill},stroke:{stroke},color:#111111"


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _refuse_too_much(nodes: int, edges: int, characters: int) -> None:
    for count, most, what in (
        (nodes, MOST_NODES, "elements"),
        (edges, MOST_EDGES, "relationships"),
        (characters, MOST_CHARACTERS, "characters"),
    ):
        if count > most:
            raise UsageError(
                f"These are {count} {what}, and a picture holds at most {most}. "
                "Choose an element and how far to go from it: --around ELEMENT --hops 1."
            )
