"""The domains of the business, and the color of each in every picture."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graphkb.model.declaration import Element
    from graphkb.model.metamodel import Metamodel

GOLDEN: Final = 0.618
"""Part of the color circle between one domain and the next; however many there are, no two are close."""


def domain_of(kind: type[Element]) -> str:
    """Return the domain of a kind: the name of the module that declares it."""
    return kind.__module__.rpartition(".")[2]


def links(metamodel: Metamodel) -> Counter[str]:
    """Return in how many kinds of relationship each kind takes part."""
    return Counter(label for row in metamodel.relationships for label in {*row.sources, *row.targets})


def hues(metamodel: Metamodel) -> dict[str, float]:
    """Return the place of each domain on the color circle, 0 to 1.

    Those that are linked most come first, as they are seen together, and the first few lie furthest apart.
    """
    linked = links(metamodel)
    most: dict[str, int] = {}
    for label, kind in metamodel.kinds.items():
        most[domain_of(kind)] = max(most.get(domain_of(kind), 0), linked[label])
    ordered = sorted(most, key=lambda domain: -most[domain])
    return {domain: place * GOLDEN % 1 for place, domain in enumerate(ordered)}
