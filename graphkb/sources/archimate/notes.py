"""What of a model is not in the graph, and what was read into it, told for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.sources.archimate.default import NESTING
from graphkb.sources.archimate.model import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.sources.archimate.edges import Edges
    from graphkb.sources.archimate.model import Concept, Model
    from graphkb.sources.archimate.shape import Order, Shape, Taken


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a model."""

    model: Model
    shape: Shape
    edges: Edges
    order: Order
    own: frozenset[str]
    """Elements of the default mapping."""
    taken: Taken


def notes_on(told: Told) -> Iterator[str]:
    """Yield what there is to tell, as ends of sentences."""
    yield from told.model.notes
    yield from _elements(told)
    yield from _relations(told)
    yield from _particulars(told)
    yield from _hierarchy(told)


def _elements(told: Told) -> Iterator[str]:
    elements = told.model.elements
    left = [each for each in elements if each.id not in told.own and each.id not in told.taken.elements]
    if left:
        yield f"{len(left)} of {counted(len(elements), 'element')} not taken over: {_types(left)}."


def _relations(told: Told) -> Iterator[str]:
    relations = told.model.relations
    numbers = [number for number in range(len(relations)) if number not in told.taken.relations]
    said = told.edges.said
    left = [relations[number] for position, number in enumerate(numbers) if position not in said]
    if not left:
        return
    yield f"{len(left)} of {counted(len(relations), 'relation')} not taken over: {_types(left)}."
    loose = sum(not {each.source, each.target} <= told.shape.elements.keys() for each in left)
    if loose:
        yield f"{loose} of these {'ends' if loose == 1 else 'end'} at a relation, or at nothing."
    refused = Counter(why for number, why in told.edges.refused.items() if number < len(numbers))
    for why, number in sorted(refused.items()):
        yield f"{number} of these {_are(number)} {why}."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _types(concepts: Iterable[Concept]) -> str:
    counts = Counter(each.type for each in concepts)
    return ", ".join(f"{type_} ({count})" for type_, count in sorted(counts.items(), key=lambda each: (-each[1], each)))


def _particulars(told: Told) -> Iterator[str]:
    """Tell what of the elements and relations that are taken over is not."""
    kept = [each for each in told.model.elements if each.id in told.own]
    relations = [told.shape.links[number] for number in sorted(told.edges.said)]
    counts = Counter(f"property {key!r}" for each in (*kept, *relations) for key, _ in each.properties)
    counts["specialization"] = sum(bool(each.specialization) for each in (*kept, *relations))
    counts["name of a relation"] = sum(bool(each.name) for each in relations)
    counts["documentation of a relation"] = sum(bool(each.documentation) for each in relations)
    listed = [f"{what} ({count})" for what, count in counts.items() if count]
    if listed:
        yield f"not taken over: {', '.join(listed)}."


def _hierarchy(told: Told) -> Iterator[str]:
    shape, edges = told.shape, told.edges
    drawn = [shape.links[each.number] for each in edges.kept if shape.links[each.number].type == NESTING]
    if drawn:
        outer: dict[str, set[str]] = {}
        for link in shape.links:
            if link.type == NESTING:
                outer.setdefault(link.target, set()).add(link.source)
        several = sum(len(outer[link.target]) > 1 for link in drawn)
        further = (
            f" {several} of them {_are(several)} drawn in several; the outermost in the first view counts."
            if several
            else ""
        )
        yield (
            f"{counted(len(drawn), 'element')} placed under what views draw around them, since no relations say it."
            f"{further}"
        )
    if edges.groupings:
        counts = Counter(shape.kinds[each] for each in edges.groupings)
        kinds = ", ".join(f"{kind} ({count})" for kind, count in sorted(counts.items()))
        yield f"{counted(len(edges.groupings), 'grouping')} taken over as parents of what they hold: {kinds}."
    sequences = len(told.order.unordered)
    if sequences:
        yield (
            f"{counted(sequences, 'sequence')} of stages that triggering and flow do not order in full: what they leave"
            " stands as in the file."
        )
    unnamed = sum(not each.name for each in told.model.elements if each.id in told.own)
    if unnamed:
        yield f"{counted(unnamed, 'element')} without a name: called by the type."
