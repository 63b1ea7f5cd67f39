"""Which elements have fewer or more relationships of a type than there may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkb.checks.rule import computed
from graphkb.model.relations import any_of
from graphkb.sync.state import kind_among

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphkb.checks.rule import Subject
    from graphkb.model.metamodel import Metamodel
    from graphkb.store.protocol import Row, Value

# What nobody describes may lack whatever it has to have.
READ_OUT_OF_BOUNDS: Final = """MATCH (n{kinds})
OPTIONAL MATCH (n){pattern}
WITH n, count(r) AS number
WHERE number > 0 OR coalesce(n.isStub, false) = false
WITH n, number
WHERE number < {least}{beyond}
RETURN labels(n) AS kinds, n.id AS id, coalesce(n.title, n.id) AS element, number AS number,
  {told} AS link"""


@computed(
    """\
// question: Which elements have fewer or more links of a type than there may be?
// severity: error
// advice: State the link that is lacking, or take away those that are too many; no load takes such an element in.
// message: {element} has {link}.
// note: a load refuses this; it comes about where a source leaves on which another relied, or by hand
// returns: kind string, id string, element string, link string
"""
)
def broken_cardinality(subject: Subject, _: Mapping[str, Value]) -> Iterator[Row]:
    """Yield each element with a number of links that the relationship table does not allow."""
    for row in subject.store.read("\nUNION ALL\n".join(_texts(subject.metamodel))):
        kind, number = kind_among(row["kinds"], subject.metamodel), row["number"] or "none"
        yield {"kind": kind, "id": row["id"], "element": row["element"], "link": f"{number}, {row['link']}"}


def _texts(metamodel: Metamodel) -> Iterator[str]:
    """Yield a text for each end of a relationship that is bounded."""
    for row in metamodel.relationships:
        for side, pattern in zip(row.sides(), ("<-[r:{}]-({})", "-[r:{}]->({})"), strict=True):
            if side.demand:
                least, most = side.bounds
                yield READ_OUT_OF_BOUNDS.format(
                    kinds=any_of(side.kinds),
                    pattern=pattern.format(row.type, any_of(side.others)),
                    least=least,
                    beyond="" if most is None else f" OR number > {most}",
                    told=f"'{side.demand}'",
                )
